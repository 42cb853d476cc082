/** Parses JSON. Returns `undefined` if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    // PHP servers often send a byte order mark, which JSON.parse refuses.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/** Whether a value is an object with named members: neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Every text in a provider's errors of any shape: a string, an object with messages, or a list, which PHP writes as an
 * object if it has gaps. An answer may be nested without limit, so only a few levels are read.
 */
export function collectTexts(errors: unknown, levels = 4): readonly string[] {
  if (typeof errors === 'string') return errors.trim() === '' ? [] : [errors.trim()]
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  return Object.values(errors)
    .slice(0, 100)
    .flatMap((error) => collectTexts(error, levels - 1))
}
