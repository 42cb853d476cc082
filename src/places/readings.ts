import { foldWords } from './fold-words.ts'
import { shortNames } from './short-names.ts'
import { spellingsOf } from './spellings.ts'

/**
 * Folded readings of what was typed, most likely first: as typed, then in the Russian keyboard layout (`vjcrdf`) and
 * from Latin letters (`moskva`), then the full names of what are short names or, from three letters, may become one.
 */
export function readingsOf(text: string): readonly string[] {
  const read = [foldWords(text), ...spellingsOf(text).map((spelling) => spelling.text)]
  const full = [...shortNames].flatMap(([name, short]) => (short.some(isBegun) ? [name] : []))
  return [...new Set([...read, ...full])].filter((one) => one !== '')

  function isBegun(short: string): boolean {
    return read.some((one) => one === short || (one.length > 2 && short.startsWith(one)))
  }
}
