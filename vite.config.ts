import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build, type BuildEnvironmentOptions, defineConfig, type Plugin, type UserConfig } from 'vite'
import manifest from './package.json' with { type: 'json' }
import { consoleConfig } from './scripts/console-build.ts'
import { imaskOfDigits } from './scripts/imask-of-digits.ts'
import { minifyPages } from './scripts/minify-pages.ts'
import { splitValibot } from './scripts/split-valibot.ts'
import { stub } from './src/embed/script/stub.ts'

const { name, version, license } = manifest

/** Browsers from early 2022, the oldest that have all that the code calls, such as `Object.hasOwn`. */
export const target = ['chrome93', 'firefox92', 'safari15.4']

/**
 * The first line of the entry, and of the file for the next step: browsers that know it compile all functions while the file
 * comes in, beside the main thread. Most of those are called until the form takes keys, and with the next step.
 */
const compileAll = '//# allFunctionsCalledOnLoad'

/**
 * The files for pages. `form.js` is an ES module with what every form needs; the lazily imported modules (`*.chunk.ts`)
 * are files beside it. `anketa.js` is a classic script that loads it, `anketa-<version>.js` the same with the hashes of
 * the files that it loads. All files are ASCII, so that they run on pages of any encoding.
 */
export function pagesConfig(release = version): UserConfig {
  const notice = `/*! ${name} ${release} | ${license} */`
  const inAllFiles = { charset: 'ascii', comments: false, minify: true, postBanner: notice } as const
  const inModules = {
    ...inAllFiles,
    // The plugin has minified these.
    minify: { compress: false, mangle: false, codegen: true },
    postBanner: ({ isEntry, name: chunk }: { readonly isEntry: boolean; readonly name: string }) =>
      isEntry || chunk === 'steps' ? `${compileAll}\n${notice}` : notice,
  } as const
  const inLoaders = { ...inAllFiles, exports: 'none', postBanner: `;${notice}` } as const
  const loaderBuild = (fileName: string): BuildEnvironmentOptions => ({
    lib: { entry: 'src/embed/script/loader.ts', formats: ['iife'], name, fileName: () => fileName },
    rolldownOptions: { treeshake: { moduleSideEffects: false }, output: inLoaders },
  })
  return {
    // For production, wherever it is built from.
    define: {
      __ANKETA_VERSION__: JSON.stringify(release),
      'process.env.NODE_ENV': '"production"',
      'window.__PREACT_SIGNALS_DEVTOOLS__': 'undefined',
    },
    // Preact's `h` does what its JSX runtime, which comes on top of it, would do. Files without JSX drop the import.
    oxc: {
      jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', development: false },
      jsxInject: "import { h, Fragment } from 'preact'",
    },
    plugins: [imaskOfDigits(), splitValibot(), minifyPages(), hashFiles(release)],
    build: { target, emptyOutDir: false, reportCompressedSize: false },
    // Builds every environment, one after the other.
    builder: {},
    environments: {
      client: {
        build: {
          license: { fileName: `${name}.licenses.md` },
          lib: { entry: { form: 'src/embed/script/form.ts' }, formats: ['es'] },
          rolldownOptions: {
            // Minifying takes most of the time, as it should.
            checks: { bundlerTimings: false },
            // Fields of classes, which Safari 15 has only in part, become assignments, which need no helpers.
            transform: { assumptions: { setPublicClassFields: true } },
            // Chunks import what they share with the entry from there: there is one copy of it.
            preserveEntrySignatures: 'allow-extension',
            output: {
              ...inModules,
              chunkFileNames: ({ name: chunk }) => `${chunk.replace('.chunk', '')}-[hash].js`,
              codeSplitting: {
                groups: [
                  { name: 'form', tags: ['$initial'] },
                  // What is needed together, shares most of its code or is small is one file.
                  { name: 'source', test: /\/(source|advice)\.chunk\.ts$/ },
                  { name: 'providers', test: /\/(direct-source|providers)\.chunk\.ts$/ },
                  { name: 'steps', test: /\/(later|relay-delivery|russian)\.chunk\.ts$/ },
                  { name: 'journey', test: /\/(on-demand\/\w+|draft|challenge)\.chunk\.ts$/ },
                  { name: 'language', test: /\/(other-locale|verification)\.chunk\.ts$/ },
                  {
                    name: 'extras',
                    test: /\/(analytics|contrast|form-element|looks|take-over)\.chunk\.ts$/,
                  },
                ],
              },
            },
          },
        },
      },
      loader: { consumer: 'client', build: loaderBuild(`${name}.js`) },
      pinned: { consumer: 'client', build: loaderBuild(`${name}-${release}.js`) },
    },
  }
}

/**
 * Writes the hashes of all files to `integrity.json`, which also tells a relay what to serve, gives the pinned loader
 * those of the files that it loads, and lets the entry load the files beside it (`load-file.ts`).
 */
