import { type PgBoss, systemClock } from 'pg-boss'
import { loadPatternMatcher } from './campaigns/load-pattern-matcher.ts'
import {
  definitionsOf,
  destinationKeys,
  groupListSources,
  listSourcesOf,
  usableForms,
} from './config/form-lookups.ts'
import { createApp } from './http/app.ts'
import { startCampaignSettings } from './campaigns/campaign-settings.ts'
import { createCampaignSettingsStore } from './campaigns/campaign-settings-store.ts'
import { createFormRouting, parseConfig } from './config/config.ts'
import { createVerificationStore } from './leads/follow-ups/verification-store.ts'
import { createCodeVerifier } from './delivery/verify-code.ts'
import { createAskedFields } from './campaigns/asked-fields.ts'
import { createCallObserver } from './delivery/observe-call.ts'
import { createLeadEvents } from './delivery/lead-events.ts'
import { shareLeadEvents } from './delivery/shared-lead-events.ts'
import { createOutcomeSettler } from './delivery/settle-outcome.ts'
import { nameAccounts, openAccountPauses } from './destinations/account-pauses.ts'
import { registerDestinations } from './leads/known-destinations.ts'
import { addOwnProviders } from './destinations/providers.ts'
import { createLeadStore } from './leads/lead-store.ts'
import { createLog } from './log.ts'
import { isNewDatabase, readLocalKeyHash } from './database/open-database.ts'
import { openWatchedDatabase } from './database/disk/watched-database.ts'
import { openDestinationReports } from './leads/statistics/destination-reports.ts'
import type { Relay, RelayOptions } from './relay-options.ts'
import { createGivenUpMessages } from './messages/given-up-messages.ts'
import { nameReceivers, startMessageSender } from './messages/message-sender.ts'
import { createMetrics } from './runtime/metrics.ts'
import { createHealth } from './http/monitoring/health.ts'
import { hashConfiguration, registerRelay } from './http/monitoring/relay-registry.ts'
import { createMessageCheck } from './http/monitoring/message-check.ts'
import { createSpaceCheck } from './http/monitoring/space-check.ts'
import { createStorageCheck } from './http/monitoring/storage-check.ts'
import { createProxyCheck } from './http/monitoring/proxy-check.ts'
import { observeDatabase } from './database/observed-database.ts'
import { loadRelaySecret } from './database/relay-secrets.ts'
import { startListRefresher } from './places/list-refresher.ts'
import { openProtection } from './http/protection/open-protection.ts'
import { openEventCounts } from './leads/statistics/event-counts.ts'
import { openPlaceStore } from './places/place-store.ts'
import { createPlaceService } from './places/place-service.ts'
import { startDelivery } from './delivery/start-delivery.ts'
import { createSharedAccounts } from './destinations/shared-accounts.ts'
import { createProviderClient } from './destinations/provider-client.ts'
import { createPublicFetch } from './destinations/public-fetch.ts'
import { countDeliveries } from './leads/statistics/delivery-counts.ts'
import { prepareDatabase } from './leads/prepare-database.ts'
import { writeLeadKeys } from './database/backup/lead-keys-file.ts'
import { writeBackup } from './database/backup/write-backup.ts'
import { readConsoleFiles } from './http/admin/console-page.ts'
import { createOperatorActions } from './leads/console/retry-delivery.ts'
import { createLogoFiles } from './http/html/logo-files.ts'
import { openWidgetAssets } from './http/widget/widget-assets.ts'
import { createEncryptedDatabase } from './database/encryption/encrypted-database.ts'
import { openEncryption } from './database/encryption/encryption.ts'
import { registerKeys } from './database/encryption/shared-keys.ts'
import { createEncryptionCheck, noKeysText } from './http/monitoring/encryption-check.ts'
import { startConsentChain } from './leads/privacy/consents/consent-chain.ts'
import { verifyChain } from './leads/privacy/consents/verify-chain.ts'
import { createSignedConsents } from './leads/privacy/signed/signed-consents.ts'
import { createSignedConsentFinder } from './leads/privacy/signed/find-signed-consent.ts'
import { startPrivacy } from './leads/privacy/privacy.ts'
import { version } from './runtime/version.ts'
import { waitAtMost, yieldToEventLoop } from './runtime/waits.ts'

/**
 * Starts a relay from its configuration (parsed JSON). Throws `ConfigError` on a configuration that cannot be used,
 * `DirectoryInUseError` if another relay uses the database's folder, `NoSpaceError` if its disk is full, and the reason of
 * an aborted `signal`.
 */
