import type { Outcome } from '../../lead/outcome.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { redactMessage } from '../core/error-messages.ts'
import { isRecord, parseJson } from '../core/json.ts'
import { readRefusal } from '../core/refusals/read-refusal.ts'
import type { DevtekConfig } from './config.ts'
import { devtekParameters, devtekReservedParameters } from './parameters.ts'

/** Reads the response to a new lead. Only a documented "ok" is a success. */
export function devtekOutcome(result: HttpResult, config: DevtekConfig, context: LeadContext): Outcome {
  if ('failure' in result) {
    return { outcome: 'unavailable', reason: `no answer: ${result.failure}`, mayHaveArrived: result.sent }
  }
  const { status } = result
  // The body counts before the status: "bad" comes with 200 and with 4xx.
  const answer = parseJson(result.body)
  if (isRecord(answer) && answer['result'] === 'ok') {
    const { id_lead: id }: { readonly id_lead?: unknown } = Object(answer['data'])
    return typeof id === 'number' || typeof id === 'string'
      ? { outcome: 'accepted', providerId: redactMessage(String(id), [config.token]) }
      : { outcome: 'accepted' }
  }
  const parameters = [...devtekReservedParameters, ...devtekParameters]
  const call = { parameters, config, context, credentials: [config.token] }
  return (
    readRefusal(result, call, { isDocumented: ({ result: flag }) => flag === 'bad' }) ?? unreadOutcome(status)
  )
}

function unreadOutcome(status: number): Outcome {
  if (status >= 500) return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: true }
  if (status === 429 || status === 408) {
    return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: false }
  }
  if (status === 401 || status === 403) return { outcome: 'refused', reason: `status ${status}` }
  // Further attempts do no harm, and the operator sees an unreadable answer. Only a 2xx says that the lead was read.
  return {
    outcome: 'unreadable',
    reason: `status ${status}, not a documented answer`,
    mayHaveArrived: status >= 200 && status < 300,
  }
}
