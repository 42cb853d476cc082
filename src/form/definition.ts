import {
  array,
  boolean,
  check,
  type GenericSchema,
  getDotPath,
  integer,
  lazy,
  maxValue,
  minLength,
  minValue,
  nonEmpty,
  number,
  object,
  optional,
  picklist,
  pipe,
  safeParse,
  strictObject,
  string,
  transform,
  union,
} from 'valibot'
import { type FieldName, fieldNameOf, fields, isFieldName } from '../fields/fields.ts'
import type { Condition } from './condition.ts'

/** A field as a definition asks for it. */
export interface FieldRequest {
  readonly name: FieldName
  readonly label?: string | undefined
  readonly hint?: string | undefined
  readonly placeholder?: string | undefined
  /** True unless said otherwise. */
  readonly required?: boolean | undefined
  /** Limits of money (roubles) and terms (days), both inclusive. */
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly when?: Condition | undefined
}

/** One screen of the form. */
export interface StepDefinition {
  readonly id: string
  readonly title: string
  readonly fields: readonly FieldRequest[]
  readonly when?: Condition | undefined
}

/** Who processes the data, as the law wants it shown. */
export interface Operator {
  readonly name: string
  readonly address?: string | undefined
  readonly withdrawalContact?: string | undefined
}

/** A consent to ask for, with its own box and its own immutable document. */
export interface ConsentDefinition {
  /** `processing`, `transfer`, `advertising`, or the author's own. */
  readonly id: string
  readonly required: boolean
  readonly documentUrl: string
  readonly version: string
  /** The sentence beside the box; the language's own sentence for the known ids when absent. */
  readonly text?: string | undefined
}

/** What is asked, in which order, and under which documents. */
export interface FormDefinition {
  readonly id: string
  readonly title?: string | undefined
  readonly steps: readonly StepDefinition[]
  readonly operator: Operator
  readonly policyUrl: string
  readonly consents: readonly ConsentDefinition[]
  /** Whole years on the day of the application; 18 unless given. */
  readonly minimumAge?: number | undefined
  readonly maximumAge?: number | undefined
  /** What an outdated passport is: a remark (the default) or an error. */
  readonly passportExpiry?: 'warn' | 'error' | undefined
}

/** The part of a definition that a preset holds: the questions, without documents. */
export type Preset = Pick<FormDefinition, 'id' | 'title' | 'steps'>

const value = union([string(), number(), boolean()])
const subject = pipe(
  string(),
  check(
    (asked) => isFieldName(fieldNameOf(asked)),
    (issue) => `the name of a field or of a part of one; got "${String(issue.input)}"`,
  ),
)
const condition: GenericSchema<unknown, Condition> = lazy(() =>
  union(
    [
      strictObject({ field: subject, equals: value }),
      strictObject({ field: subject, oneOf: array(value) }),
      strictObject({ field: subject, atLeast: number() }),
      strictObject({ field: subject, atMost: number() }),
      strictObject({ field: subject, filled: boolean() }),
      strictObject({ all: array(condition) }),
      strictObject({ any: array(condition) }),
      strictObject({ not: condition }),
    ],
    'a condition: { field, equals | oneOf | atLeast | atMost | filled } or { all | any | not }',
  ),
)

const name = pipe(
  string(),
  check(
    isFieldName,
    (issue) => `a field's name, one of ${Object.keys(fields).join(', ')}; got "${String(issue.input)}"`,
  ),
  transform((text): FieldName => (isFieldName(text) ? text : 'phone')),
)
const field = strictObject({
  name,
  label: optional(string()),
  hint: optional(string()),
  placeholder: optional(string()),
  required: optional(boolean()),
  minimum: optional(number()),
  maximum: optional(number()),
  when: optional(condition),
})
const nameOnly = pipe(
  name,
  transform((only) => ({ name: only })),
)
// Not a union, which would not tell what is wrong with the one that was meant.
const request: GenericSchema<unknown, FieldRequest> = lazy((input) =>
  typeof input === 'string' ? nameOnly : field,
)

const text = pipe(string(), nonEmpty('a text that is not empty'))
const url = pipe(
  text,
  check((address) => /^https?:/i.test(address) && URL.canParse(address), 'an absolute address, https://…'),
)
const wholeYears = 'whole years, 0–150'
const age = pipe(number(), integer(wholeYears), minValue(0, wholeYears), maxValue(150, wholeYears))

const schema: GenericSchema<unknown, FormDefinition> = object({
  id: text,
  title: optional(string()),
  steps: pipe(
    array(strictObject({ id: text, title: text, fields: array(request), when: optional(condition) })),
    minLength(1, 'at least one step'),
  ),
  operator: object({ name: text, address: optional(string()), withdrawalContact: optional(string()) }),
  policyUrl: url,
  consents: pipe(
    array(
      strictObject({
        id: text,
        required: boolean(),
        documentUrl: url,
        version: text,
        text: optional(text),
      }),
    ),
    minLength(1, 'at least the consent "processing": without it personal data may not be taken'),
  ),
  minimumAge: optional(age),
  maximumAge: optional(age),
  passportExpiry: optional(picklist(['warn', 'error'])),
})

/** Reads a definition; every problem names its path and what was expected. */
export function parseDefinition(
  candidate: unknown,
): { readonly definition: FormDefinition } | { readonly problems: readonly string[] } {
  const result = safeParse(schema, candidate)
  if (result.success) return { definition: result.output }
  return { problems: result.issues.map((issue) => `${getDotPath(issue) ?? '(root)'}: ${issue.message}`) }
}
