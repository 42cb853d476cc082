import { randomUUID } from 'node:crypto'
import type { Database } from '../database.ts'
import type { Encryption } from './encryption.ts'

/**
 * Which keys the running relays of a database have: their configurations differ while keys are changed, one relay after the
 * other.
 */
export interface SharedKeys {
  /** Whether all running relays have the same keys in the same order, as of some seconds ago. */
  areSame(): boolean
  /** Tells the others of this relay's keys now, as when they have changed, and looks for theirs. */
  show(): Promise<void>
  close(): Promise<void>
}

/** How often a relay shows that it runs and looks for others, and when it counts as stopped. */
const heartbeatMs = 5000
const lostAfterSeconds = 25

interface OtherKeys {
  readonly dataKeys: readonly string[]
  readonly contactKey: string
}

/**
 * Registers the names of this relay's keys, and follows those of the others until it is closed. Meanwhile new leads are
 * encrypted with a key that all of them have.
 */
export async function registerKeys(
  database: Pick<Database, 'exclusive' | 'query'>,
  encryption: Pick<Encryption, 'ring' | 'contacts' | 'prefer'>,
): Promise<SharedKeys> {
  if (database.exclusive) return { areSame: () => true, show: async () => {}, close: async () => {} }
  const relay = randomUUID()
  let others: readonly OtherKeys[] | undefined
  encryption.prefer((keyId) => (others ?? []).every(({ dataKeys }) => dataKeys.includes(keyId)))

  function areSame(): boolean {
    const { ring, contacts } = encryption
    const own = JSON.stringify(ring.keyIds)
    return (
      others?.every(
        ({ dataKeys, contactKey }) => contactKey === contacts.keyId && JSON.stringify(dataKeys) === own,
      ) ?? false
    )
  }

  /** The database's time counts, as it is the same for all relays. */
  async function show(): Promise<void> {
    await database.query(
      `insert into anketa.relay_keys (relay, data_keys, contact_key, seen_at) values ($1, $2, $3, clock_timestamp())
       on conflict (relay) do update 
         set data_keys = excluded.data_keys, contact_key = excluded.contact_key, seen_at = excluded.seen_at`,
      [relay, encryption.ring.keyIds, encryption.contacts.keyId],
    )
    others = await database.query<OtherKeys>(
      `select data_keys as "dataKeys", contact_key as "contactKey" from anketa.relay_keys
       where relay <> $1 and seen_at > clock_timestamp() - make_interval(secs => $2)`,
      [relay, lostAfterSeconds],
    )
  }

  // Relays that were killed have left their rows.
  await database.query(`delete from anketa.relay_keys where seen_at < clock_timestamp() - interval '1 day'`)
  await show()
  let showing: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    // The log gets the loss of the connection elsewhere.
    showing = show().catch(() => {})
  }, heartbeatMs)
  timer.unref()
  return {
    areSame,
    show,
    async close() {
      clearInterval(timer)
      await showing
      await database.query('delete from anketa.relay_keys where relay = $1', [relay]).catch(() => {})
    },
  }
}
