import { shortNames } from './short-names.ts'
import { spellingsOf } from './spellings.ts'

const named = Object.entries(shortNames)

/**
 * Folded readings of what was typed, most likely first: as typed, in the Russian keyboard layout (`vjcrdf`), from Latin
 * letters (`moskva`), and the full names of what are or begin short names (`питер`).
 */
export function readingsOf(text: string): readonly string[] {
  const read = spellingsOf(text).map((spelling) => spelling.text)
  const full = read.flatMap((one) =>
    named
      .filter(([, shorts]) =>
        shorts.some((short) => short === one || (one.length > 2 && short.startsWith(one))),
      )
      .map(([name]) => name),
  )
  return [...new Set([...read, ...full])].filter((one) => one !== '')
}
