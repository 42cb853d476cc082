import type { Clock } from 'pg-boss'
import type { Database } from '../database/database.ts'
import { elapsedMs } from '../runtime/elapsed-time.ts'
import { describeError, type Log } from '../log.ts'
import { maxRetryAfterMs } from './retry-after.ts'

/** Accounts whose provider has asked for no further calls. All relays of a database know of them. */
export interface AccountPauses {
  /** Milliseconds for which the account must not be called; 0 if it may be. */
  remainingMs(account: string): number
  /** Begins a pause, or prolongs it. */
  begin(account: string, ms: number): void
  /** Ends the refreshing, and resolves when all pauses are stored. */
  close(): Promise<void>
}

/** How often the pauses that other relays have begun are read. */
const refreshIntervalMs = 2000

/** What pauses depend on. */
export interface AccountPausesDeps {
  readonly database: Database
  /** The name under which an account's pause is stored: the key itself is derived from secrets. */
  readonly names: () => ReadonlyMap<string, string>
  readonly clock: Clock
  readonly log: Log
}

/** Loads the pauses that were begun before this start, and follows those of other relays. */
export async function openAccountPauses(deps: AccountPausesDeps): Promise<AccountPauses> {
  const { database, names, clock, log } = deps
  /** By name, in elapsed time. */
  const endsByName = new Map<string, number>()
  let storing: Promise<unknown> = Promise.resolve()

  const prolong = (name: string, ms: number): void => {
    const end = elapsedMs(clock) + Math.min(ms, maxRetryAfterMs)
    endsByName.set(name, Math.max(end, endsByName.get(name) ?? 0))
  }

  async function refresh(): Promise<void> {
    const now = clock.now()
    const rows = await database.query<{ readonly account: string; readonly until: Date }>(
      'select account, until from anketa.account_pauses where until > $1',
      [new Date(now)],
    )
    for (const { account, until } of rows) prolong(account, until.getTime() - now)
  }

  await refresh()
  const timer = database.exclusive
    ? undefined
    : clock.setInterval(() => {
        // The database's own failures are logged where leads meet them.
        refresh().catch(() => {})
      }, refreshIntervalMs)

  return {
    remainingMs(account) {
      const name = names().get(account)
      const end = name === undefined ? undefined : endsByName.get(name)
      return end === undefined ? 0 : Math.max(0, end - elapsedMs(clock))
    },
    begin(account, ms) {
      const name = names().get(account)
      if (name === undefined) return
      prolong(name, ms)
      log('warning', 'A provider asks for a pause: its calls wait', {
        account: name,
        seconds: Math.ceil(ms / 1000),
      })
      const stored = database.query(
        `insert into anketa.account_pauses as stored (account, until) values ($1, $2)
         on conflict (account) do update set until = greatest(stored.until, excluded.until)
         where stored.until < excluded.until`,
        [name, new Date(clock.now() + ms)],
      )
      storing = Promise.all([
        storing,
        stored.catch((error: unknown) =>
          log('warning', 'A pause of a provider is known to this process only', {
            fault: describeError(error),
          }),
        ),
      ])
    },
    async close() {
      if (timer !== undefined) clock.clearInterval(timer)
      await storing
    },
  }
}

/** Names accounts by the first of their destinations, as `form/destination`. */
export function nameAccounts(
  forms: Iterable<
    readonly [
      form: string,
      {
        readonly destinations: readonly { readonly key: string; readonly account: { readonly key: string } }[]
      },
    ]
  >,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const all = [...forms].flatMap(([form, { destinations }]) =>
    destinations.map(({ key, account }) => [`${form}/${key}`, account.key] as const),
  )
  for (const [name, account] of all) {
    const known = names.get(account)
    if (known === undefined || name < known) names.set(account, name)
  }
  return names
}
