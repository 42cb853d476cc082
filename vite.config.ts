import { fileURLToPath } from 'node:url'
import { type BuildEnvironmentOptions, defineConfig, type Plugin, type UserConfig } from 'vite'
import manifest from './package.json' with { type: 'json' }
import { createJsonSchema } from './src/embed/options/json-schema.ts'
import { parts } from './src/embed/script/parts.ts'
import { stub } from './src/embed/script/stub.ts'
import { sharedWithParts } from './src/ui/shared-with-parts.ts'

const { name, version, license } = manifest
const define = { __ANKETA_VERSION__: JSON.stringify(version) }
const notice = `/*! ${name} ${version} | ${license} */`

/**
 * The classic script for landing pages, which declares no global of its own, and beside it the parts that it loads on
 * demand, by name.
 */
export function landingScript(entry: string, partEntries: Readonly<Record<string, string>>): UserConfig {
  return {
    // For production, wherever it is built from.
    define: { ...define, 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { development: false } },
    plugins: [
      written(`${name}-stub.js`, `${stub}\n`, 'client'),
      inPlaceOf({ ...ownPackages, '../on-demand.ts': 'src/embed/script/on-demand-script.ts' }),
      handedOver(Object.keys(partEntries)),
    ],
    // Builds every environment, one after the other.
    builder: {},
    environments: {
      client: { build: scriptBuild(entry) },
      ...Object.fromEntries(
        Object.entries(partEntries).map(([part, source]) => [
          part,
          { consumer: 'client' as const, build: partBuild(part, source) },
        ]),
      ),
    },
  }
}

const forPages = {
  // The oldest browsers that have all that the code calls, such as Object.hasOwn: those of early 2022.
  target: ['chrome93', 'firefox92', 'safari15.4'],
  emptyOutDir: false,
  reportCompressedSize: false,
} satisfies BuildEnvironmentOptions

function scriptBuild(entry: string): BuildEnvironmentOptions {
  return {
    ...forPages,
    license: { fileName: `${name}.licenses.md` },
    lib: { entry, formats: ['iife'], name, fileName: () => `${name}.js` },
    rolldownOptions: { output: { exports: 'none', postBanner: notice } },
  }
}

/** A part is a module whose default export makes it, out of what the script hands over. */
function partBuild(part: string, entry: string): BuildEnvironmentOptions {
  return {
    ...forPages,
    lib: { entry, formats: ['iife'], name: 'part', fileName: () => `${name}-${version}-${part}.js` },
    rolldownOptions: {
      output: {
        exports: 'named',
        esModule: false,
        postBanner: `${notice}\nexport default function (shared) {`,
        postFooter: 'return part }',
      },
    },
  }
}

/** What the script has in place of the packages that npm users get: as much of them as it needs, in fewer bytes. */
const ownPackages = {
  '@preact/signals': 'src/ui/hooks-in-script.ts',
  'preact/hooks': 'src/ui/hooks-in-script.ts',
} as const

/** Puts the script's own modules in place of others, except for what packages import. */
export function inPlaceOf(modules: Readonly<Record<string, string>> = ownPackages): Plugin {
  return {
    name: 'in-place-of',
    enforce: 'pre',
    // Parts have no packages of their own.
    applyToEnvironment: ({ name: environment }) => environment === 'client',
    resolveId(id, importer) {
      const file = importer?.includes('/node_modules/') ? undefined : modules[id]
      return file && fileURLToPath(new URL(file, import.meta.url))
    },
  }
}

/** Writes a file beside what is built, of one environment where several are. */
function written(fileName: string, source: string, environment?: string): Plugin {
  return {
    name: `written:${fileName}`,
    applyToEnvironment: ({ name: built }) => environment === undefined || built === environment,
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source })
    },
  }
}

/** Keeps copies of Preact and of signals out of the parts: they take from the script what it hands over, and nothing else. */
function handedOver(partNames: readonly string[]): Plugin {
  const names = Object.keys(sharedWithParts).join(', ')
  return {
    name: 'handed-over',
    enforce: 'pre',
    applyToEnvironment: ({ name: environment }) => partNames.includes(environment),
    resolveId: { filter: { id: /^@?preact(\/|$)/ }, handler: () => 'shared-with-parts' },
    load: {
      filter: { id: /^shared-with-parts$/ },
      handler: () => ({ code: `export const { ${names} } = shared`, moduleSideEffects: false }),
    },
  }
}

/** The npm entries, as package.json lists them: `dist/x.js` is built from `src/x.ts`, dependencies stay imports. */
const npm: UserConfig = {
  define,
  plugins: [written('schema.json', `${JSON.stringify(createJsonSchema(), null, 2)}\n`)],
  build: {
    target: 'es2022',
    minify: false,
    cssMinify: true,
    reportCompressedSize: false,
    lib: {
      entry: Object.fromEntries(npmEntries().map((entry) => [entry, `src/${entry}.ts`])),
      formats: ['es'],
    },
    rolldownOptions: { external: /^[^./]/, output: { chunkFileNames: 'shared/[name].js' } },
  },
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
  if (mode === 'script') return landingScript('src/embed/script/entry.ts', parts)
  if (mode === 'npm') return npm
  throw new Error(`vite build: expected --mode script or --mode npm, got ${mode}`)
})
