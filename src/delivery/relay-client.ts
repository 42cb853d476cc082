import { type FieldIssue, isIssueCode } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import { publicOutcomes } from '../lead/outcome.ts'
import type { SendResult } from '../lead/send-result.ts'
import type { Fetch } from './perform.ts'

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
  let code = 'network'
  const post = async (): Promise<SendResult | undefined> => {
    const { signal, stop } = timeoutSignal(timeoutMs)
    try {
      const response = await fetch(`${relay.replace(/\/+$/, '')}/leads`, {
        method: 'POST',
        // Plain text spares the browser a preflight request, which is one more thing that could fail.
        headers: { 'content-type': 'text/plain;charset=UTF-8' },
        body: JSON.stringify(lead),
        // The lead goes out even if the person closes the page now.
        keepalive: true,
        credentials: 'omit',
        signal,
      })
      code = `status-${response.status}`
      return readAnswer(response.status, await response.json())
    } catch {
      return undefined
    } finally {
      stop()
    }
  }
  return (await post()) ?? (await post()) ?? { outcome: 'failed', code }
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

/** `AbortSignal.timeout`, which phones of 2021 do not have. */
function timeoutSignal(ms: number): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), ms)
  return { signal: controller.signal, stop: () => clearTimeout(timer) }
}

/** What a relay's answer may hold; read field by field, as anything may have answered in its place. */
interface Answer {
  readonly outcome?: unknown
  readonly issues?: unknown
  readonly error?: { readonly message?: unknown }
}

function readAnswer(status: number, body: unknown): SendResult {
  const answer: Answer = Object(body)
  const outcome = publicOutcomes.find((name) => name === answer.outcome)
  if (!outcome) return { outcome: 'failed', code: `status-${status}` }
  if (outcome !== 'invalid') return { outcome }
  return { outcome, issues: Array.isArray(answer.issues) ? answer.issues.map(readIssue) : [] }
}

function readIssue(candidate: unknown): FieldIssue {
  const { field, code, message, limit }: { readonly [name in keyof FieldIssue]?: unknown } = Object(candidate)
  return {
    field: typeof field === 'string' ? field : '',
    ...(isIssueCode(code) ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
    ...(typeof limit === 'number' ? { limit } : {}),
  }
}
