import { resolve } from 'node:path'
import type { UserConfig } from 'vite'

/** Browsers of 2024: operators choose theirs. */
const consoleTarget = ['chrome123', 'firefox121', 'safari17.5']

/**
 * The operator's console: `dist/console/index.html` with one script and one style sheet, nothing inline. The page's address
 * is `…/console`, so it names its files `console/…`, also where a proxy puts a path before it.
 */
export function consoleConfig(version: string): UserConfig {
  return {
    root: 'src/console',
    publicDir: false,
    define: {
      __ANKETA_VERSION__: JSON.stringify(version),
      __ANKETA_STYLES__: 'undefined',
      'process.env.NODE_ENV': '"production"',
      'window.__PREACT_SIGNALS_DEVTOOLS__': 'undefined',
    },
    oxc: {
      jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', development: false },
      jsxInject: "import { h, Fragment } from 'preact'",
    },
    experimental: {
      renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `console/${file}` : { relative: true }),
    },
    build: {
      target: consoleTarget,
      outDir: resolve('dist/console'),
      emptyOutDir: true,
      assetsDir: '',
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        // The console, and its form builder as a page that needs no relay.
        input: ['src/console/index.html', 'src/console/builder.html'].map((file) => resolve(file)),
        output: {
          entryFileNames: 'console-[hash].js',
          chunkFileNames: 'console-[hash].js',
          assetFileNames: 'console-[hash][extname]',
        },
      },
    },
  }
}
