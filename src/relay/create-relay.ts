import { type Clock, type PgBoss, systemClock } from 'pg-boss'
import type { Fetch } from '../delivery/send-http.ts'
import type { PatternMatcher } from '../providers/core/context.ts'
import { createApp } from './http/app.ts'
import { startCampaignSettings } from './campaigns/campaign-settings.ts'
import { createCampaignSettingsStore } from './campaigns/campaign-settings-store.ts'
import { createFormRouting, parseConfig, type RelayConfig } from './config/config.ts'
import { createVerificationStore } from './leads/verification-store.ts'
import { createCodeVerifier } from './delivery/verify-code.ts'
import { startWorkers } from './delivery/delivery-worker.ts'
import { createLeadEvents } from './delivery/lead-events.ts'
import { createDeliveryStore } from './leads/delivery-store.ts'
import type { ProviderBindings } from './destinations/destination.ts'
import type { FormConfig } from './config/form-config.ts'
import { createLeadStore } from './leads/lead-store.ts'
import { createLog, describeError, type Log } from './log.ts'
import { isNewDatabase, openDatabase } from './database/open-database.ts'
import { startListRefresher } from './places/list-refresher.ts'
import { openPlaceStore } from './places/place-store.ts'
import { createPlaceService } from './places/place-service.ts'
import type { ListSource } from './places/list-source.ts'
import { createStatusStore } from './leads/status-store.ts'
import { startStatusPoller } from './delivery/status-poller.ts'
import { createProviderClient } from './destinations/provider-client.ts'
import { createPublicFetch } from './destinations/public-fetch.ts'
import { countDeliveries } from './leads/delivery-counts.ts'
import { deliveryQueue, openJobQueue, statusQueue } from './leads/job-queue.ts'
import { migrate } from './database/migrations.ts'
import type { Environment } from './config/secrets.ts'
import { openWidgetAssets } from './http/widget-assets.ts'
import { version } from './version.ts'

/** What a relay depends on. */
export interface RelayOptions {
  /** Calls the providers. */
  readonly fetch: Fetch
  /**
   * Calls the addresses that a configuration chooses freely (webhooks and the like), and must refuse private networks
   * after the name is resolved. Unless given, {@link createPublicFetch} takes the place of Node's own `fetch`; any other
   * `fetch` makes these calls itself.
   */
  readonly publicFetch?: Fetch
  /** The environment variables that hold the secrets: `process.env`. */
  readonly env: Environment
  /** Reads the files that the configuration names. Without it the configuration must contain its definitions. */
  readonly readText?: (path: string) => Promise<string>
  /** Time and timers, including those of the queue; pg-boss's `TestClock` advances them in a test. */
  readonly clock?: Clock
  /** Writes the log. Without `log` and `writeLog` there is none. */
  readonly log?: Log
  /** Receives the lines of the log in the format that the configuration names, instead of `log`. */
  readonly writeLog?: (line: string) => void
  /** The providers that a destination can name; those of this package by default. */
  readonly providers?: ProviderBindings
  /** The built widget, which is served as `/anketa.js` together with the files beside it. */
  readonly widgetFile?: string | URL
  /** Stops the start: `createRelay` then closes what it has opened and throws the signal's reason. */
  readonly signal?: AbortSignal
  /** Runs work that may keep the event loop busy for many seconds. A watchdog can take that into account. */
  readonly duringLongWork?: <Result>(work: () => Promise<Result>) => Promise<Result>
}

/** A running relay. */
export interface Relay {
  readonly config: RelayConfig
  readonly log: Log
  /** The relay's routes as a Fetch API handler; `address` is the client's, if the server knows it. */
  fetch(request: Request, client?: { readonly address?: string | undefined }): Promise<Response>
  /** Waits for running deliveries for up to `graceMs` (5,000), then closes queue and database. Idempotent. */
  close(options?: { readonly graceMs?: number }): Promise<void>
}

/**
 * Starts a relay from its configuration (parsed JSON). Throws `ConfigError` on a configuration that cannot be used,
 * `DirectoryInUseError` if another relay uses the database's folder, and the reason of an aborted `signal`.
 */
