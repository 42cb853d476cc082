import type { Outcome } from '../../lead/outcome.ts'
import { classifyNonIdempotent } from '../core/classify-non-idempotent.ts'
import { parseJson } from '../core/json.ts'
import type { HttpResult } from '../core/context.ts'
import { redactMessage } from '../core/redact-message.ts'
import type { LotinfoConfig } from './config.ts'

/** More remarks than one client can cause. */
const maxNotices = 20

/** Reads an answer. One shape means success, with status 200; no failure is documented, so that all else is one. */
export function lotinfoOutcome(result: HttpResult, { token }: LotinfoConfig): Outcome {
  if ('failure' in result || result.status !== 200) return classifyNonIdempotent(result)
  const answer = asUnchecked(parseJson(result.body))
  const [client] = asList(answer.result)
  const { id } = asUnchecked(client)
  if (!isClientId(id)) return classifyNonIdempotent(result)
  const notices = asList(answer.notices)
    .map((notice) => asUnchecked(notice).notice_text)
    .filter((text) => typeof text === 'string' && text !== '')
    .slice(0, maxNotices)
    .map((text) => redactMessage(String(text), [token]))
  return { outcome: 'accepted', providerId: String(id), ...(notices.length > 0 ? { notices } : {}) }
}

/** What an answer may hold, unread. */
interface UncheckedObject {
  readonly result?: unknown
  readonly notices?: unknown
  readonly id?: unknown
  readonly notice_text?: unknown
}

function asUnchecked(candidate: unknown): UncheckedObject {
  return Object(candidate)
}

function asList(candidate: unknown): readonly unknown[] {
  return Array.isArray(candidate) ? candidate : []
}

function isClientId(id: unknown): id is string | number {
  return (typeof id === 'number' || typeof id === 'string') && /^[1-9]\d{0,15}$/.test(String(id))
}
