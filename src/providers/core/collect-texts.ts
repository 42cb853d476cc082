/**
 * Every text in a provider's errors of any shape: a string, an object with messages, or a list, which PHP writes as an
 * object if it has gaps. Garbage may be nested without end, so only a few levels are read.
 */
export function collectTexts(errors: unknown, levels = 4): readonly string[] {
  if (typeof errors === 'string') return errors.trim() === '' ? [] : [errors.trim()]
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  return Object.values(errors)
    .slice(0, 100)
    .flatMap((error) => collectTexts(error, levels - 1))
}
