import { optional, picklist, pipe, record, regex, safeParse, strictObject, string } from 'valibot'
import { findUnreadableColors } from '../../../form/served/unreadable-colors.ts'

/** The looks that a version may have. */
export const looksSchema = strictObject({
  theme: optional(picklist(['light', 'dark', 'auto'])),
  look: optional(pipe(string(), regex(/^[a-z]{1,40}$/))),
  colors: optional(record(pipe(string(), regex(/^[a-z-]{1,40}$/)), pipe(string(), regex(/^#[\da-f]{6}$/i)))),
})

/** Why looks are not saved: pages show them to people, who have to read consents. */
export function findLooksProblems(candidate: unknown): readonly string[] {
  if (candidate === undefined) return []
  const looks = safeParse(looksSchema, candidate)
  return looks.success
    ? findUnreadableColors(looks.output)
    : ['looks: expected { "theme"?, "look"?, "colors"? } with colours such as "#0b6b4f"']
}
