import type { CanonicalName, LeadValue, LeadValues } from '../lead/values.ts'
import { amount } from './amount.ts'
import { date } from './date.ts'
import { departmentCode } from './department-code.ts'
import { email } from './email.ts'
import type { FieldKind, InputAttributes } from './field-kind.ts'
import { flag } from './flag.ts'
import { issuePlace } from './issue-place.ts'
import { issuer } from './issuer.ts'
import { passport } from './passport.ts'
import { personName } from './person-name.ts'
import { phone } from './phone.ts'
import { term } from './term.ts'

/** What one field holds: one value, or for a composite that is typed as one, several under their canonical names. */
export type FieldValue = LeadValue | CompositeValue

/** Several values under their canonical names. */
export type CompositeValue = { readonly [part: string]: LeadValue | undefined }

/** A field of a form: its kind, and the canonical names that its value fills (its own name unless `parts` says else). */
export interface Field {
  readonly kind: FieldKind<FieldValue>
  readonly parts?: readonly CanonicalName[]
  readonly attributes?: InputAttributes
}

const table = {
  amount: { kind: amount },
  termDays: { kind: term },
  lastName: { kind: personName, attributes: { autoComplete: 'family-name' } },
  firstName: { kind: personName, attributes: { autoComplete: 'given-name' } },
  middleName: { kind: personName, attributes: { autoComplete: 'additional-name' } },
  noMiddleName: { kind: flag },
  birthDate: { kind: date, attributes: { autoComplete: 'bday' } },
  phone: { kind: phone },
  email: { kind: email },
  passport: { kind: passport, parts: ['passportSeries', 'passportNumber'] },
  passportIssuedDate: { kind: date },
  passportIssuedCode: { kind: departmentCode },
  passportIssuedBy: { kind: issuer },
  issuePlace: { kind: issuePlace, parts: ['region', 'city', 'cityKladr', 'regionId', 'cityId'] },
} as const satisfies Record<string, Field>

/** A name that a definition can ask by. */
export type FieldName = keyof typeof table

/** Every field that a definition can ask for, under the name that it is asked by. */
export const fields: Readonly<Record<FieldName, Field>> = table

/** Whether a definition can ask for `name`. */
export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(table, name)
}

/** The name of the field that fills a canonical name: `passport` for `passportSeries`. */
export function fieldNameOf(canonical: string): string {
  for (const [name, field] of Object.entries(fields)) {
    if (name === canonical || field.parts?.some((part) => part === canonical)) return name
  }
  return canonical
}

/** What a field holds among canonical values, unchecked; `undefined` when it holds nothing. */
export function pickValue(name: FieldName, values: LeadValues): FieldValue | undefined {
  const { parts } = fields[name]
  if (!parts) return Object.entries(values).find(([key]) => key === name)?.[1]
  const found = parts.filter((part) => values[part] !== undefined)
  return found.length === 0 ? undefined : Object.fromEntries(found.map((part) => [part, values[part]]))
}

/** The canonical values that a field's value fills. */
export function spreadValue(name: FieldName, value: FieldValue): LeadValues {
  return Object.fromEntries(typeof value === 'object' ? Object.entries(value) : [[name, value]])
}
