import type { Database } from '../../database/database.ts'
import type { Lease, Leases } from '../../database/leases.ts'
import { splitIntoBatches } from '../generations/load-generation.ts'
import type { StoreListResult } from '../place-store.ts'
import type { NewDepartmentList } from './department-list.ts'

/** Stores the directory of departments that issue passports. All relays of a database use the same one. */
export interface DepartmentStore {
  /** How many codes the directory has, as this process knows it; 0 without one. */
  count(): number
  /** The names of a code in the directory in use; `undefined` if none is imported. */
  find(code: string): Promise<readonly string[] | undefined>
  /** Replaces the directory in one step, for all relays. */
  import(list: NewDepartmentList, now: Date): Promise<StoreListResult>
  /** Ends the look for what other relays import. */
  close(): Promise<void>
}

/** Dependencies of {@link openDepartmentStore}. */
export interface DepartmentStoreDeps {
  readonly database: Database
  readonly leases: Leases
  /** Yields to the event loop. */
  readonly pause: () => Promise<void>
}

/** The latest list that is complete is the one in use. */
const inUseSql = 'select max(generation) from anketa.department_lists where switched_at is not null'

const channel = 'anketa_departments'

/** How often a relay looks for what another one has imported, however many notifications arrive. */
const pollIntervalMs = 5000

/** How long a process waits for another one that imports. */
const maxWaitMs = 60_000

/** Opens the directory. On a shared database it follows what other processes import. */
export async function openDepartmentStore({
  database,
  leases,
  pause,
}: DepartmentStoreDeps): Promise<DepartmentStore> {
  let count = 0
  let closed = false
  let looking: Promise<void> = Promise.resolve()
  let lastChange: Promise<unknown> = Promise.resolve()

  async function look(): Promise<void> {
    const [row] = await database.query<{ departments: number }>(
      `select departments from anketa.department_lists where generation = (${inUseSql})`,
    )
    count = row?.departments ?? 0
  }

  /** The next look finds what a failed one has missed. */
  const lookLater = (): void => {
    looking = looking.then(() => (closed ? undefined : look())).catch(() => {})
  }

  /** Loads a list beside the one in use, which is asked meanwhile, and then puts it into use. */
  async function replace(
    lease: Lease,
    { fingerprint, departments }: NewDepartmentList,
    now: Date,
  ): Promise<StoreListResult> {
    const [current] = await database.query<{ fingerprint: string }>(
      `select fingerprint from anketa.department_lists where generation = (${inUseSql})`,
    )
    if (current?.fingerprint === fingerprint) return 'unchanged'
    // Leftovers of an interrupted import, and the lists before the one in use.
    await database.query(
      `delete from anketa.department_lists where generation is distinct from (${inUseSql})`,
    )
    const [row] = await database.query<{ generation: number }>(
      `insert into anketa.department_lists (fingerprint, departments, imported_at) values ($1, $2, $3)
       returning generation`,
      [fingerprint, departments.size, now],
    )
    if (!row) throw new Error('The insert returned no generation')
    for (const batch of splitIntoBatches([...departments])) {
      await database.query(
        `insert into anketa.departments (generation, code, names)
         select $1, code, names from unnest($2::text[], $3::jsonb[]) as new (code, names)`,
        [row.generation, batch.map(([code]) => code), batch.map(([, names]) => JSON.stringify(names))],
      )
      await pause()
      if (closed) throw new Error('The relay was stopped during the import')
    }
    await database.transaction(async (transaction) => {
      await lease.confirm(transaction)
      await transaction.query(
        'update anketa.department_lists set switched_at = clock_timestamp() where generation = $1',
        [row.generation],
      )
    })
    return 'stored'
  }

  /** One import at a time, over all processes. */
  function runExclusively(work: (lease: Lease) => Promise<StoreListResult>): Promise<StoreListResult> {
    const run = async (): Promise<StoreListResult> => {
      const done = await leases.run('departments', work, { waitMs: maxWaitMs })
      if (!done) throw new Error('Another process has been importing departments for a minute')
      return done.result
    }
    const change = lastChange.then(run, run)
    lastChange = change.catch(() => {})
    return change
  }

  await look()
  const listener = database.exclusive ? undefined : await database.listen?.(channel, lookLater, lookLater)
  const poll = database.exclusive ? undefined : setInterval(lookLater, pollIntervalMs)
  poll?.unref()

  return {
    count: () => count,

    async find(code) {
      const [row] = await database.query<{ names: unknown }>(
        `select d.names from anketa.department_lists l
           left join anketa.departments d on d.generation = l.generation and d.code = $1
         where l.generation = (${inUseSql})`,
        [code],
      )
      if (!row) return undefined
      const names: readonly unknown[] = Array.isArray(row.names) ? row.names : []
      return names.filter((one) => typeof one === 'string')
    },

    async import(list, now) {
      const result = await runExclusively((lease) => replace(lease, list, now))
      await look()
      // Polling finds what a lost notification would have told.
      if (!database.exclusive) await database.query('select pg_notify($1, $2)', [channel, '']).catch(() => {})
      return result
    },

    async close() {
      closed = true
      clearInterval(poll)
      await listener?.close()
      await lastChange
      await looking
    },
  }
}
