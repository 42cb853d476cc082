import type { SandboxResponse } from './response.ts'
import { type ApiRequest, isFormType } from './request.ts'
import { parseJson } from './json.ts'

/**
 * A request as it came, credentials masked, and what was or will be answered; times are ISO, `answeredAt` is null while
 * the answer is held back.
 */
export type ReceivedRequest = {
  /** Counts from 1 and is never used twice while the sandbox lives. */
  readonly number: number
  readonly at: string
  readonly method: string
  readonly path: string
  /** Without the question mark; empty when there is none. */
  readonly query: string
  readonly contentType: string | null
  /** The scheme alone, `Bearer`: what follows it is a credential. */
  readonly authorization: string | null
  readonly rawBody: string
  /** The body's JSON, or a form's fields by name; null when it is neither. */
  readonly body: unknown
  /** Null when the connection was or will be dropped instead. */
  readonly status: number | null
  readonly rawAnswer: string | null
  /** The answer's JSON, or null when it is not JSON. */
  readonly answer: unknown
  readonly answeredAt: string | null
}

/** The requests that a sandbox has received. */
export type RequestLog = {
  /** Writes a request down before it is answered (an answer of null: the connection is dropped); returns its number. */
  add(request: ApiRequest, answer: SandboxResponse | null): number
  markAnswered(number: number): void
  /** In the order of arrival. */
  list(): readonly ReceivedRequest[]
  clear(): void
}

const maxRequests = 200

/** What stands for a credential wherever a request is shown. */
export const redactedText = '••••••'

/** Creates a journal in memory; it keeps the newest 200 requests. `secrets` tells the credentials known at the time. */
export function createRequestLog(now: () => Date, secrets: () => readonly string[]): RequestLog {
  let requests: ReceivedRequest[] = []
  let count = 0

  function masked(text: string): string {
    return secrets()
      .filter((secret) => secret !== '')
      .flatMap((secret) => [secret, encodeURIComponent(secret)])
      .reduce((shown, secret) => shown.replaceAll(secret, redactedText), text)
  }

  return {
    add({ method, path, query, contentType, authorization, rawBody }, answer) {
      const shown = masked(rawBody)
      const rawAnswer = answer ? masked(answer.text) : null
      const entry: ReceivedRequest = {
        number: (count += 1),
        at: now().toISOString(),
        method,
        path,
        query: masked(query.toString()),
        contentType,
        authorization: authorization === null ? null : (authorization.split(' ')[0] ?? ''),
        rawBody: shown,
        body: isFormType(contentType)
          ? Object.fromEntries(new URLSearchParams(shown))
          : (parseJson(shown) ?? null),
        status: answer?.status ?? null,
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
