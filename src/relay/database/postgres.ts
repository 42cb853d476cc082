import { Pool } from 'pg'
import type { BackendProfile } from 'pg-boss'
import type { Database } from './database.ts'
import { createPoolDatabase } from './pool-database.ts'

/** A PostgreSQL server, which several relays may share. */
export interface PostgresConfig {
  readonly engine: 'postgres'
  /** `postgres://user:password@host:port/database`. It may hold a password, so it appears in no message. */
  readonly url: string
  readonly backend: Extract<BackendProfile, 'postgres' | 'yugabytedb' | 'citus'>
  /** Whether statements are prepared; not behind a transaction pooler. */
  readonly prepare: boolean
}

/** Connections of one relay. */
const maxConnections = 10

/** Opens a database on a PostgreSQL server. Throws if it cannot be reached. */
export async function openPostgres({ url, backend, prepare }: PostgresConfig): Promise<Database> {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    application_name: 'anketa-relay',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  })
  try {
    await pool.query('select 1')
  } catch (cause) {
    await pool.end()
    throw new Error(`The database at ${describeHost(url)} cannot be used: ${describeCause(cause)}`, { cause })
  }
  return createPoolDatabase(pool, {
    backend,
    exclusive: false,
    prepare,
    close: () => pool.end(),
  })
}

/** The server without user and password. */
function describeHost(url: string): string {
  if (!URL.canParse(url)) return 'the configured address'
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

function describeCause(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(describeCause).join(', ')
  return cause instanceof Error ? cause.message : String(cause)
}
