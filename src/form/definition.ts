import {
  array,
  boolean,
  check,
  type GenericSchema,
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
import { definitionNameOf, composites, type CompositeName, isCompositeName } from '../fields/composites.ts'
import { checkValue } from '../fields/field-kind.ts'
import { type FieldName, fieldNameOf, fieldOf, fields, isFieldName } from '../fields/fields.ts'
import type { Condition } from './condition.ts'
import { crossCheckDefinition } from './cross-checks.ts'
import { formatIssues, didYouMean } from './format-issues.ts'

/** One option of a choice. */
export interface FieldOption {
  readonly value: string | number
  readonly label: string
}

/** A field in a definition. */
export interface FieldDefinition {
  readonly name: FieldName | CompositeName
  readonly label?: string | undefined
  readonly hint?: string | undefined
  readonly placeholder?: string | undefined
  /** True by default. */
  readonly required?: boolean | undefined
  /** Limits of money (roubles) and terms (days), both inclusive. */
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  /** The options of a choice, in place of its own: other labels, another order, fewer options. */
  readonly options?: readonly FieldOption[] | undefined
  readonly when?: Condition | undefined
}

/** One screen of the form. */
export interface StepDefinition {
  readonly id: string
  readonly title: string
  readonly fields: readonly FieldDefinition[]
  readonly when?: Condition | undefined
}

/** Who processes the data, as the law requires it to be shown. */
export interface Operator {
  readonly name: string
  readonly address?: string | undefined
  readonly withdrawalContact?: string | undefined
}

/** A consent, with its own checkbox and its own immutable document. */
export interface ConsentDefinition {
  /** `processing`, `transfer`, `advertising`, or the author's own. */
  readonly id: string
  readonly required: boolean
  readonly documentUrl: string
  readonly version: string
  /** The sentence beside the checkbox; by default the locale's sentence for a known id. */
  readonly text?: string | undefined
}

/** What a form asks, in which order, and under which documents. */
export interface FormDefinition {
  readonly id: string
  readonly title?: string | undefined
  readonly steps: readonly StepDefinition[]
  readonly operator: Operator
  readonly policyUrl: string
  readonly consents: readonly ConsentDefinition[]
  /** Whole years on the day of the application; 18 by default. */
  readonly minimumAge?: number | undefined
  readonly maximumAge?: number | undefined
  /** Whether an expired passport is a warning (the default) or an error. */
  readonly passportExpiry?: 'warn' | 'error' | undefined
}

/** A definition without documents. */
export type Preset = Pick<FormDefinition, 'id' | 'title' | 'steps'>

const value = union([string(), number(), boolean()])
const subject = pipe(
  string(),
  check(
    (field) => isCompositeName(field) || isFieldName(fieldNameOf(field)),
    ({ input }) =>
      `the name of a field or of a part of one${didYouMean(input, Object.keys({ ...fields, ...composites }))}`,
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

/** Its characters are safe in templates, names of inputs and attributes. */
const customName =
  'the name of a custom field: "custom." and then Latin letters, digits and underscores, as in "custom.f_7"'

const isAskable = (candidate: string): candidate is FieldName | CompositeName =>
  isCompositeName(candidate) || (isFieldName(candidate) && fieldOf(candidate).kind.control !== 'hidden')
const askable = Object.keys({ ...fields, ...composites }).filter(isAskable)

/** Suggests what to use in place of a wrong name: the field that it is a part of, the closest name, or the full list. */
function suggestAskableName(candidate: string): string {
  const whole = definitionNameOf(candidate)
  return whole !== candidate && isAskable(whole)
    ? `; did you mean "${whole}", of which this is a part?`
    : didYouMean(candidate, askable, `, one of ${askable.join(', ')}`)
}

const name = pipe(
  string(),
  check(isAskable, ({ input }) =>
    /^custom\b/i.test(input) ? customName : `a field's name${suggestAskableName(input)}`,
  ),
  transform((text): FieldName | CompositeName => (isAskable(text) ? text : 'phone')),
)
const fieldEntries = strictObject({
  name,
  label: optional(string()),
  hint: optional(string()),
  placeholder: optional(string()),
  required: optional(boolean()),
  minimum: optional(number()),
  maximum: optional(number()),
  options: optional(array(strictObject({ value: union([string(), number()]), label: string() }))),
  when: optional(condition),
})
const field = pipe(
  fieldEntries,
  check(
    ({ name: fieldName, options = [] }) => options.every((option) => acceptsOption(fieldName, option.value)),
    ({ input }) => `options with values that the field "${input.name}" accepts`,
  ),
)
const nameOnly = pipe(
  name,
  transform((only) => ({ name: only })),
)
// Not a union: its message would not say what is wrong inside the object.
const fieldDefinition: GenericSchema<unknown, FieldDefinition> = lazy((input) =>
  typeof input === 'string' ? nameOnly : field,
)

/** Options must be valid values of the field. A custom field accepts any. */
function acceptsOption(field: FieldDefinition['name'], option: string | number): boolean {
  if (isCompositeName(field) || field.startsWith('custom.')) return true
  return 'value' in checkValue(fieldOf(field).kind, option)
}

const text = pipe(string(), nonEmpty('a text that is not empty'))
const url = pipe(text, check(isHttpUrl, 'an absolute address without a user name or a password, https://…'))

function isHttpUrl(address: string): boolean {
  // Not `URL.canParse`: browsers before 2023 lack it, and this also checks definitions that are in the page.
  try {
    const { protocol, username, password } = new URL(address)
    return /^https?:$/.test(protocol) && username === '' && password === ''
  } catch {
    return false
  }
}

const wholeYears = 'whole years, 0–150'
const age = pipe(number(), integer(wholeYears), minValue(0, wholeYears), maxValue(150, wholeYears))

const schema: GenericSchema<unknown, FormDefinition> = object({
  id: text,
  title: optional(string()),
  steps: pipe(
    array(strictObject({ id: text, title: text, fields: array(fieldDefinition), when: optional(condition) })),
    minLength(1, 'at least one step'),
  ),
  operator: object({ name: text, address: optional(string()), withdrawalContact: optional(string()) }),
  policyUrl: url,
  consents: array(
    strictObject({
      id: text,
      required: boolean(),
      documentUrl: url,
      version: text,
      text: optional(text),
    }),
  ),
  minimumAge: optional(age),
  maximumAge: optional(age),
  passportExpiry: optional(picklist(['warn', 'error'])),
})

/** Parses a definition. A problem names the path and what was expected, never the value that is there. */
export function parseDefinition(
  candidate: unknown,
): { readonly definition: FormDefinition } | { readonly problems: readonly string[] } {
  const result = safeParse(schema, candidate)
  const conflicts = crossCheckDefinition(candidate)
  if (result.success && conflicts.length === 0) return { definition: result.output }
  const problems = result.success ? [] : formatIssues(schema, result.issues)
  return { problems: [...problems, ...conflicts] }
}

/** The field of this name in a definition; `undefined` if there is none, or only a composite that contains it. */
export function findFieldDefinition(
  { steps }: Pick<FormDefinition, 'steps'>,
  name: string,
): FieldDefinition | undefined {
  return steps.flatMap(({ fields }) => fields).find((request) => request.name === name)
}
