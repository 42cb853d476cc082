import { type Clock, systemClock } from 'pg-boss'
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
import { describeError, type Log } from './log.ts'
import { openPglite } from './database/pglite.ts'
import { startListRefresher } from './places/list-refresher.ts'
import { openPlaceStore } from './places/place-store.ts'
import { createPlaceService } from './places/place-service.ts'
import type { ListSource } from './places/list-source.ts'
import { createStatusStore } from './leads/status-store.ts'
import { startStatusPoller } from './delivery/status-poller.ts'
import { createProviderClient } from './destinations/provider-client.ts'
import { countDeliveries } from './leads/delivery-counts.ts'
import { deliveryQueue, openJobQueue, statusQueue } from './leads/job-queue.ts'
import { migrate } from './database/migrations.ts'
import type { Environment } from './config/secrets.ts'
import { loadWidgetAssets, type WidgetAssets } from './http/widget-assets.ts'

/** What a relay takes from outside. */
export interface RelayOptions {
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
  readonly providers?: ProviderBindings
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
export async function createRelay(candidate: unknown, ports: RelayOptions): Promise<Relay> {
  const { clock = systemClock, log = () => {}, fetch, env, readText = rejectFileRead } = ports
  const config = await parseConfig(candidate, { env, readText, providers: ports.providers })
  for (const [form, result] of config.forms) {
    if ('problems' in result)
      log('error', 'A form is refused', { form, problems: result.problems.join('; ') })
  }
  const widgetAssets: WidgetAssets =
    ports.widgetFile === undefined ? new Map() : await loadWidgetAssets(ports.widgetFile)
  const database = await openPglite(config.folder, { now: clock.now(), url: config.publicUrl })
  try {
    await migrate(database)
    await database.vacuum()
    const boss = await openJobQueue(database, clock, log)
    const leads = createLeadStore(database, boss)
    const deliveries = createDeliveryStore(database, boss)
    const leadEvents = createLeadEvents()
    const providerClient = createProviderClient({ fetch, clock })
    const routingFor = createFormRouting(config)
    const forms = new Map(
      [...config.forms].flatMap(([id, found]) => ('form' in found ? [[id, found.form]] : [])),
    )
    const store = createCampaignSettingsStore(database)
    const matches = await loadPatternMatcher(forms.values())
    const campaigns = await startCampaignSettings({ forms, store, providerClient, matches, clock, log })
    const orphans = database.exclusive ? await deliveries.requeueOrphans(new Date(clock.now())) : 0
    if (orphans > 0) log('info', 'Took up what a stopped relay had left', { deliveries: orphans })
    const sources = groupListSources(config)
    const placeStore = await openPlaceStore({
      database,
      pause: yieldToEventLoop,
      sources: [...sources.keys()],
    })
    const sourceOf = (form: string) => listSourcesOf(config, form)[0]?.source
    const placeService = createPlaceService({ placeStore, database, log, sourceOf })
    const work = { boss, providerClient, routingFor, campaigns, leadEvents, clock, log }
    await startWorkers({ ...work, deliveries, completePlaceCodes: placeService.completeCodes })
    await startStatusPoller({ ...work, store: createStatusStore(database, boss) })
    const listRefresher = startListRefresher({ sources, placeStore, clock, fetch, log })
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
    })

    const tidying = clock.setInterval(
      () => {
        database
          .vacuum()
          .catch((fault: unknown) => log('warning', 'Tidying failed', { fault: describeError(fault) }))
      },
      24 * 3600 * 1000,
    )
    let closing: Promise<void> | undefined
    const close = async (graceMs: number): Promise<void> => {
      clock.clearInterval(tidying)
      listRefresher.stop()
      leadEvents.close()
      campaigns.close()
      providerClient.close()
      // Real time, as pg-boss's own deadline is: a test's clock stands still meanwhile.
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
      fetch: async (request, caller = {}) => app.fetch(request, caller),
      close: ({ graceMs = 5000 } = {}) => (closing ??= close(graceMs)),
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The engine for foreign patterns is wanted only where there are campaigns, and may not be installed. */
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

/** The lists of places that a form's destinations have. */
function listSourcesOf({ forms }: RelayConfig, form: string): readonly ListSource[] {
  const result = forms.get(form)
  return result && 'form' in result ? result.form.destinations.flatMap(({ places }) => places ?? []) : []
}

/** Every list once, with all destinations that may read it. */
function groupListSources(config: RelayConfig): ReadonlyMap<string, readonly ListSource[]> {
  return Map.groupBy(
    [...config.forms.keys()].flatMap((form) => listSourcesOf(config, form)),
    ({ source }) => source,
  )
}

/** Lets everybody else have a turn. */
function yieldToEventLoop(): Promise<void> {
  return new Promise((go) => setImmediate(go))
}

function rejectFileRead(path: string): Promise<string> {
  return Promise.reject(new Error(`no way to read ${path} was given`))
}