export async function createRelay(candidate: unknown, options: RelayOptions): Promise<Relay> {
  const { clock = systemClock, fetch, env, readText = rejectFileRead, readBytes, providers, signal } = options
  const { duringLongWork = (work) => work() } = options
  // oxlint-disable-next-line no-restricted-globals -- Compared, never called.
  const { publicFetch = fetch === globalThis.fetch ? createPublicFetch() : fetch } = options
  const config = await parseConfig(candidate, {
    env,
    readText,
    readBytes,
    providers: addOwnProviders(providers),
  })
  const log = options.log ?? (options.writeLog ? createLog(config.log, options.writeLog) : () => {})
  for (const [form, result] of config.forms) {
    if ('problems' in result)
      log('error', 'A form is refused', { form, problems: result.problems.join('; ') })
  }
  signal?.throwIfAborted()
  log('info', 'Starting', { version })
  if (isNewDatabase(config.database)) log('info', 'Creating the database, which takes some seconds')
  const metrics = createMetrics(destinationKeys(config))
  const watched = await openWatchedDatabase(config, {
    owner: { now: clock.now(), url: config.publicUrl },
    readFreeBytes: options.readFreeBytes,
    log,
  })
  const { space } = watched
  const rawDatabase = observeDatabase(watched.database, metrics)
  let queue: PgBoss | undefined
  const cleanups: (() => unknown)[] = []
  try {
    signal?.throwIfAborted()
    const { leases, boss } = await prepareDatabase(rawDatabase, clock, log)
    queue = boss
    const encryption = await openEncryption(rawDatabase, config.encryption)
    if (!encryption.isOn) log('info', noKeysText)
    const sharedKeys = await registerKeys(rawDatabase, encryption)
    cleanups.push(sharedKeys.close)
    const database = createEncryptedDatabase(rawDatabase, encryption)
    signal?.throwIfAborted()
    const hasSpace = () => space.level() === 'enough'
    const widgetAssets = await openWidgetAssets(database, options.widgetFile)
    signal?.throwIfAborted()
    const storage = createStorageCheck(database, () => clock.now(), log)
    const storedLeads = storage.watch(createLeadStore(database, boss, encryption))
    const protection = await openProtection(database, config.limits, storedLeads)
    cleanups.push(protection.close)
    const leads = protection.watch(storedLeads)
    const leadEvents = await shareLeadEvents({ local: createLeadEvents(), database })
    const outcomes = createOutcomeSettler(log)
    const reports = openDestinationReports(database, clock, log)
    cleanups.push(reports.close)
    const observer = createCallObserver({ metrics, reports, clock })
    const routingFor = createFormRouting(config)
    const forms = usableForms(config)
    const { receivers } = config
    const names = new Map([...nameAccounts(forms), ...nameReceivers(receivers)])
    const pauses = await openAccountPauses({ database, names, clock, log })
    cleanups.push(pauses.close)
    const sharedAccounts = createSharedAccounts({ database, leases, clock })
    const providerClient = createProviderClient({ fetch, publicFetch, clock, pauses, sharedAccounts })
    const campaigns = await startCampaignSettings({
      forms,
      store: createCampaignSettingsStore(database),
      leases,
      providerClient,
      matches: await loadPatternMatcher(forms.values()),
      clock,
      log,
    })
    const listSources = groupListSources(config)
    const placeStore = await openPlaceStore({
      database,
      leases,
      log,
      pause: yieldToEventLoop,
      sources: [...listSources.keys()],
    })
    const sourceOf = (form: string) => listSourcesOf(config, form)[0]?.source
    const placeService = createPlaceService({ placeStore, database, log, sourceOf })
    const knownDestinations = await registerDestinations(database, forms)
    cleanups.push(knownDestinations.close)
    const { completeCodes: completePlaceCodes } = placeService
    const signedConsents =
      config.signedConsents && createSignedConsents({ database, encryption, clock, ...config.signedConsents })
    const askedFields = createAskedFields(forms, campaigns)
    const delivery = await startDelivery({
      database,
      boss,
      encryption,
      providerClient,
      routingFor,
      campaigns,
      leadEvents,
      knownDestinations,
      outcomes,
      observer,
      completePlaceCodes,
      askedFields,
      signedConsentFor: signedConsents && createSignedConsentFinder(signedConsents, forms, log),
      clock,
      log,
    })
    cleanups.push(delivery.stopSweeping)
    const messageSender = startMessageSender({ ...config, database, pauses, fetch, publicFetch, clock, log })
    const verifications = createVerificationStore(database, boss, encryption)
    const proxyCheck = createProxyCheck(config.trustProxy, log)
    const registry = await registerRelay(database, await hashConfiguration(candidate, definitionsOf(forms)), {
      clock,
      log,
    })
    cleanups.push(registry.close)
    const messageCheck = createMessageCheck({ receivers, database, now: () => clock.now(), log })
    const privacy = startPrivacy({
      database,
      encryption,
      sharedKeys,
      retention: config,
      onErased: (ids) => {
        for (const id of ids) leadEvents.emit(id)
      },
      leases,
      clock,
      log,
    })
    cleanups.push(privacy.stop)
    const consentChain = startConsentChain({ database, encryption, leases, clock, log })
    cleanups.push(consentChain.stop)
    const encryptionCheck = createEncryptionCheck(rawDatabase, encryption.ring, sharedKeys)
    const health = createHealth(config, {
      countDeliveries: (now) => countDeliveries(database, now),
      reports,
      pauses,
      campaigns,
      registry,
      lastFind: delivery.lastFind,
      checks: [
        createSpaceCheck(space),
        storage,
        proxyCheck,
        encryptionCheck,
        ...(messageCheck ? [messageCheck] : []),
      ],
      clock,
      log,
    })
    const eventCounts = config.statistics ? openEventCounts(database, clock, log) : undefined
    cleanups.push(() => eventCounts?.close())
    const htmlFormSecret = await loadRelaySecret(database, 'html-forms')
    // Last: reading a long list takes the event loop for a while.
    const listRefresher = startListRefresher({
      sources: listSources,
      placeStore,
      leases,
      hasSpace,
      clock,
      fetch,
      log,
    })
    const app = createApp(config, {
      htmlFormSecret,
      eventCounts,
      protection,
      signInGuard: protection.signInGuard,
      database,
      encryption,
      forms,
      routingFor,
      askedFields,
      completePlaceCodes,
      operatorActions: createOperatorActions({ database, boss, encryption, routingFor }),
      consoleFiles: await readConsoleFiles(options.consoleFolder),
      privacy,
      signedConsents,
      verifyConsents: (known) => verifyChain(database, known),
      leads,
      codeVerifier: createCodeVerifier({
        leads,
        verifications,
        outcomes,
        observer,
        providerClient,
        leadEvents,
        wakeWorker: delivery.wakeWorker,
        clock,
        log,
      }),
      wakeWorker: delivery.wakeWorker,
      metrics,
      health,
      messageCheck,
      givenUpMessages: createGivenUpMessages(database, receivers),
      proxyCheck,
      campaigns,
      leadEvents,
      clock,
      log,
      widgetAssets,
      logoFiles: createLogoFiles(publicFetch, log, () => clock.now()),
      placeStore,
      placeService,
      listRefresher,
      duringLongWork,
      hasSpace,
      localKeyHash: readLocalKeyHash(config.database),
      writeLeadKeys: () => writeLeadKeys(rawDatabase, { now: new Date(clock.now()), relayVersion: version }),
      writeBackup: () =>
        writeBackup(rawDatabase, {
          now: new Date(clock.now()),
          relayVersion: version,
          pause: yieldToEventLoop,
        }),
    })

    let closing: Promise<void> | undefined
    const close = async (graceMs: number): Promise<void> => {
      listRefresher.stop()
      leadEvents.close()
      campaigns.close()
      providerClient.close()
      // Real time, like pg-boss's own deadline: a test clock does not advance meanwhile.
      await Promise.race([Promise.all([delivery.stop(), messageSender.stop()]), waitAtMost(graceMs)])
      // What still runs may have been sent: another relay finds out how it ended, or asks again where that is safe.
      await Promise.race([delivery.abandon().catch(() => {}), waitAtMost(1000)])
      outcomes.close()
      await Promise.race([boss.stop({ graceful: false }), waitAtMost(2000)])
      // A database that does not answer holds nobody up.
      const ends = [...cleanups.map((end) => end()), leases.giveBack()]
      await Promise.race([Promise.all(ends), waitAtMost(2000)])
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
    for (const end of cleanups) await end()
    await rawDatabase.close()
    if (error === signal?.reason) log('info', 'Stopped before the start was complete')
    throw error
  }
}

function rejectFileRead(path: string): Promise<string> {
  return Promise.reject(
    new Error(
      `createRelay has no option readText, so ${path} cannot be read: pass one, or put the definition into the configuration`,
    ),
  )
}
