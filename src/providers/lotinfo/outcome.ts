import {
  array,
  looseObject,
  minLength,
  minValue,
  number,
  pipe,
  regex,
  safeParse,
  string,
  union,
  unknown,
} from 'valibot'
import type { Outcome } from '../../lead/outcome.ts'
import { notRepeated } from '../not-repeated.ts'
import { parseJson } from '../parse-json.ts'
import type { HttpResult } from '../provider.ts'
import { quote } from '../quote.ts'
import type { LotinfoConfig } from './config.ts'

const takenSchema = looseObject({ result: pipe(array(unknown()), minLength(1)) })
const clientSchema = looseObject({
  id: union([pipe(number(), minValue(1)), pipe(string(), regex(/^0*[1-9]\d{0,15}$/))]),
})
const noticesSchema = looseObject({ notices: array(unknown()) })
const noticeSchema = looseObject({ notice_text: string() })

/** More remarks than one client can cause. */
const mostNotices = 20

/** Reads an answer. One shape means success, with status 200; no failure is documented, so that all else is one. */
export function lotinfoOutcome(result: HttpResult, { token }: LotinfoConfig): Outcome {
  if ('failure' in result || result.status !== 200) return notRepeated(result)
  const answer = parseJson(result.body)
  const taken = safeParse(takenSchema, answer)
  const client = safeParse(clientSchema, taken.success ? taken.output.result[0] : undefined)
  if (!client.success) return notRepeated(result)
  const notices = noticesOf(answer, token)
  const providerId = String(client.output.id)
  return notices.length > 0
    ? { outcome: 'accepted', providerId, notices }
    : { outcome: 'accepted', providerId }
}

function noticesOf(answer: unknown, token: string): readonly string[] {
  const listed = safeParse(noticesSchema, answer)
  if (!listed.success) return []
  return listed.output.notices.slice(0, mostNotices).flatMap((candidate) => {
    const notice = safeParse(noticeSchema, candidate)
    return notice.success && notice.output.notice_text !== ''
      ? [quote(notice.output.notice_text, [token])]
      : []
  })
}
