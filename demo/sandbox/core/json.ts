/** An object as JSON gives it, before anything is known of its members. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** Tells a JSON object from the arrays, scalars and null that may stand in its place. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads JSON text; undefined, which JSON cannot express, when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
