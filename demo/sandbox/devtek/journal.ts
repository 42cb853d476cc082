import type { Answer } from './answers.ts'
import { parseJson } from './json-record.ts'

/** A request as it came, and what was or will be answered; times are ISO, `answeredAt` is null while the answer is held back. */
export type ReceivedRequest = {
  /** Counts from 1 and is never used twice while the sandbox lives. */
  readonly number: number
  readonly at: string
  readonly path: string
  readonly contentType: string | null
  readonly rawBody: string
  /** The body's JSON, or null when it is not JSON. */
  readonly body: unknown
  /** Null when the connection was or will be dropped instead. */
  readonly status: number | null
  readonly rawAnswer: string | null
  /** The answer's JSON, or null when it is not JSON. */
  readonly answer: unknown
  readonly answeredAt: string | null
}

/** The requests that a sandbox has received. */
export type Journal = {
  /** Writes a request down before it is answered (an answer of null: the connection is dropped); returns its number. */
  record(request: Pick<ReceivedRequest, 'path' | 'contentType' | 'rawBody'>, answer: Answer | null): number
  markAnswered(number: number): void
  /** In the order of arrival. */
  list(): readonly ReceivedRequest[]
  clear(): void
}

const kept = 200

/** Creates a journal in memory; it keeps the newest 200 requests. */
export function createJournal(now: () => Date): Journal {
  let requests: ReceivedRequest[] = []
  let count = 0
  return {
    record(request, answer) {
      const entry: ReceivedRequest = {
        number: (count += 1),
        at: now().toISOString(),
        ...request,
        body: parseJson(request.rawBody) ?? null,
        status: answer?.status ?? null,
        rawAnswer: answer?.text ?? null,
        answer: answer ? (parseJson(answer.text) ?? null) : null,
        answeredAt: null,
      }
      requests = [...requests, entry].slice(-kept)
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
