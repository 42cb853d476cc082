import { createVerificationStore } from '../leads/follow-ups/verification-store.ts'
import { startConsentChain } from '../leads/privacy/consents/consent-chain.ts'
import { type Privacy, startPrivacy } from '../leads/privacy/privacy.ts'
import { startMessageSender } from '../messages/message-sender.ts'
import { type DeliveryService, startDelivery } from '../delivery/start-delivery.ts'
import { type CodeVerifier, createCodeVerifier } from '../delivery/verify-code.ts'
import { waitAtMost } from '../runtime/waits.ts'
import type { Platform } from './platform.ts'
import type { RelaySettings } from './settings.ts'

/** The work of a relay beside answering requests. It goes on when the configuration changes. */
export interface Services {
  readonly delivery: DeliveryService
  readonly privacy: Privacy
  readonly codeVerifier: CodeVerifier
  /** Waits for what is under way, for up to `graceMs`. */
  stop(graceMs: number): Promise<void>
}

/** Starts the services. Each piece of work takes the settings of the moment when it begins. */
export async function startServices(settings: () => RelaySettings, platform: Platform): Promise<Services> {
  const { database, encryption, sharedKeys, boss, leadEvents, leases, clock, log, onClose } = platform
  const delivery = await startDelivery({ ...platform, settings })
  onClose(delivery.stopSweeping)
  const messageSender = startMessageSender({
    ...platform,
    settings: () => settings().config,
  })
  const privacy = startPrivacy({
    database,
    encryption,
    sharedKeys,
    retention: () => settings().config,
    onErased: (ids) => {
      for (const id of ids) leadEvents.emit(id)
    },
    leases,
    clock,
    log,
  })
  onClose(privacy.stop)
  const consentChain = startConsentChain({ database, encryption, leases, clock, log })
  onClose(consentChain.stop)
  return {
    delivery,
    privacy,
    codeVerifier: createCodeVerifier({
      ...platform,
      verifications: createVerificationStore(database, boss, encryption),
      wakeWorker: delivery.wakeWorker,
    }),
    async stop(graceMs) {
      // Real time, like pg-boss's own deadline: a test clock does not advance meanwhile.
      await Promise.race([Promise.all([delivery.stop(), messageSender.stop()]), waitAtMost(graceMs)])
      // What still runs may have been sent: another relay finds out how it ended, or asks again where that is safe.
      await Promise.race([delivery.abandon().catch(() => {}), waitAtMost(1000)])
    },
  }
}
