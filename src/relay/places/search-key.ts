import { foldPlaceName } from '../../places/fold-place.ts'
import { phoneticKey } from '../../places/transliteration.ts'

/** What a place is found by: its folded name, the sound of it, and either from every later word on; all without spaces. */
export interface SearchKey {
  readonly key: string
  readonly sound: string
  readonly words: readonly string[]
}

/** The keys of a place's name. */
export function toSearchKey(name: string): SearchKey {
  const folded = foldPlaceName(name)
  const sounded = phoneticKey(folded)
  return {
    key: removeSpaces(folded),
    sound: removeSpaces(sounded),
    words: [...laterWords(folded), ...laterWords(sounded)],
  }
}

/** Words run together, so that spaces cannot be wrong. */
export function removeSpaces(words: string): string {
  return words.replaceAll(' ', '')
}

function laterWords(text: string): readonly string[] {
  const words = text.split(' ')
  return words.slice(1).map((_, index) => words.slice(index + 1).join(''))
}
