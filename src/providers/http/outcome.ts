import type { Outcome } from '../../lead/outcome.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { collectTexts, redactMessage, redactReason } from '../core/error-messages.ts'
import { parseJson } from '../core/json.ts'
import { hasContent } from '../core/refusals/parameter-errors.ts'
import { httpCredentials } from './credentials.ts'
import type { HttpConfig } from './config.ts'
import { readIssues } from './issues.ts'
import type { OutcomeRule } from './rules.ts'
import { valueAt } from './value-at.ts'

/** Reads an answer by the rules of the options. An answer that no rule meets is unreadable. */
export function httpOutcome(result: HttpResult, config: HttpConfig, context: LeadContext): Outcome {
  if ('failure' in result) return failureOutcome(result, config)
  const { status } = result
  const body = parseJson(result.body)
  const rule = config.outcomes.find((candidate) => isMet(candidate, status, body))
  if (rule) return toOutcome(rule, status, body, config, context)
  return {
    outcome: 'unreadable',
    reason: `status ${status}, an answer that no rule of "outcomes" meets`,
    mayHaveArrived: mayHaveArrived(status),
  }
}

function failureOutcome(
  { failure, sent, refusal }: Extract<HttpResult, { readonly failure: string }>,
  { retry }: HttpConfig,
): Outcome {
  if (refusal !== undefined) return { outcome: 'refused', reason: refusal }
  const reason = `no answer: ${failure}`
  return sent && retry === 'if-not-sent'
    ? { outcome: 'uncertain', reason }
    : { outcome: 'unavailable', reason, mayHaveArrived: sent }
}

/** Whether an interface may have taken a lead although its answer is unknown. It rejects most calls before that. */
function mayHaveArrived(status: number): boolean {
  return !((status >= 400 && status < 500) || status === 503 || [301, 302, 307, 308].includes(status))
}

function isMet({ status, path, oneOf }: OutcomeRule, actual: number, body: unknown): boolean {
  if (status && !status.includes(actual)) return false
  if (path === undefined) return true
  const value = valueAt(body, path)
  // PHP servers write a number as a text and the other way round.
  if (oneOf)
    return ['string', 'number', 'boolean'].includes(typeof value) && oneOf.map(String).includes(String(value))
  return hasContent(value)
}

function toOutcome(
  rule: OutcomeRule,
  status: number,
  body: unknown,
  config: HttpConfig,
  context: LeadContext,
): Outcome {
  const credentials = httpCredentials(config)
  const told = rule.reason === undefined ? [] : collectTexts(valueAt(body, rule.reason))
  const reason = redactReason([`status ${status}`, ...told].join(': '), credentials, context.lead)
  switch (rule.outcome) {
    case 'accepted': {
      const textAt = (path: string | undefined): string => {
        const found = path === undefined ? undefined : valueAt(body, path)
        const isText = typeof found === 'string' || typeof found === 'number'
        return isText ? redactMessage(String(found), credentials) : ''
      }
      const [providerId, payout] = [textAt(rule.id), textAt(rule.payout)]
      return {
        outcome: 'accepted',
        ...(providerId === '' ? {} : { providerId }),
        ...(payout === '' ? {} : { payout }),
      }
    }
    case 'duplicate':
      // A repetition of a call whose answer was lost meets the lead of the first one.
      return context.mayHaveArrived ? { outcome: 'accepted' } : { outcome: 'duplicate' }
    case 'declined':
      return { outcome: 'declined', reason }
    case 'refused':
      return { outcome: 'refused', reason }
    case 'unavailable':
      return {
        outcome: 'unavailable',
        reason,
        mayHaveArrived: status >= 500 && status !== 503,
      }
    case 'invalid':
      return readIssues(rule, body, config, context) ?? { outcome: 'declined', reason }
  }
}
