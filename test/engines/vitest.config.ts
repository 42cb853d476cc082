import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import manifest from '../../package.json' with { type: 'json' }
import { createEngineTable } from './support/engine-table.ts'
import { findEngines, installCommands } from './support/installed-engines.ts'

const engines = await findEngines()
for (const { name, version } of engines) {
  if (version === undefined) console.warn(`${name} is not installed: ${installCommands[name]}`)
}
// On a developer's machine the others are enough. A server for continuous integration has to have all.
const required = process.env['CI'] ? engines : engines.filter(({ version }) => version !== undefined)

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    globalSetup: 'test/support/run-folder.ts',
    maxWorkers: 2,
    reporters: ['default', createEngineTable(engines)],
    projects: required.map(({ name }) => ({
      define: { __ANKETA_VERSION__: JSON.stringify(manifest.version) },
      test: {
        name,
        include: ['test/engines/**/*.test.ts'],
        provide: { engine: name },
        testTimeout: 120_000,
        hookTimeout: 120_000,
      },
    })),
  },
})
