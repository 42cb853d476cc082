import {
  array,
  boolean,
  check,
  type GenericSchema,
  guard,
  type InferOutput,
  integer,
  lazy,
  maxLength,
  maxValue,
  minValue,
  nonEmpty,
  number,
  optional,
  picklist,
  pipe,
  record,
  safeParse,
  strictObject,
  string,
  transform,
  union,
} from 'valibot'
import { definitionNameOf, composites, type CompositeName, isCompositeName } from '../fields/composites.ts'
import { checkValue } from '../fields/field-kind.ts'
import { type FieldName, fieldNameOf, fieldOf, fields, isFieldName } from '../fields/fields.ts'
import type { DeepReadonly } from '../lead/deep-readonly.ts'
import { isHttpUrl } from '../lead/links/http-url.ts'
import { receivers } from '../lead/receiver.ts'
import { afterSchemas, nonEmptyText as text } from './after-outcome.ts'
import type { Condition } from './condition.ts'
import { crossCheckDefinition } from './cross-checks.ts'
import { formatIssues, didYouMean } from './format-issues.ts'

const { textWithoutRate } = afterSchemas
const value = union([string(), number(), boolean()])
const subject = pipe(
  string(),
  check(
    (field) => isCompositeName(field) || isFieldName(fieldNameOf(field)),
    ({ input }) =>
      `the name of a field or of a part of one${didYouMean(input, Object.keys({ ...fields, ...composites }))}`,
  ),
)
const innerCondition: GenericSchema<unknown, Condition> = lazy(() => condition)
const condition = union(
  [
    strictObject({ field: subject, equals: value }),
    strictObject({ field: subject, oneOf: array(value) }),
    strictObject({ field: subject, atLeast: number() }),
    strictObject({ field: subject, atMost: number() }),
    strictObject({ field: subject, filled: boolean() }),
    strictObject({ all: array(innerCondition) }),
    strictObject({ any: array(innerCondition) }),
    strictObject({ not: innerCondition }),
  ],
  'a condition: { field, equals | oneOf | atLeast | atMost | filled } or { all | any | not }',
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
  guard(isAskable, ({ input }) =>
    /^custom\b/i.test(input) ? customName : `a field's name${suggestAskableName(input)}`,
  ),
)

const fieldOption = strictObject({ value: union([string(), number()]), label: string() })

/** One option of a choice. */
export type FieldOption = DeepReadonly<InferOutput<typeof fieldOption>>

const fewPresets = '1 to 6 values'

const fieldEntries = strictObject({
  name,
  label: optional(textWithoutRate),
  hint: optional(textWithoutRate),
  placeholder: optional(textWithoutRate),
  /** True by default. */
  required: optional(boolean()),
  /** Limits of money (roubles) and terms (days), both inclusive. The maximum of a text is its number of characters. */
  minimum: optional(number()),
  maximum: optional(number()),
  /** How money or a term is entered: by an input, or by an input and a slider. */
  control: optional(picklist(['slider'])),
  /** Values that a button beside the slider enters. */
  presets: optional(
    pipe(array(pipe(number(), integer('a whole number'))), nonEmpty(fewPresets), maxLength(6, fewPresets)),
  ),
  /** The options of a choice, in place of its own: other labels, another order, fewer options. */
  options: optional(array(fieldOption)),
  when: optional(condition),
})

/** A field in a definition. */
export type FieldDefinition = DeepReadonly<InferOutput<typeof fieldEntries>>

