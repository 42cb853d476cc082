import { foldPlaceName } from '../../places/fold-place.ts'
import { phoneticKey } from '../../places/transliteration.ts'

/**
 * The texts by which a place is found: its folded name, the phonetic key of the name, and both again from each later word
 * on. All without spaces.
 */
export interface SearchKey {
  readonly key: string
  readonly sound: string
  readonly words: readonly string[]
}

/** Computes the search key of a place's name. */
export function toSearchKey(name: string): SearchKey {
  const folded = foldPlaceName(name)
  const sounded = phoneticKey(folded)
  return {
    key: removeSpaces(folded),
    sound: removeSpaces(sounded),
    words: [...laterWords(folded), ...laterWords(sounded)],
  }
}

/** Removes spaces, so that a search does not depend on them. */
export function removeSpaces(words: string): string {
  return words.replaceAll(' ', '')
}

function laterWords(text: string): readonly string[] {
  const words = text.split(' ')
  return words.slice(1).map((_, index) => words.slice(index + 1).join(''))
}
