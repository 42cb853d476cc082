import { readdirSync } from 'node:fs'
import manifest from './package.json' with { type: 'json' }

/** What of esbuild's interface for plugins is used here. */
interface Bundler {
  onResolve(
    which: { readonly filter: RegExp },
    resolve: (request: { readonly kind: string; readonly path: string }) => object | undefined,
  ): void
}

/** Leaves out what a page loads later, if at all. */
const initialOnly = {
  name: 'initial-only',
  setup: (bundler: Bundler) =>
    bundler.onResolve({ filter: /^/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    ),
}

/** A file for pages, as a relay sends it: in Brotli's best quality. */
function served(name: string, file: string, limit: string) {
  return { name, path: `dist/${file}`, limit, disablePlugins: ['@size-limit/esbuild'] }
}

/** An npm entry as a bundler would leave it. */
function bundled(name: string, file: string, limit: string, ignore: readonly string[] = []) {
  return {
    name: `${name}, with its dependencies`,
    ignore,
    path: `dist/${file}`,
    limit,
    modifyEsbuildConfig: (config: object) => ({ ...config, format: 'esm', plugins: [initialOnly] }),
  }
}

const files = readdirSync('dist').filter((file) => file.endsWith('.js'))
const styles = readdirSync('dist').filter((file) => /^form-.*\.css$/.test(file))
/** What a page loads on demand, by the name of the file without its hash. */
const onDemand: Readonly<Record<string, string>> = {
  calculator: '3 kB',
  extras: '5.2 kB',
  language: '8.9 kB',
  journey: '9.8 kB',
  'place-list': '12.5 kB',
  providers: '21.3 kB',
  source: '16.3 kB',
  steps: '21.4 kB',
}
const chunks = files.filter((file) => /-[\w-]{8}\.js$/.test(file) && !file.startsWith('anketa'))
const pinned = `anketa-${manifest.version}.js`

export default [
  served('form.js without a definition', 'form.js', '46 kB'),
  served('anketa.js', 'anketa.js', '1 kB'),
  served(pinned, pinned, '1.8 kB'),
  ...chunks.map((file) =>
    served(`${file}, on demand`, file, onDemand[file.slice(0, -'-12345678.js'.length)] ?? '0 B'),
  ),
  ...styles.map((file) => served(`${file}, for browsers without constructed style sheets`, file, '5.8 kB')),
  served('all scripts for pages', '*.js', '145.7 kB'),
  bundled('anketa', 'entries/index.js', '44.4 kB'),
  bundled('anketa/define', 'entries/define.js', '44.9 kB'),
  bundled('anketa/preact', 'entries/preact.js', '44.7 kB'),
  bundled('anketa/react', 'entries/react.js', '44.7 kB', ['react']),
  bundled('anketa/testing', 'entries/testing.js', '21.5 kB'),
  bundled('anketa/providers/devtek', 'providers/devtek/index.js', '12.1 kB'),
  bundled('anketa/providers/admitad', 'providers/admitad/index.js', '17.9 kB'),
  bundled('anketa/providers/lotinfo', 'providers/lotinfo/index.js', '12.4 kB'),
  bundled('anketa/providers/fivecrm', 'providers/fivecrm/index.js', '12.7 kB'),
]
