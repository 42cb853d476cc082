import { type SandboxResponse, jsonResponse } from '../core/response.ts'

/** A success with its data. */
export function okResponse(data: Readonly<Record<string, unknown>>): SandboxResponse {
  return jsonResponse(200, { result: 'ok', data, errors: [] })
}

/** A refusal. Its data is an empty list, which is how PHP writes an empty object. */
export function badResponse(status: number, errors: readonly string[]): SandboxResponse {
  return jsonResponse(status, { result: 'bad', data: [], errors })
}

/** The refusal of a wrong webmaster id or token. */
export const accessDeniedResponse = badResponse(403, ['Access denied'])

/** Shortens a long list for the request log, to its beginning and its length. */
export function shortenResponse(response: SandboxResponse): SandboxResponse {
  const { length } = response.text
  if (length <= 20_000) return response
  const note = {
    result: 'ok',
    data: { begins: response.text.slice(0, 2000), characters: length },
    errors: [],
  }
  return { ...response, text: JSON.stringify(note) }
}
