import type { CheckResult } from './text/checks.ts'

/** HTML attributes that help the right keyboard and the browser's autofill; names as in HTML. */
export interface InputAttributes {
  /** Never `email`: such an input has no selection, and rewrites what is typed. */
  readonly type?: 'text' | 'tel'
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'email'
  readonly autoComplete?: string
  readonly autoCapitalize?: 'none' | 'words' | 'sentences'
  readonly spellCheck?: boolean
}

/** Keeps what is typed in shape: text is reduced to its significant digits, which are shown in a pattern. */
export interface Mask {
  /** How many digits there can be. */
  readonly maxDigits: number
  /** The digits of a text that is being typed; anything else in it is dropped. */
  digits(text: string): string
  /** The digits of a whole value that was pasted, filled in or set; `undefined` if the text is not one. */
  parse(text: string): string | undefined
  /** What its digits would not tell right; a text that has it is left as it came. */
  readonly ambiguous?: RegExp
  /** Digits as they are shown; for none, what always stands before the first. */
  format(digits: string): string
}

/**
 * One kind of field: how it is typed, read and written. A kind is pure and knows neither the day nor the form;
 * rules that need them stand in `form/`.
 */
export interface FieldKind<Value> {
  readonly control: 'text' | 'lines' | 'choice' | 'flag' | 'place' | 'hidden'
  readonly attributes: InputAttributes
  readonly mask?: Mask
  /** What a choice can be made from, in order. */
  readonly options?: readonly (string | number)[]
  /** Accepts canonical values only. Never throws. */
  check(candidate: unknown): CheckResult<Value>
  /** Text of any origin to a candidate for the check. Never throws. */
  normalise(text: string): unknown
  /** What the text was probably meant to be, to be offered and never put in by itself. */
  suggest?(text: string): string | undefined
  /** A canonical value as a person would write it; `normalise` reads it back. */
  format(value: Value): string
}

/** What a text came to: a canonical value, or the reason why not. An empty text is `undefined`. */
export type ParseResult<Value> = CheckResult<Value> | undefined

/** Reads a text by a kind's rules. */
export function parseText<Value>(kind: FieldKind<Value>, text: string): ParseResult<Value> {
  if (text.trim() === '' || kind.mask?.digits(text) === '') {
    // A lone prefix such as "+7 " is empty; letters in a field for digits are not.
    if (!/\p{L}/u.test(text)) return undefined
  }
  return kind.check(kind.normalise(text))
}
