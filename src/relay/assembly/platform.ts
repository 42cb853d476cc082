import type { Clock, PgBoss } from 'pg-boss'
import type { RelayConfig } from '../config/config.ts'
import { destinationKeys, groupListSources, usableForms } from '../config/form-lookups.ts'
import type { Database } from '../database/database.ts'
import type { DiskSpace } from '../database/disk/disk-space.ts'
import { openWatchedDatabase } from '../database/disk/watched-database.ts'
import { createEncryptedDatabase } from '../database/encryption/encrypted-database.ts'
import { type Encryption, openEncryption } from '../database/encryption/encryption.ts'
import { registerKeys, type SharedKeys } from '../database/encryption/shared-keys.ts'
import type { Leases } from '../database/leases.ts'
import { observeDatabase } from '../database/observed-database.ts'
import { loadRelaySecret } from '../database/relay-secrets.ts'
import { createLeadEvents, type LeadEvents } from '../delivery/lead-events.ts'
import { type CallObserver, createCallObserver } from '../delivery/observe-call.ts'
import { createOutcomeSettler, type OutcomeSettler } from '../delivery/settle-outcome.ts'
import type { Fetch } from '../../delivery/send-http.ts'
import { shareLeadEvents } from '../delivery/shared-lead-events.ts'
import { type AccountPauses, nameAccounts, openAccountPauses } from '../destinations/account-pauses.ts'
import { createProviderClient, type ProviderClient } from '../destinations/provider-client.ts'
import { createSharedAccounts } from '../destinations/shared-accounts.ts'
import { type ConsoleFiles, readConsoleFiles } from '../http/admin/console-page.ts'
import { createLogoFiles, type LogoFiles } from '../http/html/logo-files.ts'
import { noKeysText } from '../http/monitoring/encryption-check.ts'
import { type RelayRegistry, registerRelay } from '../http/monitoring/relay-registry.ts'
import { createStorageCheck, type StorageCheck } from '../http/monitoring/storage-check.ts'
import type { LeadProtection } from '../http/protection/lead-protection.ts'
import { openProtection } from '../http/protection/open-protection.ts'
import type { SignInGuard } from '../http/protection/sign-in-guard.ts'
import { openWidgetAssets, type WidgetAssets } from '../http/widget/widget-assets.ts'
import { type KnownDestinations, registerDestinations } from '../leads/known-destinations.ts'
import { createLeadStore, type LeadStore } from '../leads/lead-store.ts'
import { prepareDatabase } from '../leads/recovery/prepare-database.ts'
import { type DestinationReports, openDestinationReports } from '../leads/statistics/destination-reports.ts'
import { type EventCounts, openEventCounts } from '../leads/statistics/event-counts.ts'
import type { Log } from '../log.ts'
import { nameReceivers } from '../messages/message-sender.ts'
import { type DepartmentStore, openDepartmentStore } from '../places/departments/department-store.ts'
import { openPlaceStore, type PlaceStore } from '../places/place-store.ts'
import { openStreetStore, type StreetStore } from '../places/streets/street-store.ts'
import type { RelayOptions } from '../relay-options.ts'
import { createDerived } from '../runtime/derived.ts'
import { createMetrics, type Metrics } from '../runtime/metrics.ts'
import { waitAtMost, yieldToEventLoop } from '../runtime/waits.ts'
import type { ConfigReading } from './config-reading.ts'

/** What a relay keeps as long as it runs: its database, and everything that a change of the configuration must not end. */
export interface Platform {
  readonly clock: Clock
  readonly log: Log
  readonly fetch: Fetch
  readonly publicFetch: Fetch
  readonly space: DiskSpace
  /** The database as it is. */
  readonly rawDatabase: Database
  /** The database that returns decrypted values. */
  readonly database: Database
  readonly boss: PgBoss
  readonly leases: Leases
  readonly encryption: Encryption
  readonly sharedKeys: SharedKeys
  readonly metrics: Metrics
  readonly storage: StorageCheck
  readonly protection: LeadProtection
  readonly signInGuard: SignInGuard
  readonly leads: LeadStore
  readonly leadEvents: LeadEvents
  readonly outcomes: OutcomeSettler
  readonly reports: DestinationReports
  readonly observer: CallObserver
  readonly eventCounts: EventCounts
  readonly pauses: AccountPauses
  readonly providerClient: ProviderClient
  readonly placeStore: PlaceStore
  readonly departmentStore: DepartmentStore
  readonly streetStore: StreetStore
  readonly knownDestinations: KnownDestinations
  readonly widgetAssets: WidgetAssets
  readonly consoleFiles: ConsoleFiles
  readonly logoFiles: LogoFiles
  readonly registry: RelayRegistry
  /** The secret that the ids of leads from plain HTML forms are derived with. */
  readonly htmlFormSecret: string
  /** Adds something that ends before the database is closed. */
  onClose(end: () => unknown): void
  /** Closes everything. What still runs is left to another relay. */
  close(): Promise<void>
}

