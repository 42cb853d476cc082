import { createAskedFields } from '../campaigns/asked-fields.ts'
import { createCampaignSettingsStore } from '../campaigns/campaign-settings-store.ts'
import { type FollowedCampaignSettings, openCampaignSettings } from '../campaigns/campaign-settings.ts'
import { loadPatternMatcher } from '../campaigns/load-pattern-matcher.ts'
import { createFormRouting, type RelayConfig } from '../config/config.ts'
import type { ConfigDeps } from '../config/form-config.ts'
import { openSavedForms, type SavedForms } from '../config/definitions/saved-forms.ts'
import { groupListSources, listSourcesOf } from '../config/form-lookups.ts'
import type { DeliverySettings } from '../delivery/delivery-worker.ts'
import { createSignedConsentFinder } from '../leads/privacy/signed/find-signed-consent.ts'
import { createSignedConsents, type SignedConsents } from '../leads/privacy/signed/signed-consents.ts'
import { createListRefresher, type ListRefresher } from '../places/list-refresher.ts'
import { createPlaceService, type PlaceService } from '../places/place-service.ts'
import type { ConfigReading } from './config-reading.ts'
import type { Platform } from './platform.ts'

/** What follows from one configuration. Another configuration gets other settings, which take the place of these. */
export interface RelaySettings extends DeliverySettings {
  /** The configuration with the forms that are served: those of saved versions go before its own. */
  readonly config: RelayConfig
  readonly savedForms: SavedForms
  readonly campaigns: FollowedCampaignSettings
  readonly placeService: PlaceService
  readonly listRefresher: ListRefresher
  readonly signedConsents?: SignedConsents | undefined
  /** Starts what keeps them up to date in the background. */
  start(): void
  /** Stops that. Who still uses the settings can go on. */
  stop(): void
}

/** Creates the settings of a configuration. Nothing runs in the background before `start`. */
export async function openSettings(
  { config: configured, candidate }: Pick<ConfigReading, 'config' | 'candidate'>,
  platform: Platform,
  sources: ConfigDeps,
): Promise<RelaySettings> {
  const { database, encryption, leases, placeStore, providerClient, space, clock, fetch, log } = platform
  const savedForms = await openSavedForms({
    config: configured,
    candidate,
    sources,
    database,
    clock,
    log,
  })
  const config: RelayConfig = { ...configured, forms: savedForms.results }
  const forms = savedForms.usable
  const campaigns = await openCampaignSettings({
    forms,
    store: createCampaignSettingsStore(database),
    leases,
    providerClient,
    matches: await loadPatternMatcher(forms.values()),
    clock,
    log,
  })
  const placeService = createPlaceService({
    placeStore,
    database,
    log,
    sourceOf: (form) => listSourcesOf(config, form)[0]?.source,
  })
  const listRefresher = createListRefresher({
    sources: groupListSources(config),
    placeStore,
    leases,
    hasSpace: () => space.level() === 'enough',
    clock,
    fetch,
    log,
  })
  const signedConsents =
    config.signedConsents && createSignedConsents({ database, encryption, clock, ...config.signedConsents })
  return {
    config,
    savedForms,
    routingFor: createFormRouting(config),
    campaigns,
    placeService,
    completePlaceCodes: placeService.completeCodes,
    askedFields: createAskedFields(forms, campaigns),
    signedConsents,
    signedConsentFor: signedConsents && createSignedConsentFinder(signedConsents, forms, log),
    listRefresher,
    start() {
      savedForms.start()
      campaigns.start()
      listRefresher.start()
    },
    stop() {
      savedForms.stop()
      campaigns.close()
      listRefresher.stop()
    },
  }
}
