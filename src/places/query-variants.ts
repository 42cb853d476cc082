import { toRussianLayout } from '../fields/text/latin-letters.ts'
import { foldPlaceName, foldWords } from './fold-place.ts'
import { latinToCyrillic, phoneticKey } from './transliteration.ts'
import { cityAliases } from './city-aliases.ts'
import { englishNames } from './english-names.ts'

/** One reading of a typed text. */
export interface QueryVariant {
  /** Folded words. */
  readonly text: string
  /** Whether it was typed in Latin letters, so that only its sound is certain. */
  readonly phonetic: boolean
}

/**
 * The readings of a typed text, most likely first: as typed, or for Latin letters the same keys in the Russian layout and a
 * transliteration. Only the first 100 characters count.
 */
export function queryVariants(typed: string): readonly QueryVariant[] {
  const text = typed.slice(0, 100)
  const isLatin = /[a-z]/i.test(text)
  // In the Russian layout some punctuation keys type letters: `[` is the first letter of Хабаровск.
  const isRussian = !isLatin && /[а-яё]/i.test(text)
  const inLayout = isRussian ? [] : foldedVariants(toRussianLayout(text))
  const russian = isLatin ? (englishNames.get(foldWords(text)) ?? foldPlaceName(latinToCyrillic(text))) : ''
  const spelt = [false, true].map((phonetic) => ({ text: russian, phonetic }))
  const other = countVowels(spelt) > countVowels(inLayout) ? [...spelt, ...inLayout] : [...inLayout, ...spelt]
  return [...(isLatin ? [] : foldedVariants(text)), ...other].filter((spelling) => spelling.text !== '')
}

/** Returns whether a name is exactly the typed one; a text in Latin letters is a name that sounds like it. */
export function matchesName(typed: string): (name: string) => boolean {
  const variants = queryVariants(typed)
  const exact = new Set(variants.flatMap(({ text, phonetic }) => (phonetic ? [] : foldPlaceName(text))))
  const sounds = new Set(variants.flatMap(({ text, phonetic }) => (phonetic ? phoneticKey(text) : [])))
  return (name) => {
    const folded = foldPlaceName(name)
    return exact.has(folded) || (sounds.size > 0 && sounds.has(phoneticKey(folded)))
  }
}

/** With and without types at the ends: a letter after a name may be the start of another word (`Белая х`). */
function foldedVariants(text: string): readonly QueryVariant[] {
  return [...new Set([foldWords(text), foldPlaceName(text)])].map((variant) => ({
    text: variant,
    phonetic: false,
  }))
}

/** The wrong reading of Latin letters gives few vowels. */
function countVowels([spelling]: readonly QueryVariant[]): number {
  return spelling?.text.replace(/[^аеиоуыэюя]/g, '').length ?? 0
}

/**
 * Folded readings of a typed text, most likely first: as typed, in the Russian keyboard layout (`vjcrdf`), transliterated
 * (`moskva`), and the full names of cities whose short name it is, or begins with it (from three letters).
 */
export function expandQuery(text: string): readonly string[] {
  const readings = [foldWords(text), ...queryVariants(text).map((spelling) => spelling.text)]
  const full = [...cityAliases].flatMap(([name, short]) => (short.some(matchesShortName) ? [name] : []))
  return [...new Set([...readings, ...full])].filter((one) => one !== '')

  function matchesShortName(short: string): boolean {
    return readings.some((one) => one === short || (one.length > 2 && short.startsWith(one)))
  }
}
