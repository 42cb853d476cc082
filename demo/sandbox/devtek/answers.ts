import { type Answer, jsonAnswer } from '../answer.ts'

/** A success with its data. */
export function okAnswer(data: Readonly<Record<string, unknown>>): Answer {
  return jsonAnswer(200, { result: 'ok', data, errors: [] })
}

/** A refusal; its data is an empty list, as PHP writes an empty object. */
export function badAnswer(status: number, errors: readonly string[]): Answer {
  return jsonAnswer(status, { result: 'bad', data: [], errors })
}

/** The refusal of a wrong number or token of the webmaster. */
export const accessDenied = badAnswer(403, ['Access denied'])
