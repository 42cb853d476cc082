import type { LeadValue, LeadValues } from '../../../lead/values.ts'

/** Replaces a person's value in a text. */
const redactedValue = '…'

/** Values that say nothing about who somebody is. */
const impersonalNames = new Set([
  'region',
  'city',
  'cityKladr',
  'regionId',
  'cityId',
  'purpose',
  'productType',
])

/** Fields of which each word may be quoted alone. */
const properNames = /(?:Name|Place|Street|City|Region)$|^email/

/** Numbers from this one on are amounts of money. Smaller ones are options and counts, as errors name them. */
const leastAmount = 1000

/** Values with fewer letters and digits count as a whole word only. */
const minPartLength = 5

/**
 * Replaces the values of a person in a text that a provider has written. A value is found in any case and with any
 * separators, as a date in other orders, in Latin letters, in percents and with escapes. What may be a phone, an e-mail
 * or an encoded text is replaced whatever the values are.
 */
export function redactValues(text: string, values: LeadValues): string {
  const generic = decode(text)
    .replace(/[^\s@"'<>]+@[\p{L}\p{N}.-]+/gu, redactedValue)
    .replace(/\+?\d(?:[\s()-]*\d){6,}/g, redactedValue)
    .replace(/[\w+/-]{12,}={0,2}/g, (run) => (isEncoded(run) ? redactedValue : run))
  const spellings = Object.entries(values).flatMap(([name, value]) =>
    impersonalNames.has(name) ? [] : spellingsOf(name, value),
  )
  return replaceSpellings(generic, spellings)
}

/** A text as a reader sees it: without percents, and without the escapes of JSON and HTML. */
function decode(text: string): string {
  return text
    .replace(/(?:%[\da-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run)
      } catch {
        // Another encoding, which can hold any text.
        return redactedValue
      }
    })
    .replace(/\\u([\da-f]{4})|&#x([\da-f]{1,4});/gi, (_, escape?: string, reference?: string) =>
      String.fromCharCode(Number.parseInt(escape ?? reference ?? '', 16)),
    )
    .replace(/&#(\d{1,5});/g, (_, code: string) => String.fromCharCode(Number(code)))
}

/** Names and words have no capitals and digits in their middle. */
function isEncoded(run: string): boolean {
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run)
}

function spellingsOf(name: string, value: LeadValue | undefined): readonly string[] {
  if (typeof value === 'number') return value < leastAmount ? [] : [String(value)]
  if (typeof value !== 'string' || value.length < 3) return []
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? []
  if (year) return [value, `${day}.${month}.${year}`]
  const words = value.match(/[\p{L}\p{N}]+/gu) ?? []
  // One word of any other text may be a provider's own.
  const parts = properNames.test(name)
    ? words.filter((word) => word.length > 3)
    : words.slice(1).map((word, index) => `${words[index]} ${word}`)
  return [value, ...parts]
}

/** Russian letters in Latin ones, as far as the usual systems agree; `h`, `y` and `j` are where they do not. */
const latinLetters = new Map(
  'аa бb вv гg дd еe ёe жz зz иi йi кk лl мm нn оo пp рr сs тt уu фf х цts чc шs щsc ъ ыi ь эe юiu яia h yi ji'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(1)] as const),
)

interface Folded {
  /** The letters and digits of a text: small, and Russian ones in Latin. */
  readonly text: string
  /** Where each of them is in the original. */
  readonly places: readonly number[]
}

function fold(text: string): Folded {
  let folded = ''
  const places: number[] = []
  for (const { 0: character, index } of text.matchAll(/[\p{L}\p{N}]/gu)) {
    const lower = character.toLowerCase()
    for (const letter of latinLetters.get(lower) ?? lower) {
      folded += letter
      for (let unit = 0; unit < letter.length; unit += 1) places.push(index)
    }
  }
  return { text: folded, places }
}

function replaceSpellings(text: string, spellings: readonly string[]): string {
  const folded = fold(text)
  const isValue = new Uint8Array(text.length)
  for (const spelling of spellings) {
    const wanted = fold(spelling).text
    const isPart = wanted.length >= minPartLength
    if (wanted === '') continue
    for (let at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + 1)) {
      const from = folded.places[at] ?? 0
      const to = (folded.places[at + wanted.length - 1] ?? from) + 1
      if (isPart || isWholeWord(text, from, to)) isValue.fill(1, from, to)
    }
  }
  return text
    .split('')
    .map((unit, index) => (isValue[index] ? (isValue[index - 1] ? '' : redactedValue) : unit))
    .join('')
    .replace(/…(?:[\s.@_-]*…)+/g, redactedValue)
}

function isWholeWord(text: string, from: number, to: number): boolean {
  return !/[\p{L}\p{N}]$/u.test(text.slice(0, from)) && !/^[\p{L}\p{N}]/u.test(text.slice(to))
}