const field = pipe(
  fieldEntries,
  check(
    ({ name: fieldName, options = [] }) => options.every((option) => acceptsOption(fieldName, option.value)),
    ({ input }) => `options with values that the field "${input.name}" accepts`,
  ),
  check(
    (settings) => findSliderProblem(settings) === undefined,
    ({ input }) => findSliderProblem(input) ?? '',
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

/** What keeps a field from having a slider. */
function findSliderProblem({ name: fieldName, control, presets, ...limits }: FieldDefinition) {
  const { minimum = 0, maximum = 0 } = limits
  if (control === undefined) return presets && 'the key "control": "slider" beside "presets"'
  const kind = isFieldName(fieldName) ? fieldOf(fieldName).kind : undefined
  if (kind !== fields.amount.kind && kind !== fields.termDays.kind)
    return '"control": "slider" only for money or a term, such as "amount" and "termDays"'
  const hasRange = [minimum, maximum].every(Number.isInteger) && minimum > 0 && minimum < maximum
  if (!hasRange)
    return 'a slider with "minimum" and "maximum": whole numbers above 0, the minimum below the maximum'
  return presets?.every((preset) => preset >= minimum && preset <= maximum) === false
    ? `presets from ${minimum} to ${maximum}, the limits of the field`
    : undefined
}

/** Options must be valid values of the field. A custom field accepts any. */
function acceptsOption(field: FieldDefinition['name'], option: string | number): boolean {
  if (isCompositeName(field) || field.startsWith('custom.')) return true
  return 'value' in checkValue(fieldOf(field).kind, option)
}

const url = pipe(text, check(isHttpUrl, 'an absolute address without a user name or a password, https://…'))

const wholeYears = 'whole years, 0–150'
const age = pipe(number(), integer(wholeYears), minValue(0, wholeYears), maxValue(150, wholeYears))

const step = strictObject({
  id: text,
  title: pipe(text, textWithoutRate),
  /** What a step is beside its fields: a calculator also shows what the loan costs, a review the answers of the others. */
  kind: optional(picklist(['calculator', 'review'])),
  fields: optional(array(fieldDefinition), []),
  when: optional(condition),
})

/** One screen of the form. */
export type StepDefinition = DeepReadonly<InferOutput<typeof step>>

const operator = strictObject({
  name: text,
  address: optional(string()),
  withdrawalContact: optional(string()),
})

/** Who processes the data, as the law requires it to be shown. */
export type Operator = DeepReadonly<InferOutput<typeof operator>>

const consent = strictObject({
  /** `processing`, `transfer`, `advertising`, or the author's own. */
  id: text,
  required: boolean(),
  documentUrl: url,
  version: text,
  /** The sentence beside the checkbox; by default the locale's sentence for a known id. */
  text: optional(text),
})

/** A consent, with its own checkbox and its own immutable document. */
export type ConsentDefinition = DeepReadonly<InferOutput<typeof consent>>

const rateExpected = 'per cent a day, 0 to 100, with at most 4 digits after the point'
const freeExpected = 'whole days, 0 to 3650'

const loan = pipe(
  strictObject({
    /** Per cent a day. */
    ratePerDay: pipe(
      number(),
      check((rate) => /^(?:100|\d{1,2}(?:\.\d{1,4})?)$/.test(String(rate)), rateExpected),
    ),
    /** Full cost of credit, per cent a year. */
    fullCost: optional(afterSchemas.fullCost),
    /** The first days of a loan, for which no interest is charged. */
    freeDays: optional(
      pipe(number(), integer(freeExpected), minValue(0, freeExpected), maxValue(3650, freeExpected)),
    ),
    /** The page with all conditions of the loan. */
    conditionsUrl: optional(url),
  }),
  check(
    ({ fullCost }) => fullCost !== undefined,
    'the key "fullCost": { "min", "max" } beside "ratePerDay": by law the full cost of the loan stands before its rate',
  ),
)

/** What the calculator computes with. */
export type LoanConditions = DeepReadonly<InferOutput<typeof loan>>

const schema = strictObject({
  /** The JSON Schema of the file, for editors. */
  $schema: optional(string()),
  id: text,
  title: optional(textWithoutRate),
  steps: pipe(array(step), nonEmpty('at least one step')),
  operator,
  policyUrl: url,
  consents: array(consent),
  /** The id of the step that asks for the consents; unless given, or where that step is not shown, the last one does. */
  consentsAt: optional(text),
  /** Whole years on the day of the application; 18 by default. */
  minimumAge: optional(age),
  maximumAge: optional(age),
  /** Whether an expired passport is a warning (the default) or an error. */
  passportExpiry: optional(picklist(['warn', 'error'])),
  /** Who receives the applications; a relay derives it from the form's destinations. */
  receiver: optional(picklist(receivers)),
  /** What the person sees after each outcome. */
  after: optional(afterSchemas.afterOutcome),
  /** What a loan costs. Without it a calculator shows no sums. */
  loan: optional(loan),
})

/** What a relay says of a form of its configuration, and nobody writes into a definition. */
export interface RelayFeatures {
  /** Whether leads are stored before they are finished. */
  readonly partial?: true
  /** Whether the relay has the names of departments that issue passports. */
  readonly departments?: true
  /** Whether the relay has streets and houses, with their codes, for an address that the form asks for. */
  readonly streets?: boolean
}

/** What a form asks, in which order, and under which documents. */
export type FormDefinition = DeepReadonly<Omit<InferOutput<typeof schema>, '$schema'>> & RelayFeatures

/** A definition without documents. */
export type Preset = Pick<FormDefinition, 'id' | 'title' | 'steps' | 'receiver' | 'consentsAt'>

const { label, hint, placeholder, minimum, maximum, options } = fieldEntries.entries
const fieldChanges = record(string(), strictObject({ label, hint, placeholder, minimum, maximum, options }))

/** The schemas of a definition and of its parts, from which the JSON Schemas of the package are generated. */
export const definitionSchemas = {
  definition: schema,
  step,
  field: fieldDefinition,
  fieldName: name,
  fieldNameOnly: nameOnly,
  fieldSettings: field,
  fieldChanges,
  condition,
  conditionField: subject,
  operator,
  consent,
  loan,
  documentUrl: url,
  ...afterSchemas,
} as const

/** Parses a definition. A problem names the path and what was expected, never the value that is there. */
export function parseDefinition(
  candidate: unknown,
): { readonly definition: FormDefinition } | { readonly problems: readonly string[] } {
  const result = safeParse(schema, candidate)
  const conflicts = crossCheckDefinition(candidate)
  if (result.success && conflicts.length === 0) {
    const { $schema: _, ...definition } = result.output
    return { definition }
  }
  const problems = result.success ? [] : formatIssues(schema, result.issues)
  return { problems: [...problems, ...conflicts] }
}

/** What a page may change of a field: its texts, and limits and options inside those of the definition. */
export type FieldChanges = DeepReadonly<InferOutput<typeof fieldChanges>[string]>

/** Parses changes of fields, by the names of the fields. */
export function parseFieldChanges(
  candidate: unknown,
): { readonly changes: Readonly<Record<string, FieldChanges>> } | { readonly problems: readonly string[] } {
  const result = safeParse(fieldChanges, candidate)
  if (result.success) return { changes: result.output }
  return { problems: formatIssues(fieldChanges, result.issues).map((problem) => `fields.${problem}`) }
}

/** The field of this name in a definition; `undefined` if there is none, or only a composite that contains it. */
export function findFieldDefinition(
  { steps }: Pick<FormDefinition, 'steps'>,
  name: string,
): FieldDefinition | undefined {
  return steps.flatMap(({ fields }) => fields).find((request) => request.name === name)
}
