import { leadNumberSymbols } from '../../../lead/lead-number.ts'

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

/** Parses a number that a person has typed, in any spelling; `undefined` if it is not a number of a lead. */
export function parseLeadNumber(text: string): LeadNumberEnds | undefined {
  const typed = text.toUpperCase().replace(/[\s\u2010-\u2015-]/g, '')
  const [letter = '', ...digits] = Array.from(typed).map((symbol) => lookalikes[symbol] ?? symbol)
  const values = digits.map((digit) => leadNumberSymbols.indexOf(digit))
  const letterValue = leadNumberSymbols.slice(10).indexOf(letter)
  if (letterValue < 0 || values.length !== 4 || values.includes(-1)) return undefined
  const low = values.reduce((sum, value, place) => sum + value * 32 ** place, 0)
  const toDigits = (value: number, length: number) => value.toString(16).padStart(length, '0')
  const letters = leadNumberSymbols.length - 10
  const before = Array.from({ length: 256 }, (_, value) => value).filter(
    (value) => value % letters === letterValue,
  )
  return { last: toDigits(low, 5), before: new Set(before.map((value) => toDigits(value, 2))) }
}