function hashFiles(release: string): Plugin {
  return {
    name: 'hash-files',
    transform: {
      filter: { id: /\/(loader|styles)\.ts$/ },
      async handler(code, id) {
        if (id.endsWith('styles.ts')) {
          const source = await readStyles()
          const fileName = `form-${hashContent(source)}.css`
          this.emitFile({ type: 'asset', fileName, source })
          return code.replace('__ANKETA_STYLES__', JSON.stringify(fileName))
        }
        const { name: environment, config } = this.environment
        const known = environment === 'pinned' ? await readHashes(outputFolder(config)) : undefined
        const ofModules = Object.entries(known ?? {}).filter(([file]) => /^(?!anketa).*\.js$/.test(file))
        return code.replace(
          '__ANKETA_HASHES__',
          known ? JSON.stringify(Object.fromEntries(ofModules)) : 'undefined',
        )
      },
    },
    renderChunk: (code) =>
      withOwnKeys(code.replaceAll(/\bimport\(("\.\/[^"]+")\)/g, 'window.Anketa.load($1)')),
    async writeBundle(_, bundle) {
      const { name: environment, config } = this.environment
      const folder = outputFolder(config)
      const isFirst = environment === 'client'
      const written = Object.keys(bundle).filter((file) => pageFilePattern.test(file))
      if (isFirst) {
        written.push(`${name}-stub.js`)
        await writeFile(join(folder, `${name}-stub.js`), `;${stub}\n`)
        // Chunks of earlier builds have other names.
        await removeScripts(folder, written)
      }
      const files = isFirst ? {} : await readHashes(folder)
      for (const file of written) files[file] = integrityHash('sha384', await readFile(join(folder, file)))
      const inlineStub = { text: stub, hash: integrityHash('sha256', stub) }
      const report = { version: release, files, inlineStub }
      await writeFile(join(folder, 'integrity.json'), `${JSON.stringify(report, undefined, 2)}\n`)
      if (environment !== 'pinned') return
      const pinned = `${name}-${release}.js`
      config.logger.info(`\nFor integrity="…" on script tags:\n  ${pinned}  ${files[pinned]}`)
      config.logger.info(`For script-src, where a page has the stub inline:\n  '${inlineStub.hash}'\n`)
    },
  }
}

/** The names of the files for pages. */
const pageFilePattern = /\.js$|-[\w-]{8}\.css$/

/** Old libraries of pages extend Object.prototype, which the bundler's own code does not expect. */
function withOwnKeys(code: string): string {
  return code.replace('for (var name in all)', 'for (var name of Object.keys(all))')
}

async function readHashes(folder: string): Promise<Record<string, string>> {
  const { files } = JSON.parse(await readFile(join(folder, 'integrity.json'), 'utf8'))
  return files
}

function outputFolder({ root, build }: { root: string; build: { outDir: string } }): string {
  return resolve(root, build.outDir)
}

/** The styles as one file. */
async function readStyles(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { __ANKETA_STYLES__: 'undefined' },
    build: {
      target,
      cssMinify: true,
      write: false,
      lib: { entry: 'src/embed/appearance/all-styles.ts', formats: ['es'] },
    },
  })
  const [chunk] = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  if (chunk?.type !== 'chunk') throw new TypeError('all-styles.ts: expected a module')
  const script = `data:text/javascript,${encodeURIComponent(chunk.code)}`
  const { allStyles }: { allStyles: string } = await import(script)
  return allStyles
}

function hashContent(content: string): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 8)
}

async function removeScripts(folder: string, except: readonly string[]): Promise<void> {
  const others = (await readdir(folder)).filter(
    (file) => pageFilePattern.test(file) && !except.includes(file),
  )
  await Promise.all(others.map((file) => rm(join(folder, file))))
}

function integrityHash(algorithm: 'sha256' | 'sha384', content: string | Uint8Array): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`
}

/** The file with all styles under the name that package.json exports. */
const writeStyles: Plugin = {
  name: 'write-styles',
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'styles.css', source: await readStyles() })
  },
}

/** Started as a thread by its address, so that the thread loads nothing else. */
const watchdogThread = 'relay/cli/watchdog/thread'

/** The npm entries, as package.json lists them: `dist/x.js` is built from `src/x.ts`, dependencies stay imports. */
const npm: UserConfig = {
  define: { __ANKETA_VERSION__: JSON.stringify(version), __ANKETA_STYLES__: 'undefined' },
  plugins: [writeStyles, inlineCounters(), { name: 'own-keys', renderChunk: withOwnKeys }],
  build: {
    target: 'es2022',
    minify: false,
    cssMinify: true,
    reportCompressedSize: false,
    lib: {
      entry: Object.fromEntries([...npmEntries(), watchdogThread].map((entry) => [entry, `src/${entry}.ts`])),
      formats: ['es'],
    },
    rolldownOptions: {
      external: /^[^./]/,
      output: {
        chunkFileNames: ({ name: chunk }) => `shared/${chunk.replace('.chunk', '')}.js`,
      },
      // It is kept: `anketa/react` begins with 'use client'.
      checks: { moduleLevelDirective: false },
    },
  },
}

/** Puts the counters into the form's own code: a file of theirs is small, and blockers of advertisements know it by its name. */
function inlineCounters(): Plugin {
  const lazy = /\bimport\(['"](\.\.\/analytics\/analytics\.chunk\.ts)['"]\)/
  return {
    name: 'inline-counters',
    transform: {
      filter: { id: /\/dispatcher\.ts$/ },
      handler(code) {
        const [, path] = lazy.exec(code) ?? []
        if (path === undefined)
          throw new Error('inline-counters: expected dispatcher.ts to load the counters')
        return `import * as counters from '${path}'\n${code.replace(lazy, 'Promise.resolve(counters)')}`
      },
    },
  }
}

function npmEntries(): string[] {
  const modules = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : target.default,
  )
  return [...modules, ...Object.values(manifest.bin)].map((path) =>
    path.replace(/^(\.\/)?dist\/(.*)\.js$/, '$2'),
  )
}

export default defineConfig(({ mode }) => {
  if (mode === 'script') return pagesConfig()
  if (mode === 'npm') return npm
  if (mode === 'console') return consoleConfig(version)
  throw new Error(`vite build: expected --mode script, npm or console, got ${mode}`)
})
