import { playwright } from '@vitest/browser-playwright'
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import manifest from './package.json' with { type: 'json' }
import { chromiumLaunchOptions } from './test/support/chromium.ts'
import { findPostgresBinaries } from './test/support/postgres/binaries.ts'

const define = { __ANKETA_VERSION__: JSON.stringify(manifest.version), __ANKETA_STYLES__: 'undefined' }
const journeys = 'test/journey/**/*.test.ts'
/** Run on their own: they need minutes, and the registry of packages. */
const apps = 'test/apps/**/*.test.ts'
/** Run on their own: they need an hour. */
const long = 'test/long/**/*.test.ts'
/** They have a configuration of their own, with a project for each engine. */
const engines = 'test/engines/**/*.test.ts'

/** The relay's suites that touch the database run on both engines: see `databaseEngine` in test/relay/support/relay-fixture.ts. */
const ofBothDatabases = [
  'test/relay/{campaigns,delivery,destinations,http,leads,messages,places}/**/*.test.ts',
  'test/relay/config/saved-forms.test.ts',
]
/** They need a PostgreSQL server. */
const ofPostgres = 'test/relay/postgres/**/*.test.ts'

/** Long enough for two busy cores. No test measures time with them. */
const timeouts = { testTimeout: 30_000, hookTimeout: 60_000, expect: { poll: { timeout: 15_000 } } }

const playwrightProvider = playwright({ launchOptions: await chromiumLaunchOptions() })

function inBrowser(name: string, tests: string): TestProjectInlineConfiguration {
  return {
    define,
    // Without these lines Vite finds the imports during the run and reloads the page.
    optimizeDeps: {
      include: [
        'axe-core',
        'preact/jsx-dev-runtime',
        'react',
        'react/jsx-dev-runtime',
        'react-dom/client',
        'react-dom/server',
        'imask/esm/core/utils',
        'imask/esm/masked/pattern',
      ],
    },
    test: {
      ...timeouts,
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

const postgres = findPostgresBinaries()
if ('problem' in postgres) console.warn(`The tests on PostgreSQL are left out: ${postgres.problem}.`)

export default defineConfig({
  test: {
    globalSetup: ['test/support/run-folder.ts', 'test/support/postgres/shared-server.ts'],
    projects: [
      {
        define,
        test: {
          ...timeouts,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, journeys, apps, engines, long, ofPostgres],
          css: true,
          // Vitest leaves one core free. Many of these tests wait, for timers and for databases.
          maxWorkers: 2,
        },
      },
      ...('problem' in postgres
        ? []
        : [
            {
              define,
              test: {
                ...timeouts,
                name: 'postgres',
                include: [...ofBothDatabases, ofPostgres],
                provide: { databaseEngine: 'postgres' as const },
                maxWorkers: 2,
              },
            },
          ]),
      inBrowser('browser', 'test/**/*.browser.test.tsx'),
      {
        define,
        test: {
          ...timeouts,
          name: 'journey',
          include: [journeys],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: 'test/support/browser-server.ts',
          maxWorkers: 2,
          // After everything else: journeys start servers and wait for real seconds.
          sequence: { groupOrder: 1 },
        },
      },
      {
        define,
        test: { ...timeouts, name: 'long', include: [long], maxWorkers: 1, sequence: { groupOrder: 3 } },
      },
      {
        define,
        test: {
          ...timeouts,
          name: 'apps',
          include: [apps],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          globalSetup: 'test/support/browser-server.ts',
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
