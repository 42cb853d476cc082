import type { Clock } from 'pg-boss'
import type { Database } from '../../database/database.ts'
import type { Encryption } from '../../database/encryption/encryption.ts'
import type { Leases } from '../../database/leases.ts'
import { describeError, type Log } from '../../log.ts'
import { createLeadEncrypter } from './encrypt-leads.ts'
import { createEraser, type Erased, type Person, type Retention } from './erasure.ts'
import { exportPerson, type PersonExport } from './export-person.ts'

/** What this depends on. */
export interface PrivacyDeps {
  /** The database that returns decrypted values. */
  readonly database: Database
  readonly encryption: Encryption
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
}

/** The actions, and what the relay does by itself. */
export interface Privacy extends PrivacyActions {
  /** Does the work in the background now, as when the keys have changed. */
  wake(): void
  stop(): Promise<void>
}

/** How often there is a look for leads whose time is over, or that another key has encrypted. */
const intervalMs = 60_000

/** Starts the erasure of leads whose time is over and the encryption with new keys, both in small steps. */
export function startPrivacy(deps: PrivacyDeps): Privacy {
  const { database, encryption, retention, onErased, leases, clock, log } = deps
  const encrypter = createLeadEncrypter(database, encryption)
  const eraser = createEraser(database, encryption)
  let stopped = false
  let running: Promise<void> | undefined
  /** A transaction that was open during the erasure may have kept a key in the table. */
  let hasKeysToDestroy = false

  async function finish(erased: Erased, reason: string): Promise<number> {
    const { length } = erased.ids
    if (length === 0) return 0
    onErased(erased.ids)
    log('info', 'Leads were erased', { leads: length, reason })
    if (encryption.isOn) {
      await destroyKeys()
      hasKeysToDestroy = true
    }
    return length
  }

  async function destroyKeys(): Promise<void> {
    const done = await eraser.destroyKeys()
    if (done) return
    log(
      'warning',
      "The keys of erased leads stay in the server's write-ahead log until its own checkpoints end the files: the relay's user lacks the rights for pg_switch_wal and checkpoint.",
    )
  }

  async function work(): Promise<void> {
    if (hasKeysToDestroy) {
      hasKeysToDestroy = false
      await destroyKeys()
    }
    let changed = 0
    for (let count = -1; count !== 0 && !stopped; changed += count) {
      count = await encrypter.step()
      await letOthersRun()
    }
    if (changed > 0) log('info', 'Stored leads were brought to the configured keys', { changes: changed })
    await eraseExpired()
  }

  async function eraseExpired(): Promise<void> {
    const ids: string[] = []
    for (let count = -1; count !== 0 && !stopped;) {
      const erased = await eraser.eraseExpired(retention(), new Date(clock.now()))
      ids.push(...erased.ids)
      count = erased.ids.length
      await letOthersRun()
    }
    await finish({ ids }, 'their time was over')
  }

  function run(): void {
    if (stopped || running) return
    running = leases
      .run('privacy', work)
      .then(() => {})
      .catch((error: unknown) => {
        if (stopped) return
        log('warning', 'The work on stored leads was interrupted, and goes on in a minute', {
          fault: describeError(error),
        })
      })
      .finally(() => {
        running = undefined
      })
  }

  const timer = clock.setInterval(run, intervalMs)
  run()
  return {
    eraseLead: async (id, now) => finish(await eraser.erase([id], now), 'asked for by the operator'),
    erasePerson: async (person, now) =>
      finish(await eraser.erasePerson(person, now), 'asked for by the operator'),
    exportPerson: (person, now) => exportPerson(database, encryption.contacts, person, now),
    wake: run,
    async stop() {
      stopped = true
      clock.clearInterval(timer)
      await running
    },
  }
}

/** Posts get their turn between two steps. */
function letOthersRun(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
