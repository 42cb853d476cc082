import { type SandboxResponse, jsonResponse } from '../core/response.ts'

/** A success with its data. */
export function okResponse(data: Readonly<Record<string, unknown>>): SandboxResponse {
  return jsonResponse(200, { result: 'ok', data, errors: [] })
}

/** A refusal; its data is an empty list, as PHP writes an empty object. */
export function badResponse(status: number, errors: readonly string[]): SandboxResponse {
  return jsonResponse(status, { result: 'bad', data: [], errors })
}

/** The refusal of a wrong number or token of the webmaster. */
export const accessDeniedResponse = badResponse(403, ['Access denied'])

/** A long list is not kept as a whole, nor shown so: its beginning, and how long it was. */
export function shortenResponse(answer: SandboxResponse): SandboxResponse {
  const { length } = answer.text
  if (length <= 20_000) return answer
  const note = { result: 'ok', data: { begins: answer.text.slice(0, 2000), characters: length }, errors: [] }
  return { ...answer, text: JSON.stringify(note) }
}
