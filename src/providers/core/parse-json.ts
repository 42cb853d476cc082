/** Reads a provider's answer as JSON; nothing where it is none. */
export function parseJson(body: string): unknown {
  try {
    // A byte order mark is common in PHP answers, and JSON.parse refuses it.
    return JSON.parse(body.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
