import manifest from './package.json' with { type: 'json' }
import type { parts } from './src/embed/parts.ts'

/** What a part may weigh, by its name. */
const partLimits = { places: '8 kB' } as const satisfies Record<keyof typeof parts, string>

/** A file as pages get it. */
function served(name: string, file: string, limit: string) {
  return { name, path: `dist/${file}`, limit, gzip: true, disablePlugins: ['@size-limit/esbuild'] }
}

/** An npm entry as a bundler would leave it. */
function bundled(name: string, file: string, limit: string) {
  return { name: `${name}, with its dependencies`, path: `dist/${file}`, limit, gzip: true }
}

export default [
  served('landing page script', 'anketa.js', '36 kB'),
  ...Object.entries<string>(partLimits).map(([part, limit]) =>
    served(`its part ${part}`, `anketa-${manifest.version}-${part}.js`, limit),
  ),
  bundled('anketa', 'index.js', '30 kB'),
  bundled('anketa/providers/devtek', 'providers/devtek.js', '4 kB'),
]
