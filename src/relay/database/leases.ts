import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database, Queryable } from './database.ts'

/**
 * Leases of a database that several relays share: what one relay at a time may do. A lease ends with its time, so that the
 * work of a process that was killed goes to another one. All times are the database's.
 */
export interface Leases {
  /**
   * Does `work` while this process holds the lease `name`, which is renewed meanwhile. Returns `undefined` if another
   * process holds it, and has not given it back within `waitMs` (0 by default).
   */
  run<Result>(
    name: string,
    work: (lease: Lease) => Promise<Result>,
    options?: { readonly waitMs?: number },
  ): Promise<{ readonly result: Result } | undefined>
  /**
   * Gives back what this process still holds, so that the next one need not wait until it runs out. For a process that
   * ends: work that is not done yet finds its lease lost.
   */
  giveBack(): Promise<void>
}

/** A lease that this process holds. */
export interface Lease {
  /**
   * Throws {@link LeaseLostError} if the lease has gone to another process. As part of a transaction, it keeps the lease
   * from changing hands until the transaction ends.
   */
  confirm(transaction: Queryable): Promise<void>
}

/** The lease ran out before it was renewed, as when a process was stopped for a while, and another process has it now. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/** Options of {@link createLeases}. */
export interface LeaseOptions {
  /** How long the work of a killed process is left alone. */
  readonly leaseSeconds?: number
  /** Names this process in the table. */
  readonly holder?: string
}

/** How often a process that waits for a lease looks for it. */
const waitIntervalMs = 250

/** Creates the leases of a database, and their table if it is missing. A database of one process has no need of them. */
export async function createLeases(
  database: Database,
  { leaseSeconds = 20, holder = randomUUID() }: LeaseOptions = {},
): Promise<Leases> {
  if (database.exclusive) return exclusiveLeases
  await createTable(database)
  const held = new Set<string>()
  let ending = false

  /** Takes a lease that is free or has run out, or renews it. */
  async function acquire(name: string, token: string): Promise<boolean> {
    const rows = await database.query(
      `insert into anketa.leases as held (name, holder, until)
       values ($1, $2, clock_timestamp() + make_interval(secs => $3))
       on conflict (name) do update set holder = excluded.holder, until = excluded.until
       where held.holder = excluded.holder or held.until < clock_timestamp()
         -- The database's clock was ahead.
         or held.until > clock_timestamp() + make_interval(secs => 2 * $3)
       returning name`,
      [name, token, leaseSeconds],
    )
    return rows.length > 0
  }

  return {
    async run(name, work, { waitMs = 0 } = {}) {
      // Each run has a token of its own, so that two runs in one process wait for each other, too.
      const token = `${holder} ${randomUUID()}`
      const deadline = performance.now() + waitMs
      if (ending) return undefined
      while (!(await acquire(name, token))) {
        const left = deadline - performance.now()
        if (left <= 0) return undefined
        await pause(Math.min(waitIntervalMs, left))
      }
      held.add(token)
      const renewal = setInterval(
        () => {
          if (ending) return
          // The work finds out by `confirm` what became of the lease.
          acquire(name, token).catch(() => {})
        },
        (leaseSeconds * 1000) / 4,
      )
      renewal.unref()
      try {
        return { result: await work({ confirm: (transaction) => confirm(transaction, name, token) }) }
      } finally {
        clearInterval(renewal)
        held.delete(token)
        // A lease that cannot be given back runs out.
        await database
          .query('delete from anketa.leases where name = $1 and holder = $2', [name, token])
          .catch(() => {})
      }
    },
    async giveBack() {
      ending = true
      await database.query('delete from anketa.leases where holder = any($1)', [[...held]]).catch(() => {})
    },
  }
}

/** No other process uses the database: there is nothing to agree on. */
const exclusiveLeases: Leases = {
  run: async (_, work) => ({ result: await work({ confirm: async () => {} }) }),
  giveBack: async () => {},
}

async function confirm(transaction: Queryable, name: string, token: string): Promise<void> {
  const rows = await transaction.query(
    'select from anketa.leases where name = $1 and holder = $2 for update',
    [name, token],
  )
  if (rows.length === 0)
    throw new LeaseLostError(
      `Another relay has taken over "${name}", because this one was silent for too long`,
    )
}

/** Faults of two relays that create the same thing at the same time. */
const raceStates: readonly string[] = ['23505', '40001', '42P06', '42P07', '42710', 'XX000']

/** Creates the table. Nothing guards this, so that a statement which meets that of another relay is repeated. */
async function createTable(database: Database): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const [found] = await database.query<{ exists: boolean }>(
        `select to_regclass('anketa.leases') is not null as exists`,
      )
      if (found?.exists) return
      await database.query('create schema if not exists anketa')
      await database.query(
        'create table if not exists anketa.leases (name text primary key, holder text not null, until timestamptz not null)',
      )
    } catch (error) {
      const { code }: { readonly code?: unknown } = Object(error)
      if (attempt === 50 || !raceStates.some((state) => state === code)) throw error
      await pause(50 + Math.random() * 100)
    }
  }
}

/** How long a relay waits for another one that creates or changes the schema. */
const schemaWaitMs = 10 * 60_000

/** Does `work` on the schema while no other relay does, as when several start at the same time. */
export async function withSchemaLock<Result>(leases: Leases, work: () => Promise<Result>): Promise<Result> {
  const done = await leases.run('schema', work, { waitMs: schemaWaitMs })
  if (!done)
    throw new Error(
      'Another relay has been changing the schema of the database for ten minutes: look at its log.',
    )
  return done.result
}
