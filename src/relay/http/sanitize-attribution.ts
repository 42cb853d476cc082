import { type Attribution, sanitizeParameter } from '../../lead/attribution.ts'

/** More marks than any advertising system sends. */
const maxMarks = 40

/**
 * Marks from outside, made harmless: texts only, short and few; those of the first touch stand in `first`. Marks are
 * shown and exported, so one that may be personal is dropped.
 */
export function sanitizeAttribution(candidate: Readonly<Record<string, unknown>>): Attribution {
  const marks = sanitizeMarks(candidate)
  const first = sanitizeMarks(Object(candidate['first']))
  return Object.keys(first).length > 0 ? { ...marks, first } : marks
}

function sanitizeMarks(candidate: Readonly<Record<string, unknown>>): Record<string, string> {
  const marks: [string, string][] = []
  for (const [name, value] of Object.entries(candidate)) {
    if (typeof value !== 'string' || !/^[\w.-]{1,64}$/.test(name)) continue
    const text = sanitizeParameter(
      (name === 'referrer' ? value.replace(/[?#].*$/s, '') : value).toWellFormed(),
    )
    if (text === '') continue
    marks.push([name, text])
    if (marks.length === maxMarks) break
  }
  return Object.fromEntries(marks)
}
