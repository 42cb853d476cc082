import { type Clock, systemClock } from 'pg-boss'
import type { Fetch } from '../delivery/perform.ts'
import type { PatternMatcher } from '../providers/provider.ts'
import { createApp } from './app.ts'
import { startCampaignNews } from './campaign-news.ts'
import { createCampaignStore } from './campaign-store.ts'
import { checkConfig, type RelayConfig } from './config.ts'
import { createCodeStore } from './code-store.ts'
import { createConfirmation } from './confirmation.ts'
import { startCouriers } from './courier.ts'
import { createDecisionBoard } from './decision-board.ts'
import { createDeliveryStore } from './delivery-store.ts'
import type { Openers } from './destination.ts'
import { createRoutes } from './form-route.ts'
import type { FormSetup } from './form-setup.ts'
import { createLeadStore } from './lead-store.ts'
import { faultText, type Log } from './log.ts'
import { openPglite } from './pglite.ts'
import { createProgressStore } from './progress-store.ts'
import { startProgressWatch } from './progress-watch.ts'
import { createProviderCalls } from './provider-calls.ts'
import { countDeliveries } from './queue-counts.ts'
import { deliveryQueue, openQueue, progressQueue } from './queue.ts'
import { migrate } from './schema.ts'
import type { Environment } from './secrets.ts'
import { readWidgetFiles, type WidgetFiles } from './widget-files.ts'

/** What a relay takes from outside. */
export interface RelayPorts {
  /** Calls the providers. */
  readonly fetch: Fetch
  /** Where secrets come from: `process.env`. */
  readonly env: Environment
  /** Reads the files that the configuration names; without it definitions stand in the configuration itself. */
  readonly readText?: (path: string) => Promise<string>
  /** Time and timers, of the queue and its database too; pg-boss's `TestClock` makes weeks pass in a test. */
  readonly clock?: Clock
  readonly log?: Log
  /** Every provider that a destination can name; those of this package unless given. */
  readonly providers?: Openers
  /** The built widget, to be served as `/anketa.js` with its parts, which stand beside it. */
  readonly widgetFile?: string | URL
}

/** A running relay. */
export interface Relay {
  readonly config: RelayConfig
  /** The relay's routes as a Fetch API handler; `address` is the caller's, where the server knows it. */
  fetch(request: Request, caller?: { readonly address?: string | undefined }): Promise<Response>
  /** Lets running deliveries end for up to `graceMs` (5,000), then closes queue and database. Once is enough. */
  close(options?: { readonly graceMs?: number }): Promise<void>
}

/**
 * Starts a relay from its configuration (JSON, already read). Throws `ConfigError` on a configuration that cannot be
 * used, and `FolderInUse` if another relay has the database's folder.
 */
export async function createRelay(candidate: unknown, ports: RelayPorts): Promise<Relay> {
  const { clock = systemClock, log = () => {}, fetch, env, readText = noFiles } = ports
  const config = await checkConfig(candidate, { env, readText, providers: ports.providers })
  for (const [form, result] of config.forms) {
    if ('problems' in result)
      log('error', 'A form is refused', { form, problems: result.problems.join('; ') })
  }
  const files: WidgetFiles =
    ports.widgetFile === undefined ? new Map() : await readWidgetFiles(ports.widgetFile)
  const database = await openPglite(config.folder, { now: clock.now(), url: config.publicUrl })
  try {
    await migrate(database)
    await database.tidy()
    const boss = await openQueue(database, clock, log)
    const leads = createLeadStore(database, boss)
    const deliveries = createDeliveryStore(database, boss)
    const board = createDecisionBoard()
    const calls = createProviderCalls({ fetch, clock })
    const routeOf = createRoutes(config)
    const forms = new Map(
      [...config.forms].flatMap(([id, found]) => ('form' in found ? [[id, found.form]] : [])),
    )
    const store = createCampaignStore(database)
    const matches = await loadMatcher(forms.values())
    const campaigns = await startCampaignNews({ forms, store, calls, matches, clock, log })
    const orphans = database.exclusive ? await deliveries.adoptOrphans(new Date(clock.now())) : 0
    if (orphans > 0) log('info', 'Took up what a stopped relay had left', { deliveries: orphans })
    const work = { boss, calls, routeOf, campaigns, board, clock, log }
    await startCouriers({ ...work, deliveries })
    await startProgressWatch({ ...work, store: createProgressStore(database, boss) })
    const codes = createCodeStore(database, boss)
    const app = createApp(config, {
      leads,
      confirmation: createConfirmation({ leads, codes, calls, board, clock, log }),
      countDeliveries: (now) => countDeliveries(database, now),
      campaigns,
      board,
      clock,
      log,
      files,
    })

    const tidying = clock.setInterval(
      () => {
        database
          .tidy()
          .catch((fault: unknown) => log('warning', 'Tidying failed', { fault: faultText(fault) }))
      },
      24 * 3600 * 1000,
    )
    let closing: Promise<void> | undefined
    const close = async (graceMs: number): Promise<void> => {
      clock.clearInterval(tidying)
      board.close()
      campaigns.close()
      calls.close()
      // Real time, as pg-boss's own deadline is: a test's clock stands still meanwhile.
      await Promise.race([
        Promise.all([deliveryQueue, progressQueue].map((queue) => boss.offWork(queue))),
        new Promise((resolve) => setTimeout(resolve, graceMs).unref()),
      ])
      await boss.stop({ graceful: false })
      await database.close()
    }
    return {
      config,
      fetch: async (request, caller = {}) => app.fetch(request, caller),
      close: ({ graceMs = 5000 } = {}) => (closing ??= close(graceMs)),
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The engine for foreign patterns is wanted only where there are campaigns, and may not be installed. */
async function loadMatcher(forms: Iterable<FormSetup>): Promise<PatternMatcher | undefined> {
  if (![...forms].some(({ destinations }) => destinations.some(({ campaigns }) => campaigns)))
    return undefined
  try {
    const { createPatternMatcher } = await import('./python-pattern.ts')
    return createPatternMatcher()
  } catch {
    return undefined
  }
}

function noFiles(path: string): Promise<string> {
  return Promise.reject(new Error(`no way to read ${path} was given`))
}
