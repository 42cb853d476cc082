import { isRecord, parseJson } from '../core/json.ts'

/** A response of 5CRM that is an object. The members that are read, not yet checked. */
export interface FiveCrmResponse {
  /** `"true"` if the call succeeded. */
  readonly ans?: unknown
  readonly message?: unknown
  /** Messages by field. Not documented: the rules of the document are Laravel's, which responds in this shape. */
  readonly errors?: unknown
  readonly [list: string]: unknown
}

/** Parses a response, also one wrapped in a function call (JSONP), which form/send returns to 5CRM's own script. */
export function parseFiveCrmResponse(body: string): FiveCrmResponse | undefined {
  const answer = parseJson(unwrapCall(body))
  return isRecord(answer) ? answer : undefined
}

/** The JSON of a response, without the function call around it. */
export function unwrapCall(body: string): string {
  const text = body.replace(/^\uFEFF/, '').trim()
  const [, wrapped = text] = /^[\w$.]{1,100}\s*\(([^]*)\)\s*;?$/.exec(text) ?? []
  return wrapped
}

/** Whether a response says that the call succeeded. */
export function isSuccess({ ans }: FiveCrmResponse): boolean {
  return ans === 'true' || ans === true
}
