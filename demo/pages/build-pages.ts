import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** The folder of the pages' built scripts. */
export const builtFolder: URL = new URL('../../node_modules/.cache/anketa-pages/', import.meta.url)

const sources = new URL('npm/', import.meta.url)
const entries = ['define.ts', 'mount.ts', 'preact.tsx', 'react.tsx', 'vue.ts', 'angular.ts'] as const
/** In development React runs effects twice, and names what it finds in the markup of a server. */
const inDevelopment = ['react-strict.tsx', 'react-snippet.tsx'] as const

/** Builds the pages' own scripts. They import the package by its name, as customers do, so it must be built first. */
export async function buildPages(): Promise<void> {
  await rm(builtFolder, { recursive: true, force: true })
  await buildFor('production', entries)
  await buildFor('development', inDevelopment)
}

async function buildFor(mode: 'production' | 'development', files: readonly string[]): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(sources),
    base: '/pages/built/',
    logLevel: 'warn',
    mode,
    oxc: { jsx: { development: mode === 'development' } },
    define: {
      'process.env.NODE_ENV': JSON.stringify(mode),
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      outDir: fileURLToPath(builtFolder),
      emptyOutDir: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      modulePreload: false,
      rolldownOptions: {
        checks: { moduleLevelDirective: false },
        input: files.map((file) => fileURLToPath(new URL(file, sources))),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}
