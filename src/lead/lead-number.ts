/** Digits and letters that nobody takes for one another when they are read out (Crockford's Base32). */
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The number of a lead for people, `A-7K3F`. It is derived from the random part of the lead's id, so it is the same
 * everywhere and tells nothing of how many leads there are. Two leads may have the same one.
 */
export function formatLeadNumber(id: string): string {
  // 20 bits for four symbols, and a letter before them so that nobody takes it for an amount.
  const random = Number.parseInt(id.replaceAll('-', '').slice(-7), 16)
  if (!Number.isFinite(random)) return ''
  const letters = symbols.slice(10)
  const digits = [0, 1, 2, 3].map((place) => symbols[Math.floor(random / 32 ** place) % 32])
  return `${letters[Math.floor(random / 32 ** 4) % letters.length]}-${digits.join('')}`
}

/** What the ids of the leads of a number have at their ends, in hexadecimal digits. */
export interface LeadNumberEnds {
  /** The last five digits. */
  readonly last: string
  /** The two digits before them: one of these. */
  readonly before: ReadonlySet<string>
}

/** Cyrillic letters that look like a symbol of a number, and letters that are taken for a digit. */
const lookalikes: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: '0',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
  O: '0',
  I: '1',
  L: '1',
}

/** Parses a number that a person has typed, in any spelling; `undefined` if it is none. */
export function parseLeadNumber(text: string): LeadNumberEnds | undefined {
  const typed = text.toUpperCase().replace(/[\s\u2010-\u2015-]/g, '')
  const [letter = '', ...digits] = Array.from(typed).map((symbol) => lookalikes[symbol] ?? symbol)
  const values = digits.map((digit) => symbols.indexOf(digit))
  const letterValue = symbols.slice(10).indexOf(letter)
  if (letterValue < 0 || values.length !== 4 || values.includes(-1)) return undefined
  const low = values.reduce((sum, value, place) => sum + value * 32 ** place, 0)
  const toHex = (value: number, length: number) => value.toString(16).padStart(length, '0')
  const letters = symbols.length - 10
  const before = Array.from({ length: 256 }, (_, value) => value).filter(
    (value) => value % letters === letterValue,
  )
  return { last: toHex(low, 5), before: new Set(before.map((value) => toHex(value, 2))) }
}
