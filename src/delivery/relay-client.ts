import { array, number, object, optional, picklist, safeParse, string } from 'valibot'
import { type FieldIssue, isIssueCode } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import { publicOutcomes } from '../lead/outcome.ts'
import type { SendResult } from '../lead/send-result.ts'
import type { Fetch } from './perform.ts'

const answerSchema = object({
  outcome: picklist(publicOutcomes),
  issues: optional(
    array(
      object({
        field: string(),
        code: optional(string()),
        message: optional(string()),
        limit: optional(number()),
      }),
    ),
  ),
})

/**
 * Sends a lead to a relay's form. Never throws; without an answer it tries once more, as the same lead id is the same
 * lead always.
 */
export async function sendLead(
  relay: string,
  lead: Lead,
  fetch: Fetch,
  timeoutMs = 20_000,
): Promise<SendResult> {
  const post = async (): Promise<SendResult> => {
    try {
      const response = await fetch(`${relay.replace(/\/+$/, '')}/leads`, {
        method: 'POST',
        // Plain text spares the browser a preflight request, which is one more thing that could fail.
        headers: { 'content-type': 'text/plain;charset=UTF-8' },
        body: JSON.stringify(lead),
        // The lead goes out even if the person closes the page now.
        keepalive: true,
        credentials: 'omit',
        signal: AbortSignal.timeout(timeoutMs),
      })
      return readAnswer(response.status, await response.json())
    } catch {
      return { outcome: 'failed', code: 'network' }
    }
  }
  const first = await post()
  return first.outcome === 'failed' && first.code === 'network' ? post() : first
}

/** Fetches a form's definition from a relay, unchecked; throws when there is none. */
export async function fetchDefinition(relay: string, fetch: Fetch, timeoutMs = 15_000): Promise<unknown> {
  const response = await fetch(relay, { credentials: 'omit', signal: AbortSignal.timeout(timeoutMs) })
  if (!response.ok) throw new Error(`${relay} answered ${response.status}`)
  return response.json()
}

function readAnswer(status: number, body: unknown): SendResult {
  const answer = safeParse(answerSchema, body)
  if (!answer.success) return { outcome: 'failed', code: `status-${status}` }
  const { outcome, issues = [] } = answer.output
  return outcome === 'invalid' ? { outcome, issues: issues.map(readIssue) } : { outcome }
}

function readIssue({
  field,
  code,
  message,
  limit,
}: {
  field: string
  code?: string | undefined
  message?: string | undefined
  limit?: number | undefined
}): FieldIssue {
  return {
    field,
    ...(isIssueCode(code) ? { code } : {}),
    ...(message === undefined ? {} : { message }),
    ...(limit === undefined ? {} : { limit }),
  }
}
