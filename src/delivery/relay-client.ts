import { type FieldIssue, isIssueCode } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import { publicOutcomes } from '../lead/outcome.ts'
import type { SendResult } from '../lead/send-result.ts'
import type { HttpRequest } from '../providers/provider.ts'
import type { Fetch } from './perform.ts'
import { codeRequest, leadRequest } from './relay-requests.ts'
import { timeoutSignal } from './timeout-signal.ts'

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
  const request = leadRequest(relay, lead)
  const first = await exchange(request, fetch, timeoutMs)
  return 'unread' in first ? resultOf(await exchange(request, fetch, timeoutMs)) : first
}

/** Sends the code that confirms a lead's phone. Never throws, and is not repeated: a relay counts the attempts. */
export async function confirmCode(
  relay: string,
  lead: LeadIdentity,
  code: string,
  fetch: Fetch,
  timeoutMs = 20_000,
): Promise<SendResult> {
  return resultOf(await exchange(codeRequest(relay, lead, code), fetch, timeoutMs))
}

/** That no answer could be read, and what is known of it. */
interface Unread {
  readonly unread: string
}

async function exchange(
  { url, ...init }: HttpRequest,
  fetch: Fetch,
  timeoutMs: number,
): Promise<SendResult | Unread> {
  let unread = 'network'
  const { signal, stop } = timeoutSignal(timeoutMs)
  try {
    // Goes out even if the person closes the page now.
    const response = await fetch(url, { ...init, keepalive: true, credentials: 'omit', signal })
    unread = `status-${response.status}`
    return readAnswer(response.status, await response.json())
  } catch {
    return { unread }
  } finally {
    stop()
  }
}

function resultOf(result: SendResult | Unread): SendResult {
  return 'unread' in result ? { outcome: 'failed', code: result.unread } : result
}

/** Pauses before another try, in milliseconds: a phone in a lift is back soon. */
const pauses = [1000, 3000]

/**
 * Fetches a form's definition from a relay, unchecked. Tries three times while nobody answers; throws when there is
 * none, with the relay's own words where it has some.
 */
export async function fetchDefinition(relay: string, fetch: Fetch, timeoutMs = 15_000): Promise<unknown> {
  for (let tries = 0; ; tries += 1) {
    const { signal, stop } = timeoutSignal(timeoutMs)
    try {
      const response = await fetch(relay, { credentials: 'omit', signal })
      if (response.ok) return await response.json()
      const { error }: Answer = Object(await response.json().catch(() => undefined))
      throw new RelayRefusal(
        `${relay} answered ${response.status}: ${typeof error?.message === 'string' ? error.message : 'no definition'}`,
      )
    } catch (error) {
      const pause = pauses[tries]
      if (error instanceof RelayRefusal || pause === undefined) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    } finally {
      stop()
    }
  }
}

/** A relay's "no", which another try would not change. */
class RelayRefusal extends Error {}

/** What a relay's answer may hold; read field by field, as anything may have answered in its place. */
interface Answer {
  readonly outcome?: unknown
  readonly issues?: unknown
  readonly attemptsLeft?: unknown
  readonly error?: { readonly message?: unknown }
}

function readAnswer(status: number, body: unknown): SendResult {
  const answer: Answer = Object(body)
  const outcome = publicOutcomes.find((name) => name === answer.outcome)
  if (!outcome) return { outcome: 'failed', code: `status-${status}` }
  const issues = Array.isArray(answer.issues) ? answer.issues.map(readIssue) : []
  if (outcome === 'invalid') return { outcome, issues }
  if (outcome !== 'verification') return { outcome }
  const { attemptsLeft } = answer
  return {
    outcome,
    ...(issues.length > 0 ? { issues } : {}),
    ...(typeof attemptsLeft === 'number' ? { attemptsLeft } : {}),
  }
}

/** A relay has a sentence for everything, in Russian; the form has its own, in its language, for a code that it knows. */
function readIssue(candidate: unknown): FieldIssue {
  const { field, code, message, limit }: { readonly [name in keyof FieldIssue]?: unknown } = Object(candidate)
  return {
    field: typeof field === 'string' ? field : '',
    ...(isIssueCode(code) ? { code } : typeof message === 'string' ? { message } : {}),
    ...(typeof limit === 'number' ? { limit } : {}),
  }
}
