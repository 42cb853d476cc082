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

/** The ways to take what was typed, most likely first: as it stands, in the Russian layout, from Latin letters. */
export function spellingsOf(text: string): readonly Spelling[] {
  const latin = /[a-z]/i.test(text)
  const inLayout = latin || !/[а-яё]/i.test(text) ? [inRussianLayout(text)] : []
  const sure = [text, ...inLayout].flatMap((one) => [foldWords(one), foldPlace(one)])
  const texts = [...new Set(sure)].filter((one) => one !== '')
  return [
    ...texts.map((one) => ({ text: one, bySound: false })),
    ...(latin ? [{ text: foldPlace(fromLatin(text)), bySound: true }] : []),
  ]
}
