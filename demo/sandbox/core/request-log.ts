import type { SandboxResponse } from './response.ts'
import { type ApiRequest, isFormType } from './request.ts'
import { parseJson } from './json.ts'

/**
 * A received request, with credentials redacted, and its response. Times are ISO 8601; `answeredAt` is null until the
 * response is sent.
 */
export type ReceivedRequest = {
  /** Counts from 1 and is never reused by the same sandbox. */
  readonly number: number
  readonly at: string
  readonly method: string
  readonly path: string
  /** Without the question mark; empty if there is no query. */
  readonly query: string
  readonly contentType: string | null
  /** The scheme only, such as `Bearer`: the rest is a credential. */
  readonly authorization: string | null
  readonly rawBody: string
  /** The JSON of the body, or the fields of a form by name; null if it is neither. */
  readonly body: unknown
  /** Null if the connection is dropped instead. */
  readonly status: number | null
  readonly rawAnswer: string | null
  /** The JSON of the response; null if it is not JSON. */
  readonly answer: unknown
  readonly answeredAt: string | null
}

/** The requests that a sandbox has received. */
export type RequestLog = {
  /** Adds a request before its response is sent and returns its number. A null response means a dropped connection. */
  add(request: ApiRequest, response: SandboxResponse | null): number
  markAnswered(number: number): void
  /** In the order of arrival. */
  list(): readonly ReceivedRequest[]
  clear(): void
}

const maxRequests = 200

/** Replaces credentials in the request log. */
export const redactedText = '••••••'

/** Creates a request log in memory with the newest 200 requests. `secrets` returns the current credentials. */
export function createRequestLog(now: () => Date, secrets: () => readonly string[]): RequestLog {
  let requests: ReceivedRequest[] = []
  let count = 0

  function redact(text: string): string {
    return secrets()
      .filter((secret) => secret !== '')
      .flatMap((secret) => [secret, encodeURIComponent(secret)])
      .reduce((redacted, secret) => redacted.replaceAll(secret, redactedText), text)
  }

  return {
    add({ method, path, query, contentType, authorization, rawBody }, response) {
      const redactedBody = redact(rawBody)
      const rawAnswer = response ? redact(response.text) : null
      const entry: ReceivedRequest = {
        number: (count += 1),
        at: now().toISOString(),
        method,
        path,
        query: redact(query.toString()),
        contentType,
        authorization: authorization === null ? null : (authorization.split(' ')[0] ?? ''),
        rawBody: redactedBody,
        body: isFormType(contentType)
          ? Object.fromEntries(new URLSearchParams(redactedBody))
          : (parseJson(redactedBody) ?? null),
        status: response?.status ?? null,
        rawAnswer,
        answer: rawAnswer === null ? null : (parseJson(rawAnswer) ?? null),
        answeredAt: null,
      }
      requests = [...requests, entry].slice(-maxRequests)
      return entry.number
    },
    markAnswered(number) {
      const answeredAt = now().toISOString()
      requests = requests.map((entry) => (entry.number === number ? { ...entry, answeredAt } : entry))
    },
    list: () => requests,
    clear() {
      requests = []
    },
  }
}
