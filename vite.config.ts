import { defineConfig, type UserConfig } from 'vite'
import manifest from './package.json' with { type: 'json' }

const { name, version, license } = manifest
const define = { __ANKETA_VERSION__: JSON.stringify(version) }

/** The classic script for landing pages: one file that holds everything and declares no global of its own. */
const script: UserConfig = {
  define: { ...define, 'process.env.NODE_ENV': '"production"' },
  build: {
    // The oldest browsers that have all that the code calls, such as Object.hasOwn: those of early 2022.
    target: ['chrome93', 'firefox92', 'safari15.4'],
    emptyOutDir: false,
    reportCompressedSize: false,
    license: { fileName: 'anketa.licenses.md' },
    lib: { entry: 'src/embed/script.ts', formats: ['iife'], name, fileName: () => `${name}.js` },
    rolldownOptions: { output: { exports: 'none', postBanner: `/*! ${name} ${version} | ${license} */` } },
  },
}

/** The npm entries, as package.json lists them: `dist/x.js` is built from `src/x.ts`, dependencies stay imports. */
const npm: UserConfig = {
  define,
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
  if (mode === 'script') return script
  if (mode === 'npm') return npm
  throw new Error(`vite build: expected --mode script or --mode npm, got ${mode}`)
})
