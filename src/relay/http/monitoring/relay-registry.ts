import type { Clock } from 'pg-boss'
import type { Database } from '../../database/database.ts'
import { hashContent } from '../../runtime/hash.ts'
import { describeError, type Log } from '../../log.ts'
import { version } from '../../runtime/version.ts'

/** A relay of the database. */
export interface RegisteredRelay {
  readonly id: string
  readonly version: string
  /** The hash of its configuration. Relays of one database should have the same. */
  readonly configuration: string
  readonly startedAt: Date
  readonly seenAt: Date
}

/** The relays that use one database. */
export interface RelayRegistry {
  readonly id: string
  readonly configuration: string
  /** The other relays that are running. */
  others(): Promise<readonly RegisteredRelay[]>
  /** Shows the others now that the configuration has changed. */
  show(): Promise<void>
  close(): Promise<void>
}

const heartbeatMs = 10_000

/** A relay that was not seen for so long has stopped. */
const lostAfter = '35 seconds'

/** Registers this relay, whose configuration may change, and shows regularly that it runs. The database's time counts, as all relays have the same. */
export async function registerRelay(
  database: Database,
  configuration: () => string,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<RelayRegistry> {
  const id = crypto.randomUUID()
  // Relays that were killed have left their rows.
  await database.query(
    database.exclusive
      ? 'delete from anketa.relays'
      : "delete from anketa.relays where seen_at < now() - interval '1 day'",
  )
  const show = async (): Promise<void> => {
    await database.query(
      `insert into anketa.relays (id, version, configuration, started_at, seen_at)
       values ($1, $2, $3, now(), now()) on conflict (id) do update
       set configuration = excluded.configuration, seen_at = now()`,
      [id, version, configuration()],
    )
  }
  await show()
  const timer = database.exclusive
    ? undefined
    : clock.setInterval(() => {
        show().catch((error: unknown) =>
          log('warning', 'This relay cannot show that it runs', { fault: describeError(error) }),
        )
      }, heartbeatMs)
  return {
    id,
    get configuration() {
      return configuration()
    },
    show,
    others: () =>
      database.query<RegisteredRelay>(
        `select id, version, configuration, started_at as "startedAt", seen_at as "seenAt" from anketa.relays
         where id <> $1 and seen_at > now() - interval '${lostAfter}' order by started_at`,
        [id],
      ),
    async close() {
      if (timer !== undefined) clock.clearInterval(timer)
      await database.query('delete from anketa.relays where id = $1', [id]).catch(() => {})
    },
  }
}

/** Keys that may differ between relays of one database. */
const ownKeys: readonly string[] = ['$schema', 'port', 'host', 'log', 'publicUrl', 'trustProxy', 'database']

/** Hashes what relays of one database must have in common. Secrets count by their references only. */
export async function hashConfiguration(
  candidate: unknown,
  definitions: Readonly<Record<string, unknown>>,
): Promise<string> {
  const shared = Object.entries(Object(candidate)).filter(([key]) => !ownKeys.includes(key))
  return hashContent(JSON.stringify([Object.fromEntries(shared), definitions], sortKeys))
}

function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