export async function createRelay(candidate: unknown, options: RelayOptions): Promise<Relay> {
  const { clock = systemClock, fetch, env, readText = rejectFileRead, providers, signal } = options
  const { duringLongWork = (work) => work() } = options
  // oxlint-disable-next-line no-restricted-globals -- Compared, never called.
  const { publicFetch = fetch === globalThis.fetch ? createPublicFetch() : fetch } = options
  const config = await parseConfig(candidate, { env, readText, providers })
  const log = options.log ?? (options.writeLog ? createLog(config.log, options.writeLog) : () => {})
  for (const [form, result] of config.forms) {
    if ('problems' in result)
      log('error', 'A form is refused', { form, problems: result.problems.join('; ') })
  }
  signal?.throwIfAborted()
  log('info', 'Starting', { version })
  if (isNewDatabase(config.database)) log('info', 'Creating the database, which takes some seconds')
  const database = await openDatabase(config.database, { now: clock.now(), url: config.publicUrl })
  let queue: PgBoss | undefined
  try {
    signal?.throwIfAborted()
    await migrate(database)
    const widgetAssets = await openWidgetAssets(database, options.widgetFile)
    signal?.throwIfAborted()
    const boss = await openJobQueue(database, clock, log)
    queue = boss
    signal?.throwIfAborted()
    const leads = createLeadStore(database, boss)
    const deliveries = createDeliveryStore(database, boss)
    const leadEvents = createLeadEvents()
    const providerClient = createProviderClient({ fetch, publicFetch, clock })
    const routingFor = createFormRouting(config)
    const forms = new Map(
      [...config.forms].flatMap(([id, found]) => ('form' in found ? [[id, found.form]] : [])),
    )
    const campaigns = await startCampaignSettings({
      forms,
      store: createCampaignSettingsStore(database),
      providerClient,
      matches: await loadPatternMatcher(forms.values()),
      clock,
      log,
    })
    const orphans = database.exclusive ? await deliveries.requeueOrphans(new Date(clock.now())) : 0
    if (orphans > 0) log('info', 'Requeued the deliveries of a stopped relay', { deliveries: orphans })
    const listSources = groupListSources(config)
    const placeStore = await openPlaceStore({
      database,
      pause: yieldToEventLoop,
      sources: [...listSources.keys()],
    })
    const sourceOf = (form: string) => listSourcesOf(config, form)[0]?.source
    const placeService = createPlaceService({ placeStore, database, log, sourceOf })
    const workerDeps = { boss, providerClient, routingFor, campaigns, leadEvents, clock, log }
    await startWorkers({ ...workerDeps, deliveries, completePlaceCodes: placeService.completeCodes })
    await startStatusPoller({ ...workerDeps, store: createStatusStore(database, boss) })
    const listRefresher = startListRefresher({ sources: listSources, placeStore, clock, fetch, log })
    const verifications = createVerificationStore(database, boss)
    const app = createApp(config, {
      leads,
      codeVerifier: createCodeVerifier({ leads, verifications, providerClient, leadEvents, clock, log }),
      countDeliveries: (now) => countDeliveries(database, now),
      campaigns,
      leadEvents,
      clock,
      log,
      widgetAssets,
      placeStore,
      placeService,
      listRefresher,
      duringLongWork,
    })

    const vacuumTimer = clock.setInterval(
      () => {
        database
          .vacuum()
          .catch((error: unknown) =>
            log('warning', 'Vacuuming the database failed', { fault: describeError(error) }),
          )
      },
      24 * 3600 * 1000,
    )
    let closing: Promise<void> | undefined
    const close = async (graceMs: number): Promise<void> => {
      clock.clearInterval(vacuumTimer)
      listRefresher.stop()
      leadEvents.close()
      campaigns.close()
      providerClient.close()
      // Real time, like pg-boss's own deadline: a test clock does not advance meanwhile.
      await Promise.race([
        Promise.all([deliveryQueue, statusQueue].map((queue) => boss.offWork(queue))),
        new Promise((resolve) => setTimeout(resolve, graceMs).unref()),
      ])
      await boss.stop({ graceful: false })
      await placeStore.close()
      await database.close()
    }
    return {
      config,
      log,
      fetch: async (request, client = {}) => app.fetch(request, client),
      close: ({ graceMs = 5000 } = {}) => (closing ??= close(graceMs)),
    }
  } catch (error) {
    await queue?.stop({ graceful: false })
    await database.close()
    if (error === signal?.reason) log('info', 'Stopped before the start was complete')
    throw error
  }
}

/** Loads the matcher only if there are campaigns. Its package may not be installed. */
async function loadPatternMatcher(forms: Iterable<FormConfig>): Promise<PatternMatcher | undefined> {
  if (![...forms].some(({ destinations }) => destinations.some(({ campaigns }) => campaigns)))
    return undefined
  try {
    const { createPatternMatcher } = await import('./campaigns/python-regex.ts')
    return createPatternMatcher()
  } catch {
    return undefined
  }
}

/** The lists of places of a form's destinations. */
function listSourcesOf({ forms }: RelayConfig, form: string): readonly ListSource[] {
  const result = forms.get(form)
  return result && 'form' in result ? result.form.destinations.flatMap(({ places }) => places ?? []) : []
}

/** Groups the lists by their source, each with all destinations that may read it. */
function groupListSources(config: RelayConfig): ReadonlyMap<string, readonly ListSource[]> {
  return Map.groupBy(
    [...config.forms.keys()].flatMap((form) => listSourcesOf(config, form)),
    ({ source }) => source,
  )
}

/** Lets other work on the event loop run. */
function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function rejectFileRead(path: string): Promise<string> {
  return Promise.reject(
    new Error(
      `createRelay has no option readText, so ${path} cannot be read: pass one, or put the definition into the configuration`,
    ),
  )
}
