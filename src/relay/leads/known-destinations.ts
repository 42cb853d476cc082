import { randomUUID } from 'node:crypto'
import { createDerived } from '../runtime/derived.ts'
import type { Database } from '../database/database.ts'
import type { Destination } from '../destinations/destination.ts'

/** The destinations that relays of one database know: their configurations may differ, as during a change. */
export interface KnownDestinations {
  /** Whether this relay does not know a destination of a form (its stored key) and another running one does. */
  isKnownElsewhereOnly(form: string, destination: string): Promise<boolean>
  /** The stored keys of destinations that this relay knows in no form and other running ones do, as of some seconds ago. */
  keysOfOthers(): readonly string[]
  /** Shows the others now what this relay knows, as that has changed. */
  show(): Promise<void>
  close(): Promise<void>
}

/** How often a relay shows that it runs and looks for others, and when it counts as stopped. */
const heartbeatMs = 5000
const lostAfterSeconds = 25

interface OtherRelay {
  readonly forms: readonly string[]
  readonly destinations: readonly string[]
}

type FormsWithDestinations = Iterable<
  readonly [form: string, { readonly destinations: readonly Pick<Destination, 'key' | 'formerKeys'>[] }]
>

/** Registers the destinations of this relay, which may change, and follows those of the others until it is closed. */
export async function registerDestinations(
  database: Pick<Database, 'exclusive' | 'query'>,
  forms: () => FormsWithDestinations,
): Promise<KnownDestinations> {
  if (database.exclusive)
    return {
      isKnownElsewhereOnly: async () => false,
      keysOfOthers: () => [],
      show: async () => {},
      close: async () => {},
    }
  const relay = randomUUID()
  const ownNow = createDerived(forms, (now) =>
    [...now].flatMap(([form, { destinations }]) =>
      destinations.flatMap(({ key, formerKeys }) => [key, ...formerKeys].map((one) => ({ form, key: one }))),
    ),
  )
  let others: readonly OtherRelay[] = []

  /** The database's time counts, as it is the same for all relays. */
  async function load(): Promise<readonly OtherRelay[]> {
    return database.query<OtherRelay>(
      `select forms, destinations from anketa.relay_destinations
       where relay <> $1 and seen_at > clock_timestamp() - make_interval(secs => $2)`,
      [relay, lostAfterSeconds],
    )
  }

  async function show(): Promise<void> {
    const own = ownNow()
    await database.query(
      `insert into anketa.relay_destinations (relay, forms, destinations, seen_at)
       values ($1, $2, $3, clock_timestamp()) on conflict (relay) do update
       set forms = excluded.forms, destinations = excluded.destinations, seen_at = excluded.seen_at`,
      [relay, own.map(({ form }) => form), own.map(({ key }) => key)],
    )
    others = await load()
  }

  // Relays that were killed have left their rows.
  await database.query(
    `delete from anketa.relay_destinations where seen_at < clock_timestamp() - interval '1 day'`,
  )
  await show()
  let showing: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    // The log gets the loss of the connection elsewhere.
    showing = show().catch(() => {})
  }, heartbeatMs)
  timer.unref()

  const knows = ({ forms: names, destinations }: OtherRelay, form: string, destination: string): boolean =>
    names.some((name, index) => name === form && destinations[index] === destination)
  return {
    async isKnownElsewhereOnly(form, destination) {
      if (ownNow().some((one) => one.form === form && one.key === destination)) return false
      // Read again: a relay may have started a moment ago.
      others = await load()
      return others.some((other) => knows(other, form, destination))
    },
    keysOfOthers() {
      const ownKeys = new Set(ownNow().map(({ key }) => key))
      const keys = others.flatMap(({ destinations }) => destinations.filter((key) => !ownKeys.has(key)))
      return [...new Set(keys)]
    },
    show,
    async close() {
      clearInterval(timer)
      await showing
      await database.query('delete from anketa.relay_destinations where relay = $1', [relay]).catch(() => {})
    },
  }
}
