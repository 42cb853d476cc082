import type { FieldIssue } from '../lead/issue.ts'

/** How a fake relay answers a lead, or a code. */
export type FakeAnswer =
  | 'accepted'
  | 'duplicate'
  | 'declined'
  | 'queued'
  | 'verification'
  /** Fields to be corrected. */
  | { readonly outcome: 'invalid'; readonly issues: readonly FakeIssue[] }
  /** A code was sent to the phone; with `wrong-code` as the issue, the last one was not it. */
  | {
      readonly outcome: 'verification'
      readonly attemptsLeft?: number
      readonly issues?: readonly FakeIssue[]
    }
  /** The relay answers that it could not store the lead. */
  | 'not-stored'
  /** Nobody answers. */
  | 'unreachable'

/** Something to correct in a field: a code of the widget's own, or the provider's words. */
export type FakeIssue = Pick<FieldIssue, 'field' | 'code' | 'limit' | 'message'>

/** An answer as it goes over the wire. Throws what `fetch` throws where nobody answers. */
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

/** A JSON answer that any page may read. */
export function toJsonResponse(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'access-control-allow-origin': '*' } })
}
