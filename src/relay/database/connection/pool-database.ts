import type { BackendProfile, Db } from 'pg-boss'
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg'
import { ConnectionLostError, type ConnectionState, isConnectionFault } from './connection-state.ts'
import type { Database, Queryable, Transaction } from '../database.ts'
import { toStorableParameters } from './storable.ts'

/** What differs between the engines that are used through one driver. */
export interface PoolDatabaseOptions {
  readonly backend: BackendProfile
  readonly exclusive: boolean
  /** Whether statements are prepared once for each connection. A transaction pooler cannot keep them. */
  readonly prepare: boolean
  /** How long a statement or a transaction, and one of the queue, may take: on a server that may become unreachable. */
  readonly timeLimitsMs?: { readonly statement: number; readonly job: number }
  /** Gets to know whether the server can be reached. */
  readonly connectionState?: ConnectionState
  /** Listens to notifications, if the engine can. */
  readonly listen?: NonNullable<Db['listen']>
  /** Called before a connection is used. */
  readonly beforeUse?: () => Promise<void>
  /** By default there is nothing to do. */
  readonly maintain?: (database: Queryable) => Promise<void>
  close(): Promise<void>
}

const noStatements: readonly string[] = []

/** Creates the database of a pool of connections. */
export function createPoolDatabase(pool: Pool, options: PoolDatabaseOptions): Database {
  const { backend, exclusive, prepare, timeLimitsMs, connectionState, listen, beforeUse, maintain, close } =
    options
  const toQuery = prepare ? createStatementNames() : (text: string, values: unknown[]) => ({ text, values })
  let sessionStatements = noStatements
  /** The statements that each connection has run. */
  const preparedWith = new WeakMap<PoolClient, readonly string[]>()
  // An idle connection that breaks is replaced. A statement that fails tells of it.
  pool.on('error', () => {})

  async function run(
    client: PoolClient,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<QueryResult<never>> {
    // Without values a text may consist of several statements, which only the simple protocol accepts.
    return values.length === 0
      ? client.query(text)
      : client.query(toQuery(text, toStorableParameters(text, values)))
  }

  /** When each connection was made, and when the last one was lost. Those that are older are not trusted. */
  const madeAt = new WeakMap<PoolClient, number>()
  let lostAt = 0
  pool.on('connect', (client) => {
    madeAt.set(client, performance.now())
    // For the moments in which neither the pool nor a statement listens: an error would end the process.
    client.on('error', () => {})
  })

  async function acquire(): Promise<PoolClient> {
    for (;;) {
      const client = await pool.connect()
      if ((madeAt.get(client) ?? 0) >= lostAt) return client
      client.release(true)
    }
  }

  async function runSessionStatements(client: PoolClient): Promise<void> {
    if ((preparedWith.get(client) ?? noStatements) === sessionStatements) return
    for (const statement of sessionStatements) await client.query(statement)
    preparedWith.set(client, sessionStatements)
  }

  /** Runs `work` on one connection. A connection that broke, or that takes longer than the limit, is not used again. */
  async function withClient<Result>(
    work: (client: PoolClient) => Promise<Result>,
    limitMs: number | undefined,
  ): Promise<Result> {
    const begunAt = performance.now()
    const client = await acquire().catch((error: unknown) => {
      throw toLostConnection(error, begunAt)
    })
    let broken: unknown
    let released = false
    const release = (): void => {
      if (released) return
      released = true
      client.off('error', onError)
      client.release(broken !== undefined)
    }
    const onError = (error: Error): void => {
      broken ??= error
    }
    client.on('error', onError)
    let timer: NodeJS.Timeout | false =
      limitMs !== undefined &&
      setTimeout(() => {
        // An answer may have come while the event loop stood still: it gets its turn first.
        timer = setTimeout(() => {
          broken = new ConnectionLostError(`No answer within ${limitMs} ms`)
          // Fails the statement that is running.
          release()
        }, 100)
      }, limitMs)
    try {
      await runSessionStatements(client)
      await beforeUse?.()
      const result = await work(client)
      connectionState?.succeeded()
      return result
    } catch (error) {
      if (broken === undefined && isConnectionFault(error)) broken = error
      // Several statements in one text may have left a transaction open.
      if (broken === undefined) await client.query('rollback').catch(onError)
      if (broken === undefined) connectionState?.succeeded()
      throw broken === undefined ? error : toLostConnection(broken, begunAt)
    } finally {
      if (timer !== false) clearTimeout(timer)
      release()
    }
  }

  /** The error to throw instead of a driver's, if the connection is the reason. The other connections are then suspect. */
  function toLostConnection(error: unknown, begunAt: number): unknown {
    if (!connectionState || !isConnectionFault(error)) return error
    lostAt = performance.now()
    connectionState.failed(error, begunAt)
    return error instanceof ConnectionLostError
      ? error
      : new ConnectionLostError('The database cannot be reached', { cause: error })
  }

  const queryWithin =
    (limitMs: number | undefined) =>
    <Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]> =>
      withClient(async (client) => rowsOf<Row>(await run(client, sql, parameters)), limitMs)

  const jobs: Db = {
    ...(listen === undefined ? {} : { listen }),
    executeSql: (text, values) => withClient((client) => run(client, text, values), timeLimitsMs?.job),
    async setSessionStatements(statements) {
      sessionStatements = statements
    },
  }

  const database: Database = {
    backend,
    exclusive,
    jobs,
    ...(listen === undefined ? {} : { listen }),
    query: queryWithin(timeLimitsMs?.statement),
    maintenance: { query: queryWithin(undefined) },
    transaction: (work, { isMaintenance = false, synced = true } = {}) =>
      withClient(
        async (client) => {
          await client.query(synced ? 'begin' : 'begin; set local synchronous_commit = off')
          const transaction: Transaction = {
            jobs: { executeSql: (text, values) => run(client, text, values) },
            query: async <Row>(sql: string, parameters?: readonly unknown[]) =>
              rowsOf<Row>(await run(client, sql, parameters)),
          }
          const result = await work(transaction)
          await client.query('commit')
          return result
        },
        isMaintenance ? undefined : timeLimitsMs?.statement,
      ),
    maintain: async () => maintain?.(database),
    close,
  }
  return database
}

/** The rows have the type that the statement selects: the driver knows no types. */
function rowsOf<Row>({ rows }: QueryResult<never>): readonly Row[] {
  return rows
}

/** Statements that a connection keeps prepared. Statements on the tables of a list of places change with the list. */
const maxPreparedStatements = 250

/** Searches for streets and houses have hundreds of texts, by the words that are looked for, and would use up the names. */
const namelessStatements = /\banketa\.(?:streets|house_rows)_\d/

/** Names each text of a statement, so that a connection parses it once. */
function createStatementNames(): (text: string, values: unknown[]) => QueryConfig {
  const names = new Map<string, string>()
  return (text, values) => {
    let name = names.get(text)
    if (name === undefined && !namelessStatements.test(text) && names.size < maxPreparedStatements) {
      name = `anketa_${names.size + 1}`
      names.set(text, name)
    }
    return name === undefined ? { text, values } : { name, text, values }
  }
}
