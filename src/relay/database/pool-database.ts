import type { BackendProfile, Db } from 'pg-boss'
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg'
import type { Database, Queryable, Transaction } from './database.ts'

/** What differs between the engines that are used through one driver. */
export interface PoolDatabaseOptions {
  readonly backend: BackendProfile
  readonly exclusive: boolean
  /** Whether statements are prepared once for each connection. A transaction pooler cannot keep them. */
  readonly prepare: boolean
  /** Listens to notifications in this process, if the engine can. */
  readonly listen?: NonNullable<Db['listen']>
  /** Called before a connection is used. */
  readonly beforeUse?: () => Promise<void>
  /** By default there is nothing to do. */
  readonly maintain?: (database: Queryable) => Promise<void>
  close(): Promise<void>
}

/** Creates the database of a pool of connections. */
export function createPoolDatabase(pool: Pool, options: PoolDatabaseOptions): Database {
  const { backend, exclusive, prepare, listen, beforeUse, maintain, close } = options
  const toQuery = prepare ? createStatementNames() : (text: string, values: unknown[]) => ({ text, values })
  let sessionStatements: readonly string[] = []
  pool.on('connect', (client) => {
    // The client runs these before the statement for which it was opened. A failure fails that statement, too.
    for (const statement of sessionStatements) client.query(statement).catch(() => {})
  })
  // An idle connection that breaks is replaced; the next statement that fails tells of it.
  pool.on('error', () => {})

  async function run(
    client: PoolClient,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<QueryResult<never>> {
    // Without values a text may consist of several statements, which only the simple protocol accepts.
    return values.length === 0 ? client.query(text) : client.query(toQuery(text, [...values]))
  }

  /** Runs `work` on one connection. A connection that broke is not used again. */
  async function withClient<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    await beforeUse?.()
    const client = await pool.connect()
    let broken: Error | undefined
    const onError = (error: Error): void => {
      broken = error
    }
    client.on('error', onError)
    try {
      return await work(client)
    } catch (error) {
      // Several statements in one text may have left a transaction open.
      await client.query('rollback').catch(onError)
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  const jobs: Db = {
    ...(listen === undefined ? {} : { listen }),
    executeSql: (text, values) => withClient((client) => run(client, text, values)),
    async setSessionStatements(statements) {
      sessionStatements = statements
      // The pool is idle at the start, which is when pg-boss calls this.
      const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()))
      for (const client of clients) {
        for (const statement of statements) await client.query(statement)
        client.release()
      }
    },
  }

  const database: Database = {
    backend,
    exclusive,
    jobs,
    query: <Row>(sql: string, parameters?: readonly unknown[]) =>
      withClient(async (client) => rowsOf<Row>(await run(client, sql, parameters))),
    transaction: (work) =>
      withClient(async (client) => {
        await client.query('begin')
        const transaction: Transaction = {
          jobs: { executeSql: (text, values) => run(client, text, values) },
          query: async <Row>(sql: string, parameters?: readonly unknown[]) =>
            rowsOf<Row>(await run(client, sql, parameters)),
        }
        const result = await work(transaction)
        await client.query('commit')
        return result
      }),
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

/** Names each text of a statement, so that a connection parses it once. */
function createStatementNames(): (text: string, values: unknown[]) => QueryConfig {
  const names = new Map<string, string>()
  return (text, values) => {
    let name = names.get(text)
    if (name === undefined && names.size < maxPreparedStatements) {
      name = `anketa_${names.size + 1}`
      names.set(text, name)
    }
    return name === undefined ? { text, values } : { name, text, values }
  }
}
