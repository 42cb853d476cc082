/** One entry of a row of DOMA.DBF, which lists houses that share a code: `1,3к1,Н(5-31)`. */
export type HouseEntry =
  /** A house by its name. */
  | { readonly kind: 'house'; readonly name: string }
  /** All numbers from the first to the last, or every second one. */
  | { readonly kind: 'range'; readonly first: number; readonly last: number; readonly step: 1 | 2 }
  /** Not certain to be either: it is no house, and never expanded. */
  | { readonly kind: 'other'; readonly text: string }

const rangePattern = /^([1-9]\d{0,3})-([1-9]\d{0,3})$/
/** `Н` and `Ч` stand for odd and even. Some files have the Latin letter. */
const sidePattern = /^([НнHhЧч])\s*\(\s*([1-9]\d{0,3})\s*-\s*([1-9]\d{0,3})\s*\)$/
/** `12`, `3к1`, `12/14`, `двлд7`, `влд3стр2`, `литА`: something with a number, or a letter with its kind. */
const housePattern = /^(?=.*\d|лит)[\p{L}\d](?:[\p{L}\d /\\._№-]*[\p{L}\d])?$/iu

/** Reads the entries of a row. What is not certain to be read right is kept as a text. */
export function parseHouseList(names: string): readonly HouseEntry[] {
  return splitEntries(names).map((text): HouseEntry => {
    const side = sidePattern.exec(text)
    if (side) {
      const [, letter = '', from, to] = side
      return createRange(text, Number(from), Number(to), /[Чч]/.test(letter) ? 'even' : 'odd')
    }
    const [, from, to] = rangePattern.exec(text) ?? []
    if (from !== undefined) return createRange(text, Number(from), Number(to), 'all')
    // A range that cannot be read is no house, either.
    return housePattern.test(text) && !/\d.*-.*\d/.test(text)
      ? { kind: 'house', name: text }
      : { kind: 'other', text }
  })
}

function createRange(text: string, from: number, to: number, numbers: 'all' | 'even' | 'odd'): HouseEntry {
  if (from > to) return { kind: 'other', text }
  if (numbers === 'all') return { kind: 'range', first: from, last: to, step: 1 }
  const parity = numbers === 'odd' ? 1 : 0
  const first = from % 2 === parity ? from : from + 1
  return first > to ? { kind: 'other', text } : { kind: 'range', first, last: to, step: 2 }
}

/** Splits at the commas that are not in brackets. */
function splitEntries(names: string): readonly string[] {
  const entries: string[] = []
  let [depth, start] = [0, 0]
  for (let at = 0; at <= names.length; at += 1) {
    const letter = names[at]
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter !== undefined && (letter !== ',' || depth > 0)) continue
    entries.push(names.slice(start, at).trim())
    start = at + 1
  }
  return entries.filter((entry) => entry !== '')
}

/** Latin letters that mean the same letter of a house, by their look and by their key or sound. */
const lookalikes = new Map(Array.from('acekmotx', (letter, index) => [letter, 'асекмотх'.charAt(index)]))

/** Words for the parts of a house, and how KLADR abbreviates them. In this order. */
const parts: readonly (readonly [pattern: RegExp, short: string])[] = [
  [/корпус|корп/g, 'к'],
  [/домовладение|домовлад|дв(?=\d)/g, 'двлд'],
  [/владение|влад|вл(?=\d)/g, 'влд'],
  [/строение|строен|с(?=\d)/g, 'стр'],
  [/литера|литер/g, 'лит'],
]

/** Folds the name of a house, or what was typed for it: `12 корп. 2` and `12К2` are the same. */
export function foldHouse(text: string): string {
  const lower = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[a-z]/g, (letter) => lookalikes.get(letter) ?? letter)
    .replaceAll(/\p{Pd}/gu, '-')
    // Two numbers stay two: `1.2` is not 12.
    .replaceAll(/(\d)[\s.,№_]+(?=\d)/g, '$1|')
    .replaceAll(/[\s.,№_]/g, '')
    .replaceAll('\\', '/')
  return parts
    .reduce((folded, [pattern, short]) => folded.replaceAll(pattern, short), lower)
    .replace(/^(?:дом|д)(?=\d)/, '')
    .replaceAll(/(\d)-(?=[а-я])/g, '$1')
}

/**
 * The numbers of a range that begin with the typed digits, in ascending order; at most `limit` of them. Only they are
 * counted out, however long the range is.
 */
export function listRange(
  { first, last, step }: Extract<HouseEntry, { kind: 'range' }>,
  digits: string,
  limit: number,
): readonly number[] {
  if (digits !== '' && !/^[1-9]\d{0,3}$/.test(digits)) return []
  const found: number[] = []
  const windows =
    digits === ''
      ? [[first, last] as const]
      : [1, 10, 100, 1000].map((size) => [Number(digits) * size, (Number(digits) + 1) * size - 1] as const)
  for (const [from, to] of windows) {
    const start = Math.max(from, first)
    for (let number = start + ((start - first) % step); number <= Math.min(to, last); number += step) {
      if (found.length === limit) return found
      found.push(number)
    }
  }
  return found
}
