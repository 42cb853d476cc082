import type { Log } from '../../log.ts'

/** The server of the database could not be reached, or did not answer in time. What the statement did is not known. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'
  /** Also told by copies of the error that have lost its class. */
  readonly code = 'connection-lost'
}

/** Whether an error, or a copy of one, tells that the server could not be reached. */
export function isConnectionLost(error: unknown): boolean {
  return Object(error).code === 'connection-lost'
}

/** Codes of PostgreSQL for a connection that is gone, or that it does not take at this time. */
const sqlStates = /^(08\w{3}|57P0[1-5]|53300)$/

/** Codes of Node for a connection that is gone or cannot be made. */
const networkCodes = /^(E(CONN\w+|TIMEDOUT|PIPE|HOST\w+|NET\w+|AI_AGAIN|NOTFOUND))$/

/** What the driver says without a code. */
const driverMessages = /^(Connection terminated|timeout exceeded|timeout expired|Client (has|was)|Query read)/

/** Whether the connection is the reason of a driver's error, so that the same statement may succeed on another one. */
export function isConnectionFault(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isConnectionFault)
  if (!(error instanceof Error)) return false
  if (error instanceof ConnectionLostError || driverMessages.test(error.message)) return true
  const code = 'code' in error ? String(error.code) : ''
  return sqlStates.test(code) || networkCodes.test(code)
}

/** Knows whether the server can be reached, and tells of each change once. */
export interface ConnectionState {
  succeeded(): void
  /** `begunAt` is when the statement began, by `performance.now()`. */
  failed(error: unknown, begunAt: number): void
}

/** Creates a state whose changes go to the log. */
export function createConnectionState(log: Log, now: () => number = Date.now): ConnectionState {
  let lostAt: number | undefined
  let succeededAt = 0
  return {
    succeeded() {
      succeededAt = performance.now()
      if (lostAt === undefined) return
      const seconds = Math.round((now() - lostAt) / 1000)
      lostAt = undefined
      log('info', 'The database answers again', { seconds })
    },
    failed(error, begunAt) {
      // A statement that began before the last success tells of an earlier loss.
      if (lostAt !== undefined || begunAt < succeededAt) return
      lostAt = now()
      const { code }: { readonly code?: unknown } = Object(error)
      const facts = typeof code === 'string' ? { code } : {}
      log('error', 'The database cannot be reached: leads are refused with 503 until it answers again', facts)
    },
  }
}
