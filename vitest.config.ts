import { playwright } from '@vitest/browser-playwright'
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import manifest from './package.json' with { type: 'json' }
import { chromiumLaunchOptions } from './test/support/chromium.ts'

const define = { __ANKETA_VERSION__: JSON.stringify(manifest.version) }
const journeys = 'test/journey/**/*.test.ts'

/** Two busy cores make a second long: waiting for something that comes is not a measurement. */
const patient = { testTimeout: 30_000, expect: { poll: { timeout: 15_000 } } }

const playwrightProvider = playwright({ launchOptions: await chromiumLaunchOptions() })

function inBrowser(name: string, tests: string): TestProjectInlineConfiguration {
  return {
    define,
    // The compiler writes this import, so Vite would find it in the middle of the run and reload the page.
    optimizeDeps: { include: ['preact/jsx-dev-runtime'] },
    test: {
      ...patient,
      name,
      include: [tests],
      setupFiles: ['test/support/browser-setup.ts'],
      css: true,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwrightProvider,
        instances: [{ browser: 'chromium' }],
      },
    },
  }
}

export default defineConfig({
  test: {
    projects: [
      {
        define,
        test: {
          ...patient,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, journeys],
          css: true,
        },
      },
      inBrowser('browser', 'test/**/*.browser.test.tsx'),
      {
        define,
        test: {
          ...patient,
          name: 'journey',
          include: [journeys],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A browser of its own may stumble where nobody is there to look; what was tried twice is told.
          retry: process.env['CI'] ? 1 : 0,
          // Journeys start servers and browsers and wait for real seconds: one at a time, after everything else.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
