import type { Outcome } from '../../lead/outcome.ts'
import { notRepeated } from '../not-repeated.ts'
import { parseJson } from '../parse-json.ts'
import type { HttpResult } from '../provider.ts'
import { quote } from '../quote.ts'
import type { LotinfoConfig } from './config.ts'

/** More remarks than one client can cause. */
const mostNotices = 20

/** Reads an answer. One shape means success, with status 200; no failure is documented, so that all else is one. */
export function lotinfoOutcome(result: HttpResult, { token }: LotinfoConfig): Outcome {
  if ('failure' in result || result.status !== 200) return notRepeated(result)
  const answer = loose(parseJson(result.body))
  const [client] = listOf(answer.result)
  const { id } = loose(client)
  if (!isId(id)) return notRepeated(result)
  const notices = listOf(answer.notices)
    .map((notice) => loose(notice).notice_text)
    .filter((text) => typeof text === 'string' && text !== '')
    .slice(0, mostNotices)
    .map((text) => quote(String(text), [token]))
  return { outcome: 'accepted', providerId: String(id), ...(notices.length > 0 ? { notices } : {}) }
}

/** What an answer may hold, unread. */
interface Loose {
  readonly result?: unknown
  readonly notices?: unknown
  readonly id?: unknown
  readonly notice_text?: unknown
}

function loose(candidate: unknown): Loose {
  return Object(candidate)
}

function listOf(candidate: unknown): readonly unknown[] {
  return Array.isArray(candidate) ? candidate : []
}

function isId(id: unknown): id is string | number {
  return (typeof id === 'number' || typeof id === 'string') && /^[1-9]\d{0,15}$/.test(String(id))
}
