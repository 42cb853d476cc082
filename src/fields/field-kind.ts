import type { Mask } from './mask/mask.ts'
import type { CheckResult } from './text/checks.ts'

/** HTML attributes that choose the keyboard and control the browser's autofill. */
export interface InputAttributes {
  /** Never `email`: an input of that type has no selection API and changes what is typed. */
  readonly type?: 'text' | 'tel'
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'email'
  readonly autoComplete?: string
  readonly autoCapitalize?: 'none' | 'words' | 'sentences'
  readonly spellCheck?: boolean
}

/**
 * One kind of field: how it is typed, parsed and formatted. Kinds are pure and know neither the date nor the form; rules
 * that need those are in `form/`.
 */
export interface FieldKind<Value> {
  readonly control: 'text' | 'lines' | 'choice' | 'flag' | 'place' | 'hidden'
  readonly attributes: InputAttributes
  readonly mask?: Mask
  /** The options of a choice, in order. */
  readonly options?: readonly (string | number)[]
  /** Checks a canonical value. Never throws. */
  check(candidate: unknown): CheckResult<Value>
  /** Converts a text from any source to a candidate for the check. Never throws. */
  normalise(text: string): unknown
  /** What the text probably means. It is offered, never applied without the person's consent. */
  suggest?(text: string): string | undefined
  /** A canonical value as a person would write it. `normalise` reverses this. */
  format(value: Value): string
}

/** Result of parsing a text: its canonical value, or why it is refused; `undefined` for an empty text. */
export type ParseResult<Value> = CheckResult<Value> | undefined

/** Parses a text by the rules of a kind. */
export function parseText<Value>(kind: FieldKind<Value>, text: string): ParseResult<Value> {
  if (text.trim() === '' || kind.mask?.digits(text) === '') {
    // A prefix alone ("+7 ") is empty. Letters in a field of digits are not.
    if (!/\p{L}/u.test(text)) return undefined
  }
  return kind.check(kind.normalise(text))
}
