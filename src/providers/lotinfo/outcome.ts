import type { Outcome } from '../../lead/outcome.ts'
import { classifyNonIdempotent, settleNonIdempotent } from '../core/refusals/classify-non-idempotent.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { isRecord, parseJson } from '../core/json.ts'
import { redactMessage } from '../core/error-messages.ts'
import { readRefusal } from '../core/refusals/read-refusal.ts'
import type { LotinfoConfig } from './config.ts'
import { lotinfoParameters, lotinfoReservedParameters } from './parameters.ts'

/** More notices than one client can cause. */
const maxNotices = 20

/**
 * Reads the response to a new client. One shape with status 200 is a success; no failure is documented, so only what can
 * mean nothing else counts as one.
 */
export function lotinfoOutcome(result: HttpResult, config: LotinfoConfig, context: LeadContext): Outcome {
  if ('failure' in result) return classifyNonIdempotent(result)
  const answer = parseJson(result.body)
  const [client] = listMember(answer, 'result')
  const id = isRecord(client) ? client['id'] : undefined
  const credentials = [config.token]
  if (result.status !== 200 || !isClientId(id)) {
    const parameters = [...lotinfoReservedParameters, ...lotinfoParameters(config)]
    const call = { parameters, config, context, credentials }
    return settleNonIdempotent(readRefusal(result, call), result)
  }
  const notices = listMember(answer, 'notices')
    .map((notice) => (isRecord(notice) ? notice['notice_text'] : undefined))
    .filter((text) => typeof text === 'string' && text !== '')
    .slice(0, maxNotices)
    .map((text) => redactMessage(String(text), credentials))
  return { outcome: 'accepted', providerId: String(id), ...(notices.length > 0 ? { notices } : {}) }
}

function listMember(candidate: unknown, name: string): readonly unknown[] {
  const member = isRecord(candidate) ? candidate[name] : undefined
  return Array.isArray(member) ? member : []
}

function isClientId(id: unknown): id is string | number {
  return (typeof id === 'number' || typeof id === 'string') && /^[1-9]\d{0,15}$/.test(String(id))
}
