import { Socket } from 'node:net'
import { Client, type ClientConfig, Pool } from 'pg'
import type { BackendProfile } from 'pg-boss'
import type { Log } from '../../log.ts'
import { createConnectionState } from './connection-state.ts'
import type { Database } from '../database.ts'
import { createPoolDatabase } from './pool-database.ts'
import { createPostgresListener } from './postgres-listener.ts'

/** A PostgreSQL server, which several relays may share. */
export interface PostgresConfig {
  readonly engine: 'postgres'
  /** `postgres://user:password@host:port/database`. It may hold a password, so it appears in no message. */
  readonly url: string
  readonly backend: Extract<BackendProfile, 'postgres' | 'yugabytedb' | 'citus'>
  /** Whether statements are prepared; not behind a transaction pooler. */
  readonly prepare: boolean
}

/** Connections of one relay, without the one for notifications. */
const maxConnections = 10

/** How long a connection may take, or a wait for one that is free. */
const connectionTimeoutMs = 4000

/** A lead's transaction takes some milliseconds; the queue also has statements that move many rows. */
const timeLimitsMs = { statement: 5000, job: 20_000 }

/** How long connections may take to end in order. */
const farewellMs = 2000

/** A transaction whose relay has gone without a sign is ended by the server after this time. */
const idleTransactionMs = 60_000

/** Opens a database on a PostgreSQL server. Throws if it cannot be reached. */
export async function openPostgres(
  { url, backend, prepare }: PostgresConfig,
  log: Log = () => {},
): Promise<Database> {
  const sockets = new Set<Socket>()
  const settings: ClientConfig = {
    connectionString: url,
    stream() {
      const socket = new Socket()
      sockets.add(socket)
      return socket.once('close', () => sockets.delete(socket))
    },
    application_name: 'anketa-relay',
    connectionTimeoutMillis: connectionTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A transaction pooler takes no settings of a session.
    ...(prepare ? { idle_in_transaction_session_timeout: idleTransactionMs } : {}),
  }
  const pool = new Pool({ ...settings, max: maxConnections })
  try {
    await pool.query('select 1')
  } catch (cause) {
    await pool.end()
    throw new Error(`The database at ${describeHost(url)} cannot be used: ${describeCause(cause)}`, { cause })
  }
  const listener = createPostgresListener({
    createClient: () => new Client({ ...settings, query_timeout: timeLimitsMs.job }),
    notify: (channel, payload) => pool.query('select pg_notify($1, $2)', [channel, payload]),
    log,
  })
  return createPoolDatabase(pool, {
    backend,
    exclusive: false,
    prepare,
    timeLimitsMs,
    connectionState: createConnectionState(log),
    listen: listener.listen,
    async close() {
      // A server that is cut off answers no farewell.
      const timeout = setTimeout(() => {
        for (const socket of sockets) socket.destroy()
      }, farewellMs)
      await Promise.all([listener.close(), pool.end()])
      clearTimeout(timeout)
    },
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
