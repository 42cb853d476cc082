import { readLocalKeyHash } from '../database/open-database.ts'
import { writeBackup } from '../database/backup/write-backup.ts'
import { writeLeadKeys } from '../database/backup/lead-keys-file.ts'
import type { PlaceImport } from '../http/admin/admin-routes.ts'
import type { ReloadRoutesDeps } from '../http/admin/reload-routes.ts'
import { createApp } from '../http/app.ts'
import { createEncryptionCheck } from '../http/monitoring/encryption-check.ts'
import { createHealth } from '../http/monitoring/health.ts'
import type { HealthCheck } from '../http/monitoring/health-check.ts'
import { createMessageCheck } from '../http/monitoring/message-check.ts'
import { createProxyCheck } from '../http/monitoring/proxy-check.ts'
import { createSavedFormsCheck } from '../http/monitoring/saved-forms-check.ts'
import { createSpaceCheck } from '../http/monitoring/space-check.ts'
import { countDeliveries } from '../leads/statistics/delivery-counts.ts'
import { verifyChain } from '../leads/privacy/consents/verify-chain.ts'
import { createOperatorActions } from '../leads/console/retry-delivery.ts'
import { createGivenUpMessages } from '../messages/given-up-messages.ts'
import type { Relay, RelayOptions } from '../relay-options.ts'
import { version } from '../runtime/version.ts'
import { yieldToEventLoop } from '../runtime/waits.ts'
import type { Platform } from './platform.ts'
import type { Services } from './services.ts'
import type { RelaySettings } from './settings.ts'

/** What the handlers of all configurations share. */
export interface HandlerDeps extends ReloadRoutesDeps {
  readonly platform: Platform
  readonly services: Services
  readonly placeImport: PlaceImport
  /** Reports a configuration that was refused. */
  readonly reloadCheck: HealthCheck
  readonly duringLongWork: NonNullable<RelayOptions['duringLongWork']>
}

/** Creates the handler of requests for one configuration. */
export function createHandler(settings: RelaySettings, deps: HandlerDeps): Relay['fetch'] {
  const { platform, services, reloadCheck } = deps
  const { database, rawDatabase, encryption, sharedKeys, storage, space, clock, log } = platform
  const { config, campaigns } = settings
  const now = (): number => clock.now()
  const proxyCheck = createProxyCheck(config.trustProxy, log)
  const messageCheck = createMessageCheck({ receivers: config.receivers, database, now, log })
  const health = createHealth(config, {
    ...platform,
    countDeliveries: (at) => countDeliveries(database, at),
    campaigns,
    lastFind: services.delivery.lastFind,
    checks: [
      createSpaceCheck(space),
      storage,
      proxyCheck,
      createEncryptionCheck(rawDatabase, encryption.ring, sharedKeys),
      reloadCheck,
      createSavedFormsCheck(settings.savedForms),
      ...(messageCheck ? [messageCheck] : []),
    ],
  })
  const backup = { relayVersion: version, pause: yieldToEventLoop }
  const app = createApp(config, {
    ...platform,
    ...services,
    ...settings,
    eventCounts: config.statistics ? platform.eventCounts : undefined,
    placeImport: deps.placeImport,
    reload: deps.reload,
    duringLongWork: deps.duringLongWork,
    health,
    messageCheck,
    operatorActions: createOperatorActions({ ...platform, routingFor: settings.routingFor }),
    forms: settings.savedForms.usable,
    givenUpMessages: createGivenUpMessages(database, config.receivers),
    proxyCheck,
    wakeWorker: services.delivery.wakeWorker,
    hasSpace: () => space.level() === 'enough',
    verifyConsents: (known) => verifyChain(database, known),
    localKeyHash: readLocalKeyHash(config.database),
    writeLeadKeys: () => writeLeadKeys(rawDatabase, { ...backup, now: new Date(now()) }),
    writeBackup: () => writeBackup(rawDatabase, { ...backup, now: new Date(now()) }),
  })
  return async (request, client = {}) => app.fetch(request, client)
}
