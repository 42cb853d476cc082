import { literal, number, object, optional, safeParse, string, union, unknown } from 'valibot'
import type { Outcome } from '../../lead/outcome.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { redactMessage } from '../core/error-messages.ts'
import { parseJson } from '../core/json.ts'
import { readRefusal } from '../core/refusals/read-refusal.ts'
import type { DevtekConfig } from './config.ts'
import { devtekParameters, devtekReservedParameters } from './parameters.ts'

const okSchema = object({ result: literal('ok'), data: optional(unknown()) })
const acceptedSchema = object({ id_lead: union([number(), string()]) })

/** Reads the response to a new lead. Only a documented "ok" is a success. */
export function devtekOutcome(result: HttpResult, config: DevtekConfig, context: LeadContext): Outcome {
  if ('failure' in result) {
    return { outcome: 'unavailable', reason: `no answer: ${result.failure}`, mayHaveArrived: result.sent }
  }
  const { status } = result
  // The body counts before the status: "bad" comes with 200 and with 4xx.
  const answer = safeParse(okSchema, parseJson(result.body))
  if (answer.success) {
    const accepted = safeParse(acceptedSchema, answer.output.data)
    return accepted.success
      ? { outcome: 'accepted', providerId: redactMessage(String(accepted.output.id_lead), [config.token]) }
      : { outcome: 'accepted' }
  }
  if (status >= 500) return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: true }
  if (status === 429 || status === 408) {
    return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: false }
  }
  const parameters = [...devtekReservedParameters, ...devtekParameters]
  const call = { parameters, config, context, credentials: [config.token] }
  return readRefusal(result, call) ?? unreadOutcome(status)
}

function unreadOutcome(status: number): Outcome {
  if (status === 401 || status === 403) return { outcome: 'refused', reason: `status ${status}` }
  // Further attempts do no harm, and the operator sees an unreadable answer. Only a 2xx says that the lead was read.
  return {
    outcome: 'unreadable',
    reason: `status ${status}, not a documented answer`,
    mayHaveArrived: status >= 200 && status < 300,
  }
}
