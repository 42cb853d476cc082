import type { Attribution } from '../lead/lead.ts'
import { cleanMark } from '../lead/mark.ts'

/** More marks than any advertising system sends. */
const mostMarks = 40

/**
 * Marks from outside, made harmless: texts only, short and few; those of the first touch stand in `first`. Marks are
 * shown and exported, so one that may be personal is dropped.
 */
export function cleanAttribution(candidate: Readonly<Record<string, unknown>>): Attribution {
  const marks = cleanMarks(candidate)
  const first = cleanMarks(Object(candidate['first']))
  return Object.keys(first).length > 0 ? { ...marks, first } : marks
}

function cleanMarks(candidate: Readonly<Record<string, unknown>>): Record<string, string> {
  const marks: [string, string][] = []
  for (const [name, value] of Object.entries(candidate)) {
    if (typeof value !== 'string' || !/^[\w.-]{1,64}$/.test(name)) continue
    const text = cleanMark((name === 'referrer' ? value.replace(/[?#].*$/s, '') : value).toWellFormed())
    if (text === '') continue
    marks.push([name, text])
    if (marks.length === mostMarks) break
  }
  return Object.fromEntries(marks)
}
