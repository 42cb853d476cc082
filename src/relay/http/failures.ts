import type { Context, MiddlewareHandler } from 'hono'
import { isUnstorableValue } from '../database/sql-state.ts'
import { isUuid } from '../../lead/lead-identity.ts'
import { describeError, type Log } from '../log.ts'
import { errorResponse, unstorableResponse } from './responses.ts'

/** Characters of a path in the log. Longer ones name nothing that this relay has. */
const maxLoggedPath = 200

/**
 * A request's path for the log: cut, without its query, and without the parts that may hold what a person has entered.
 * The relay's own addresses have words, names of files and ids of leads.
 */
export function loggedPath(path: string): string {
  const [plain = ''] = path.split(/[?#]/, 1)
  // The rest of the address is what opens a signed consent.
  if (/^\/+signed\//i.test(plain)) return '/signed/…'
  const parts = plain.slice(0, maxLoggedPath).split('/')
  return (
    parts.map((part) => (isLoggedPart(part) ? part : '…')).join('/') +
    (plain.length > maxLoggedPath ? '…' : '')
  )
}

/** Names of forms are the operator's. A number of six digits, or a letter of another alphabet, is no name. */
function isLoggedPart(part: string): boolean {
  return (
    isUuid(part) || /\.(?:js|css)$/.test(part) || (/^[\w.-]*$/.test(part) && !/(?:\d[._-]?){6}/.test(part))
  )
}

/** Creates the handler of errors that no route has handled. It logs each by who has to do with it. */
export function createErrorHandler(log: Log): (error: Error, context: Context) => Response {
  return (error, { req }) => {
    const facts = { method: req.method, path: loggedPath(req.path), fault: describeError(error) }
    if (isAborted(error, req.raw)) {
      log('info', 'A client closed the connection before its request had come', facts)
      return errorResponse('aborted', 'The connection was closed before the whole request had come.')
    }
    if (isUnstorableValue(error)) {
      log('warning', 'A request held a value that cannot be stored', facts)
      return unstorableResponse()
    }
    log('error', 'A request failed', facts)
    return errorResponse(
      'fault',
      'The relay failed, and nothing was stored: its log holds the error. Try again later.',
    )
  }
}

/** Codes of Node for a connection that was closed. */
const closedCodes = new Set(['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE', 'ABORT_ERR'])

/** What Node and its adapter say when a body ends before its time. */
const abortedMessages = new Set(['aborted', 'Client connection prematurely closed.'])

function isAborted(error: Error, { signal }: Request): boolean {
  if (abortedMessages.has(error.message) || error.name === 'AbortError') return true
  const code = 'code' in error ? error.code : undefined
  // A connection to the database breaks with the same codes.
  return signal.aborted && typeof code === 'string' && closedCodes.has(code)
}

/** Creates a middleware that answers 410 in place of 404 whatever is asked about an erased lead. */
export function createErasedHandler(isErased: (id: string) => Promise<boolean>): MiddlewareHandler {
  return async (context, next) => {
    const id = context.req.param('id')?.toLowerCase() ?? ''
    await next()
    // A database that does not answer leaves the answer as it is.
    if (context.res.status === 404 && isUuid(id) && (await isErased(id).catch(() => false)))
      context.res = erasedResponse()
  }
}

/** The response to whatever is asked about an erased lead. */
export function erasedResponse(): Response {
  return errorResponse(
    'erased',
    'The lead of this id has been erased, and the id is never taken again: create a new id and key for another lead.',
  )
}
