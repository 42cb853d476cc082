import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import manifest from '../../package.json' with { type: 'json' }
import { createEngineTable } from './support/engine-table.ts'
import { findEngines, installCommands } from './support/installed-engines.ts'

const engines = await findEngines()
const installed = engines.filter(({ version }) => version !== undefined)
for (const { name } of engines.filter((engine) => !installed.includes(engine))) {
  const problem = `${name} is not installed, so nothing is tested in it. Install it: ${installCommands[name]}`
  // On a developer's machine the others are enough.
  if (process.env['CI']) throw new Error(problem)
  console.warn(problem)
}

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    globalSetup: 'test/support/run-folder.ts',
    maxWorkers: 2,
    reporters: ['default', createEngineTable(engines)],
    projects: installed.map(({ name }) => ({
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
