import { parseJson } from '../core/json.ts'

/** An answer of 5CRM's as far as it is an object: the members that are looked at, unread. */
export interface FiveCrmResponse {
  /** `"true"` where the call succeeded. */
  readonly ans?: unknown
  readonly message?: unknown
  /** Not in the document; its rules are Laravel's, which answers so: texts by field. */
  readonly errors?: unknown
  readonly [list: string]: unknown
}

/** Reads an answer, also one in the call of a function: form/send is there for 5CRM's own script, too, which wants that. */
export function parseFiveCrmResponse(body: string): FiveCrmResponse | undefined {
  const text = body.replace(/^\uFEFF/, '').trim()
  const [, wrapped = text] = /^[\w$.]{1,100}\s*\(([^]*)\)\s*;?$/.exec(text) ?? []
  const answer = parseJson(wrapped)
  return typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? { ...answer } : undefined
}

/** Whether an answer says that the call succeeded. */
export function isSuccess({ ans }: FiveCrmResponse): boolean {
  return ans === 'true' || ans === true
}

/** Whether an answer says that the call had no effect. */
export function isRejection({ ans }: FiveCrmResponse): boolean {
  return ans === 'false' || ans === false
}
