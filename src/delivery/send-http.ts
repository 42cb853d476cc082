import type { HttpRequest, HttpResult } from '../providers/core/context.ts'
import { readBody } from './read-body.ts'
import { timeoutSignal } from './timeout-signal.ts'

/** The part of `fetch` that requests need. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** The code of any failure before a request was written, which the relay's own `fetch` gives. */
export const notWrittenCode = 'ERR_NOT_WRITTEN'

/** Error codes of Node for failures before a request is sent, such as an unknown host or a refused connection. */
const notSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  notWrittenCode,
])

/** More characters than any documented answer to a lead has. The rest of a longer body is not read. */
const defaultMaxBodyLength = 256 * 1024

/** What sending a request needs from outside. */
export interface SendHttpOptions {
  readonly fetch: Fetch
  readonly timeoutMs: number
  /** How many characters of the answer are read. Default: 256 Ki, enough for every answer to a lead. */
  readonly maxBodyLength?: number
}

/**
 * Sends a request. Never throws: every failure is part of the result. It settles when the time is over, whatever `fetch`
 * and the answer's body do.
 */
export async function sendHttp(request: HttpRequest, options: SendHttpOptions): Promise<HttpResult> {
  const { signal, stop } = timeoutSignal(options.timeoutMs)
  try {
    return await Promise.race([exchange(request, options, signal), rejectAfter(signal)])
  } catch (error) {
    const { refusal } = toCause(error)
    if (refusal !== undefined) return { failure: 'network', sent: false, refusal }
    const failure = signal.aborted ? 'timeout' : 'network'
    return { failure, sent: !notSentCodes.has(causeCode(error)) }
  } finally {
    stop()
  }
}

async function exchange(
  request: HttpRequest,
  { fetch, maxBodyLength = defaultMaxBodyLength }: SendHttpOptions,
  signal: AbortSignal,
): Promise<HttpResult> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    // A redirected POST becomes a GET, which silently loses the lead.
    redirect: 'manual',
    signal,
    ...(request.body === undefined ? {} : { body: request.body }),
  })
  const retryAfter = response.headers.get('retry-after') ?? undefined
  return { status: response.status, body: await readBody(response, maxBodyLength, signal), retryAfter }
}

/** Rejects after an abort, once `fetch` could reject by itself, whose error says whether the request was written. */
function rejectAfter(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => setTimeout(() => reject(new Error('no answer')), 0))
  })
}

/** The cause of a rejected `fetch`; the relay's own says there why it refuses a call. */
function toCause(error: unknown): { readonly refusal?: string } {
  return Object(error instanceof Error ? error.cause : undefined)
}

function causeCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (typeof cause !== 'object' || cause === null) return ''
  if ('errors' in cause && Array.isArray(cause.errors))
    return causeCode(new Error('', { cause: cause.errors[0] }))
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
}
