import { isStreetType } from './street-types.ts'

/** The endings of numbers: `1-я`, `9-го`, `2ой`. */
const endings = 'я|й|е|ая|ый|ий|ой|ое|ого|го|ти|х|ю|ую'
const endingWord = new RegExp(`^(?:${endings})$`)
const numberWithEnding = new RegExp(`^(\\d+)(?:${endings})$`)

/**
 * Folds the name of a street, or what was typed for it, to words: lower case, without ё, accents, dots and the endings of
 * numbers. `1-я Советская` is `1`, `советская`. An abbreviated type with a hyphen is one word: `пр-т` is `прт`.
 */
export function foldStreetWords(text: string): readonly string[] {
  const lower = text.normalize('NFC').toLowerCase().replaceAll('ё', 'е')
  // The fast path for nearly all names: a directory has a million of them.
  if (/^[а-я]+(?: [а-я]+)*$/.test(lower)) return lower.split(' ')
  const tokens = lower
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll(/\p{Pd}/gu, '-')
    .match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu)
  const words = (tokens ?? []).flatMap((token) => {
    const joined = token.replaceAll('-', '')
    return joined !== token && isStreetType(joined) ? [joined] : token.split('-')
  })
  return words
    .filter((word, index) => !(endingWord.test(word) && /^\d+$/.test(words[index - 1] ?? '')))
    .map((word) => word.replace(numberWithEnding, '$1'))
}

/** The text by which a street is found: its folded words, with a space before each of them and at the end. */
export function toStreetKey(name: string): string {
  return ` ${foldStreetWords(name).join(' ')} `
}
