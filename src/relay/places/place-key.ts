import { foldPlace } from '../../places/fold-place.ts'
import { soundOf } from '../../places/sound-of.ts'

/** What a place is found by: its folded name, the sound of it, and either from every later word on; all without spaces. */
export interface PlaceKey {
  readonly key: string
  readonly sound: string
  readonly words: readonly string[]
}

/** The keys of a place's name. */
export function placeKeyOf(name: string): PlaceKey {
  const folded = foldPlace(name)
  const sounded = soundOf(folded)
  return {
    key: together(folded),
    sound: together(sounded),
    words: [...laterWords(folded), ...laterWords(sounded)],
  }
}

/** Words run together, so that spaces cannot be wrong. */
export function together(words: string): string {
  return words.replaceAll(' ', '')
}

function laterWords(text: string): readonly string[] {
  const words = text.split(' ')
  return words.slice(1).map((_, index) => words.slice(index + 1).join(''))
}
