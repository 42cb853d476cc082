import type { Clock } from 'pg-boss'
import type { Database } from '../../database/database.ts'
import type { Encryption } from '../../database/encryption/encryption.ts'
import type { SharedKeys } from '../../database/encryption/shared-keys.ts'
import { startLeasedWork, type WorkRound } from '../../database/leased-work.ts'
import type { Leases } from '../../database/leases.ts'
import type { Log } from '../../log.ts'
import { createLeadEncrypter } from './encrypt-leads.ts'
import { createEraser, type Erased, type Person, type Retention } from './erasure.ts'
import type { ExportedReceipt } from './consents/render-receipts.ts'
import { exportPerson, exportPersonReceipts, type PersonExport } from './export-person.ts'

/** What this depends on. */
export interface PrivacyDeps {
  /** The database that returns decrypted values. */
  readonly database: Database
  readonly encryption: Encryption
  /** While relays have different keys, each would undo what the other does to stored leads. */
  readonly sharedKeys: Pick<SharedKeys, 'areSame'>
  readonly retention: () => Retention
  /** Learns of erased leads, for the requests that wait for them. */
  readonly onErased: (ids: readonly string[]) => void
  /** One relay at a time does the work in the background. */
  readonly leases: Leases
  readonly clock: Clock
  readonly log: Log
}

/** What an operator does for a person. */
export interface PrivacyActions {
  /** Erases a lead; returns the number of erased ones, 0 or 1. */
  eraseLead(id: string, now: Date): Promise<number>
  erasePerson(person: Person, now: Date): Promise<number>
  exportPerson(person: Person, now: Date): Promise<PersonExport>
  exportReceipts(person: Person): Promise<readonly ExportedReceipt[]>
}

/** The actions, and what the relay does by itself. */
export interface Privacy extends PrivacyActions {
  /** Does the work in the background now, as when the keys have changed. */
  wake(): void
  stop(): Promise<void>
}

/** How often there is a look for leads whose time is over, or that another key has encrypted. */
const intervalMs = 60_000

/** An earlier process may have erased leads in this time, and may not have destroyed their keys. */
const lookBackMs = 24 * 3600_000

/** Starts the erasure of leads whose time is over and the encryption with new keys, both in small steps. */
export function startPrivacy(deps: PrivacyDeps): Privacy {
  const { database, encryption, sharedKeys, retention, onErased, leases, clock, log } = deps
  const encrypter = createLeadEncrypter(database, encryption)
  const eraser = createEraser(database, encryption)
  /** Keys that could not be destroyed at once, or by an earlier process. Unknown until the first round. */
  let hasKeysToDestroy: boolean | undefined

  async function finish(erased: Erased, reason: string): Promise<number> {
    const { length } = erased.ids
    if (length === 0) return 0
    onErased(erased.ids)
    log('info', 'Leads were erased', { leads: length, reason })
    if (encryption.isOn) await destroyKeys()
    return length
  }

  async function destroyKeys(): Promise<void> {
    // It stays so if this fails.
    hasKeysToDestroy = true
    const result = await eraser.destroyKeys()
    hasKeysToDestroy = result === 'later'
    if (result === 'refused')
      log(
        'warning',
        "The keys of erased leads stay in the server's write-ahead log until its own checkpoints end the files: the relay's user lacks the rights for pg_switch_wal and checkpoint.",
      )
    if (result === 'later')
      log(
        'warning',
        'A transaction that has been open for long, such as a dump of the database, keeps the keys of erased leads in the files. They are destroyed after it.',
      )
  }

  async function work({ repeat }: WorkRound): Promise<void> {
    hasKeysToDestroy ??= encryption.isOn && (await eraser.hasErasedSince(new Date(clock.now() - lookBackMs)))
    if (hasKeysToDestroy) await destroyKeys()
    const changes = await repeat(async () => (sharedKeys.areSame() ? encrypter.step() : 0))
    if (changes > 0) log('info', 'Stored leads were brought to the configured keys', { changes })
    const ids: string[] = []
    try {
      await repeat(async () => {
        const erased = await eraser.eraseExpired(retention(), new Date(clock.now()))
        ids.push(...erased.ids)
        return erased.ids.length
      })
    } finally {
      // A step that fails leaves those before it erased.
      await finish({ ids }, 'their time was over')
    }
  }

  const { stop, wake } = startLeasedWork({
    leases,
    name: 'privacy',
    work,
    intervalMs,
    interruption: 'The work on stored leads was interrupted, and goes on in a minute',
    clock,
    log,
  })
  return {
    eraseLead: async (id, now) => finish(await eraser.erase([id], now), 'asked for by the operator'),
    erasePerson: async (person, now) =>
      finish(await eraser.erasePerson(person, now), 'asked for by the operator'),
    exportPerson: (person, now) => exportPerson(database, encryption.contacts, person, now),
    exportReceipts: (person) => exportPersonReceipts(database, encryption.contacts, person),
    wake,
    stop,
  }
}
