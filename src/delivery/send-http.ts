import type { HttpRequest, HttpResult } from '../providers/core/context.ts'
import { timeoutSignal } from './timeout-signal.ts'

/** The part of `fetch` that a call needs. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Codes of failures that happen before a request leaves: the name is unknown or nobody listens. */
const notSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
])

/** More characters than any documented answer to a lead has; the rest of a longer body is not read. */
const defaultMaxBodyLength = 256 * 1024

/** What a call takes from outside. */
export interface SendHttpOptions {
  readonly fetch: Fetch
  readonly timeoutMs: number
  /** How many characters of the answer are read; enough for every answer to a lead unless given. */
  readonly maxBodyLength?: number
}

/** Performs a call. Never throws: whatever goes wrong is part of the result. */
export async function sendHttp(
  request: HttpRequest,
  { fetch, timeoutMs, maxBodyLength = defaultMaxBodyLength }: SendHttpOptions,
): Promise<HttpResult> {
  const { signal, stop } = timeoutSignal(timeoutMs)
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      // A redirected POST turns into a GET and loses the lead without a sign.
      redirect: 'manual',
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    })
    return { status: response.status, body: await readBody(response, maxBodyLength) }
  } catch (error) {
    if (signal.aborted) return { failure: 'timeout', sent: true }
    return { failure: 'network', sent: !notSentCodes.has(causeCode(error)) }
  } finally {
    stop()
  }
}

async function readBody(response: Response, longestBody: number): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let body = ''
  while (body.length < longestBody) {
    const { done, value } = await reader.read()
    if (done) return body + decoder.decode()
    body += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
  return body.slice(0, longestBody)
}

function causeCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (typeof cause !== 'object' || cause === null) return ''
  if ('errors' in cause && Array.isArray(cause.errors))
    return causeCode(new Error('', { cause: cause.errors[0] }))
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
}
