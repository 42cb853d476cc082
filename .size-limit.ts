import manifest from './package.json' with { type: 'json' }
import type { PartName } from './src/embed/script/parts.ts'

/** What a part may weigh, by its name. */
const partLimits = {
  places: '10 kB',
  providers: '31 kB',
  element: '1 kB',
  test: '10 kB',
  verification: '3 kB',
  en: '6 kB',
  rare: '2 kB',
  looks: '1 kB',
  messages: '4 kB',
  tracking: '2 kB',
  definitions: '15 kB',
  advice: '3 kB',
} as const satisfies Record<PartName, string>

/** What of esbuild's interface for plugins is used here. */
interface Bundler {
  onResolve(
    which: { readonly filter: RegExp },
    resolve: (request: { readonly kind: string; readonly path: string }) => object | undefined,
  ): void
}

/** Leaves out what a page loads later, if at all. */
const atOnce = {
  name: 'at-once',
  setup: (bundler: Bundler) =>
    bundler.onResolve({ filter: /^/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    ),
}

/** A file as pages get it. */
function served(name: string, file: string, limit: string) {
  return { name, path: `dist/${file}`, limit, gzip: true, disablePlugins: ['@size-limit/esbuild'] }
}

/** An npm entry as a bundler would leave it. */
function bundled(name: string, file: string, limit: string) {
  return {
    name: `${name}, with its dependencies`,
    path: `dist/${file}`,
    limit,
    gzip: true,
    modifyEsbuildConfig: (config: object) => ({ ...config, format: 'esm', plugins: [atOnce] }),
  }
}

export default [
  served('landing page script', 'anketa.js', '36 kB'),
  ...Object.entries(partLimits).map(([part, limit]) =>
    served(`its part "${part}", on demand`, `anketa-${manifest.version}-${part}.js`, limit),
  ),
  bundled('anketa', 'entries/index.js', '36 kB'),
  bundled('anketa/define', 'entries/define.js', '36 kB'),
  bundled('anketa/preact', 'entries/preact.js', '36 kB'),
  bundled('anketa/testing', 'entries/testing.js', '20 kB'),
  bundled('anketa/providers/devtek', 'providers/devtek/index.js', '7 kB'),
  bundled('anketa/providers/admitad', 'providers/admitad/index.js', '13 kB'),
  bundled('anketa/providers/lotinfo', 'providers/lotinfo/index.js', '7 kB'),
  bundled('anketa/providers/fivecrm', 'providers/fivecrm/index.js', '7.5 kB'),
]
