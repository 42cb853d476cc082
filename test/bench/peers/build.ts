import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build, type UserConfig } from 'vite'
import { target } from '../../../vite.config.ts'

const run = promisify(execFile)
const source = new URL('./', import.meta.url)
const repository = new URL('../../../', source)
/** Ignored by Git. The packages and the pages are here, apart from those of the project. */
const folder = new URL('.cache/peers/', repository)

/** How a page is built in which the documentation of its library needs more than the bundler's defaults. */
const pages: Readonly<Record<string, UserConfig>> = {
  surveyjs: {},
  formio: { define: { global: 'globalThis' } },
  react: { oxc: { jsx: { runtime: 'automatic', importSource: 'react' } } },
  preact: {
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    resolve: {
      alias: {
        'react/jsx-runtime': 'preact/jsx-runtime',
        'react-dom': 'preact/compat',
        react: 'preact/compat',
      },
    },
  },
  'hand-written': {},
}

/** Installs the packages of the peers as their lockfile names them, and checks the types of their pages. */
export async function installPeers(): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.preact.json'])
    await cp(new URL(name, source), new URL(name, folder))
  await cp(new URL('.npmrc', repository), new URL('.npmrc', folder))
  for (const [from, to] of [
    ['apps/', 'bench/peers/apps/'],
    ['../hand-written/', 'bench/hand-written/'],
  ] as const) {
    await rm(new URL(to, folder), { recursive: true, force: true })
    await cp(new URL(from, source), new URL(to, folder), { recursive: true })
  }
  const options = { cwd: fileURLToPath(folder), shell: process.platform === 'win32' }
  const lock = await readFile(new URL('package-lock.json', folder), 'utf8')
  const installed = new URL('installed.json', folder)
  if ((await readFile(installed, 'utf8').catch(() => '')) !== lock) {
    await run('npm', ['ci', '--ignore-scripts'], options)
    await writeFile(installed, lock)
  }
  for (const project of ['tsconfig.json', 'tsconfig.preact.json'])
    await run('tsc', ['--project', project], options).catch(({ stdout }: { stdout?: string }) => {
      throw new Error(`The pages of the peers have errors of types:\n${stdout}`)
    })
}

/** Builds every page for production. Returns the folder with a folder of each. */
export async function buildPages(): Promise<URL> {
  const out = new URL('dist/', folder)
  for (const [name, config] of Object.entries(pages)) {
    const root = new URL(`bench/peers/apps/${name}/`, folder)
    const script = name === 'react' || name === 'preact' ? 'main.tsx' : 'main.ts'
    const body = await readFile(new URL('body.html', root), 'utf8').catch(() => '<div id="form"></div>')
    await writeFile(
      new URL('index.html', root),
      renderPage(`<script type="module" src="./${script}"></script>`, body),
    )
    await build({
      ...config,
      configFile: false,
      logLevel: 'error',
      root: fileURLToPath(root),
      base: `/${name}/`,
      build: {
        target,
        outDir: fileURLToPath(new URL(`${name}/`, out)),
        emptyOutDir: true,
        reportCompressedSize: false,
        chunkSizeWarningLimit: Infinity,
      },
    })
  }
  return out
}

/** The landing page, which is the same around every form. */
export function renderPage(script: string, body: string): string {
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Заявка на заём</title><link rel="icon" href="data:,">${script}</head><body><main><h1>Займы онлайн</h1>${body}</main></body></html>`
}
