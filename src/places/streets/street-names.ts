import { foldWords } from '../fold-place.ts'
import type { AddressRow } from './street-directory.ts'

/** Types of streets in full, and as KLADR writes them, folded. */
const typeWords: ReadonlyMap<string, string> = new Map([
  ['улица', 'ул'],
  ['переулок', 'пер'],
  ['проспект', 'пр кт'],
  ['площадь', 'пл'],
  ['набережная', 'наб'],
  ['бульвар', 'б р'],
  ['шоссе', 'ш'],
  ['микрорайон', 'мкр'],
  ['квартал', 'кв л'],
  ['тупик', 'туп'],
  ['территория', 'тер'],
])

const shortTypes = new Set(typeWords.values())

/** The text of a street with its type, as people write it: `ул. Ленина`, `пр-кт Мира`. The name of a house is its text. */
export function addressText({ name, type = '' }: AddressRow): string {
  const short = type.replace(/\.$/, '')
  return [shortTypes.has(short.toLowerCase()) ? `${short}.` : short, name].filter(Boolean).join(' ')
}

/** Folds the name of a street. A type in full is a short one. One word is a name, whatever it means. */
export function foldStreet(text: string): string {
  const words = foldWords(text).split(' ')
  return words.length > 1 ? words.map((word) => typeWords.get(word) ?? word).join(' ') : words.join()
}

/** Folds the number of a house: `д. 12, корп. 2` is `12к2`, and `12 строение 1` is `12с1`. */
export function foldHouseNumber(text: string): string {
  return (
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .replace(/^\s*(?:дом|д(?=[\s.]))/, '')
      .replace(/корпус|корп|кор(?=[\s.\d])/, 'к')
      .replace(/строение|стр/, 'с')
      // Two numbers stay two: `1 2` is not 12.
      .replace(/(\d)[^\p{L}\p{N}/-]+(?=\d)/gu, '$1|')
      .replace(/[^\p{L}\p{N}|/-]/gu, '')
  )
}

/** The only row that a text names exactly, with or without its type. */
export function findExactRow(rows: readonly AddressRow[], text: string): AddressRow | undefined {
  const [found, ...more] = rows.filter(({ name, type }) =>
    type === undefined
      ? foldHouseNumber(name) === foldHouseNumber(text)
      : [name, `${type} ${name}`, `${name} ${type}`].some(
          (spelling) => foldStreet(spelling) === foldStreet(text),
        ),
  )
  return more.length > 0 ? undefined : found
}

/** Whether the name of a house ends with this housing: `12к2` with `2` or `корп. 2`. */
export function namesHousing({ name }: AddressRow, housing: string): boolean {
  const own = /^\d[^кс]*к(.+)$/.exec(foldHouseNumber(name))?.[1]
  return own !== undefined && foldHouseNumber(housing).replace(/^к/, '') === own
}
