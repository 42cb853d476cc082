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

/** A long list is not kept as a whole, nor shown so: its beginning, and how long it was. */
export function shortened(answer: Answer): Answer {
  const { length } = answer.text
  if (length <= 20_000) return answer
  const note = { result: 'ok', data: { begins: answer.text.slice(0, 2000), characters: length }, errors: [] }
  return { ...answer, text: JSON.stringify(note) }
}
