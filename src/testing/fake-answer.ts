import type { FieldIssue } from '../lead/issue.ts'

/** How a fake relay answers a lead or a code. */
export type FakeAnswer =
  | 'accepted'
  | 'duplicate'
  | 'declined'
  | 'queued'
  | 'verification'
  /** Fields have to be corrected. */
  | { readonly outcome: 'invalid'; readonly issues: readonly FakeIssue[] }
  /** A code was sent to the phone. With the issue `wrong-code`, the last code was wrong. */
  | {
      readonly outcome: 'verification'
      readonly attemptsLeft?: number
      readonly issues?: readonly FakeIssue[]
    }
  /** The relay answers that it could not store the lead. */
  | 'not-stored'
  /** The relay does not answer: `fetch` rejects. */
  | 'unreachable'

/** An issue of a field: one of the widget's codes, or the provider's own message. */
export type FakeIssue = Pick<FieldIssue, 'field' | 'code' | 'limit' | 'message'>

/** Creates the HTTP response of an answer. Throws a TypeError for `unreachable`, as `fetch` does. */
export function createFakeResponse(id: string, answer: FakeAnswer): Response {
  if (answer === 'unreachable') throw new TypeError('the fake relay does not answer')
  if (answer === 'not-stored')
    return toJsonResponse(503, {
      error: { code: 'not-stored', message: 'the fake relay could not store the lead' },
    })
  const body = typeof answer === 'string' ? { outcome: answer } : answer
  const status = body.outcome === 'invalid' ? 422 : body.outcome === 'queued' ? 202 : 200
  return toJsonResponse(status, { id, ...body })
}

/** Creates a JSON response that pages of every origin may read. */
export function toJsonResponse(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'access-control-allow-origin': '*' } })
}
