import { type GenericSchema, safeParse } from 'valibot'
import type { IssueCode } from '../lead/issue.ts'
import type { Mask } from './mask/mask.ts'

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
  /** The most characters of a text. */
  readonly maxLength?: number
  /** The options of a choice, in order. */
  readonly options?: readonly (string | number)[]
  /** Accepts canonical values. The messages of its rules are issue codes. */
  readonly schema: GenericSchema<unknown, Value>
  /** Converts a text from any source to a candidate for the schema. Never throws. */
  normalize(text: string): unknown
  /** A canonical value as a person would write it. `normalize` reverses this. */
  format(value: Value): string
}

/** Result of a check: the canonical value, or why the candidate is refused. */
export type CheckResult<Value> = { readonly value: Value } | { readonly code: IssueCode }

/** Checks a canonical value by the schema of a kind. The first rule that it breaks gives the code. */
export function checkValue<Value>(
  { schema }: Pick<FieldKind<Value>, 'schema'>,
  candidate: unknown,
): CheckResult<Value> {
  const result = safeParse(schema, candidate, { abortEarly: true })
  if (result.success) return { value: result.output }
  const [{ message }] = result.issues
  if (isCode(message)) return { code: message }
  throw new TypeError('checkValue: expected every rule of the schema to have an issue code as its message')
}

/**
 * Whether a message is ours: valibot's own messages are sentences. That every code of a schema is a known one is left to
 * tests, so that forms need no list of the codes beside their texts.
 */
function isCode(message: string): message is IssueCode {
  return /^[a-z\d-]+$/.test(message)
}

/** Result of parsing a text: its canonical value, or why it is refused; `undefined` for an empty text. */
export type ParseResult<Value> = CheckResult<Value> | undefined

/** Parses a text by the rules of a kind. */
export function parseText<Value>(kind: FieldKind<Value>, text: string): ParseResult<Value> {
  if (text.trim() === '' || kind.mask?.digits(text) === '') {
    // A prefix alone ("+7 ") is empty. Letters in a field of digits are not.
    if (!/\p{L}/u.test(text)) return undefined
  }
  return checkValue(kind, kind.normalize(text))
}