/** What {@link openPlatform} depends on. */
export interface PlatformDeps
  extends
    Pick<RelayOptions, 'fetch' | 'widgetFile' | 'consoleFolder' | 'readFreeBytes' | 'signal'>,
    Pick<Platform, 'clock' | 'log' | 'publicFetch'> {
  /** The configuration now. It is read again whenever it matters. */
  readonly reading: () => ConfigReading
}

/** Opens the database and everything that works on it. Throws as `createRelay` does, and leaves nothing open then. */
export async function openPlatform(deps: PlatformDeps): Promise<Platform> {
  const { reading, clock, log, fetch, publicFetch, signal } = deps
  const config = (): RelayConfig => reading().config
  const metrics = createMetrics(createDerived(config, destinationKeys))
  const watched = await openWatchedDatabase(
    { database: config().database, reserveBytes: () => config().reserveBytes },
    { owner: { now: clock.now(), url: config().publicUrl }, readFreeBytes: deps.readFreeBytes, log },
  )
  const rawDatabase = observeDatabase(watched.database, metrics)
  const ends: (() => unknown)[] = []
  let queue: PgBoss | undefined
  let places: PlaceStore | undefined
  try {
    signal?.throwIfAborted()
    const { leases, boss } = await prepareDatabase(rawDatabase, clock, log)
    queue = boss
    const encryption = await openEncryption(rawDatabase, () => config().encryption)
    if (!encryption.isOn) log('info', noKeysText)
    for (const remark of config().remarks ?? []) log('warning', remark)
    const sharedKeys = await registerKeys(rawDatabase, encryption)
    ends.push(sharedKeys.close)
    const database = createEncryptedDatabase(rawDatabase, encryption)
    signal?.throwIfAborted()
    const widgetAssets = await openWidgetAssets(database, deps.widgetFile)
    signal?.throwIfAborted()
    const storage = createStorageCheck(database, () => clock.now(), log)
    const leads = storage.watch(createLeadStore(database, boss, encryption))
    const protection = await openProtection(database, () => config().limits, leads)
    ends.push(protection.close)
    const leadEvents = await shareLeadEvents({ local: createLeadEvents(), database })
    ends.push(leadEvents.close)
    const outcomes = createOutcomeSettler(log)
    const reports = openDestinationReports(database, clock, log)
    ends.push(reports.close)
    const eventCounts = openEventCounts(database, clock, log)
    ends.push(eventCounts.close)
    const forms = createDerived(config, usableForms)
    const names = createDerived(
      config,
      ({ receivers }) => new Map([...nameAccounts(forms()), ...nameReceivers(receivers)]),
    )
    const pauses = await openAccountPauses({ database, names, clock, log })
    ends.push(pauses.close)
    const sharedAccounts = createSharedAccounts({ database, leases, clock })
    const providerClient = createProviderClient({ fetch, publicFetch, clock, pauses, sharedAccounts })
    const placeStore = await openPlaceStore({
      database,
      leases,
      log,
      pause: yieldToEventLoop,
      sources: [...groupListSources(config()).keys()],
    })
    places = placeStore
    const departmentStore = await openDepartmentStore({ database, leases, pause: yieldToEventLoop })
    ends.push(departmentStore.close)
    const streetStore = await openStreetStore({ database, pause: yieldToEventLoop })
    ends.push(streetStore.close)
    const knownDestinations = await registerDestinations(database, forms)
    ends.push(knownDestinations.close)
    const registry = await registerRelay(database, () => reading().hash, { clock, log })
    ends.push(registry.close)
    return {
      clock,
      log,
      fetch,
      publicFetch,
      space: watched.space,
      rawDatabase,
      database,
      boss,
      leases,
      encryption,
      sharedKeys,
      metrics,
      storage,
      protection,
      signInGuard: protection.signInGuard,
      leads,
      leadEvents,
      outcomes,
      reports,
      eventCounts,
      observer: createCallObserver({ metrics, reports, clock }),
      pauses,
      providerClient,
      placeStore,
      departmentStore,
      streetStore,
      knownDestinations,
      widgetAssets,
      consoleFiles: await readConsoleFiles(deps.consoleFolder),
      logoFiles: createLogoFiles(publicFetch, log, () => clock.now()),
      registry,
      htmlFormSecret: await loadRelaySecret(database, 'html-forms'),
      onClose: (end) => ends.push(end),
      async close() {
        outcomes.close()
        await Promise.race([boss.stop({ graceful: false }), waitAtMost(2000)])
        // A database that does not answer holds nobody up.
        const ending = [...ends.map((end) => end()), leases.giveBack()]
        await Promise.race([Promise.all(ending), waitAtMost(2000)])
        await placeStore.close()
        await database.close()
      },
    }
  } catch (error) {
    await queue?.stop({ graceful: false })
    for (const end of ends) await end()
    await places?.close()
    await rawDatabase.close()
    throw error
  }
}
