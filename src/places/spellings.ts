import { inRussianLayout } from '../fields/keyboard-layout.ts'
import { foldPlace } from './fold-place.ts'
import { foldWords } from './fold-words.ts'
import { fromLatin } from './from-latin.ts'

/** One way to take what was typed. */
export interface Spelling {
  /** Folded words. */
  readonly text: string
  /** Whether it was spelt in Latin letters, so that only its sound is sure. */
  readonly bySound: boolean
}

/**
 * The ways to take what was typed, most likely first: as it stands, or for Latin letters what the same keys give in the
 * Russian layout, and what they spell. Names are short: what follows the 100th character is not read.
 */
export function spellingsOf(typed: string): readonly Spelling[] {
  const text = typed.slice(0, 100)
  const isLatin = /[a-z]/i.test(text)
  // Russian letters stand on the keys of some marks, too: `[` begins Хабаровск.
  const isRussian = !isLatin && /[а-яё]/i.test(text)
  const inLayout = isRussian ? [] : foldings(inRussianLayout(text))
  const russian = isLatin ? foldPlace(fromLatin(text)) : ''
  const spelt = [false, true].map((bySound) => ({ text: russian, bySound }))
  const other = vowels(spelt) > vowels(inLayout) ? [...spelt, ...inLayout] : [...inLayout, ...spelt]
  return [...(isLatin ? [] : foldings(text)), ...other].filter((spelling) => spelling.text !== '')
}

/** While one types, a letter behind a name may yet become a word: `Белая х`. */
function foldings(text: string): readonly Spelling[] {
  return [...new Set([foldWords(text), foldPlace(text)])].map((one) => ({ text: one, bySound: false }))
}

/** The wrong way to take Latin letters gives few vowels. */
function vowels([spelling]: readonly Spelling[]): number {
  return spelling?.text.replace(/[^аеиоуыэюя]/g, '').length ?? 0
}
