import { toRussianLayout } from '../fields/text/keyboard-layout.ts'
import { foldPlaceName, foldWords } from './fold-place.ts'
import { latinToCyrillic } from './transliteration.ts'
import { cityAliases } from './city-aliases.ts'

/** One way to take what was typed. */
export interface QueryVariant {
  /** Folded words. */
  readonly text: string
  /** Whether it was spelt in Latin letters, so that only its sound is sure. */
  readonly phonetic: boolean
}

/**
 * The ways to take what was typed, most likely first: as it stands, or for Latin letters what the same keys give in the
 * Russian layout, and what they spell. Names are short: what follows the 100th character is not read.
 */
export function queryVariants(typed: string): readonly QueryVariant[] {
  const text = typed.slice(0, 100)
  const isLatin = /[a-z]/i.test(text)
  // Russian letters stand on the keys of some marks, too: `[` begins Хабаровск.
  const isRussian = !isLatin && /[а-яё]/i.test(text)
  const inLayout = isRussian ? [] : foldedVariants(toRussianLayout(text))
  const russian = isLatin ? foldPlaceName(latinToCyrillic(text)) : ''
  const spelt = [false, true].map((phonetic) => ({ text: russian, phonetic }))
  const other = countVowels(spelt) > countVowels(inLayout) ? [...spelt, ...inLayout] : [...inLayout, ...spelt]
  return [...(isLatin ? [] : foldedVariants(text)), ...other].filter((spelling) => spelling.text !== '')
}

/** While one types, a letter behind a name may yet become a word: `Белая х`. */
function foldedVariants(text: string): readonly QueryVariant[] {
  return [...new Set([foldWords(text), foldPlaceName(text)])].map((one) => ({ text: one, phonetic: false }))
}

/** The wrong way to take Latin letters gives few vowels. */
function countVowels([spelling]: readonly QueryVariant[]): number {
  return spelling?.text.replace(/[^аеиоуыэюя]/g, '').length ?? 0
}

/**
 * Folded readings of what was typed, most likely first: as typed, then in the Russian keyboard layout (`vjcrdf`) and
 * from Latin letters (`moskva`), then the full names of what are short names or, from three letters, may become one.
 */
export function expandQuery(text: string): readonly string[] {
  const read = [foldWords(text), ...queryVariants(text).map((spelling) => spelling.text)]
  const full = [...cityAliases].flatMap(([name, short]) => (short.some(isBegun) ? [name] : []))
  return [...new Set([...read, ...full])].filter((one) => one !== '')

  function isBegun(short: string): boolean {
    return read.some((one) => one === short || (one.length > 2 && short.startsWith(one)))
  }
}
