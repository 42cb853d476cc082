/** A JSON object with unchecked members. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object: no list, scalar or null. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parses JSON. Returns `undefined` if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
