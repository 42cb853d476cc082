import { composites, isCompositeName } from '../fields/composites.ts'
import { type FieldName, fieldNameOf, type FieldValue, isFieldName, pickValue } from '../fields/fields.ts'
import type { LeadValue, LeadValues } from '../lead/values.ts'

/** When a field or a step is shown. Exactly one key in addition to `field`. */
export type Condition =
  | { readonly field: string; readonly equals: LeadValue }
  | { readonly field: string; readonly oneOf: readonly LeadValue[] }
  | { readonly field: string; readonly atLeast: number }
  | { readonly field: string; readonly atMost: number }
  | { readonly field: string; readonly filled: boolean }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

/**
 * Whether a condition holds for the current values. A missing value equals nothing and is not filled. A composite is
 * filled if any of its parts is.
 */
export function isConditionMet(condition: Condition, values: LeadValues): boolean {
  if ('all' in condition) return condition.all.every((part) => isConditionMet(part, values))
  if ('any' in condition) return condition.any.some((part) => isConditionMet(part, values))
  if ('not' in condition) return !isConditionMet(condition.not, values)
  const { field } = condition
  const value = conditionValue(field, values)
  if ('equals' in condition) return value === condition.equals
  if ('oneOf' in condition) return condition.oneOf.some((option) => option === value)
  if ('filled' in condition) return (value !== undefined && value !== '') === condition.filled
  if ('atLeast' in condition) return typeof value === 'number' && value >= condition.atLeast
  return typeof value === 'number' && value <= condition.atMost
}

/** The fields that a condition names: the parts of a composite, and the field that fills a canonical name. */
export function conditionFields(condition: Condition): readonly FieldName[] {
  if ('all' in condition) return condition.all.flatMap(conditionFields)
  if ('any' in condition) return condition.any.flatMap(conditionFields)
  if ('not' in condition) return conditionFields(condition.not)
  const { field } = condition
  const names = isCompositeName(field) ? composites[field].map(({ name }) => name) : [fieldNameOf(field)]
  return names.filter(isFieldName)
}

function conditionValue(field: string, values: LeadValues): FieldValue | undefined {
  if (isFieldName(field)) return pickValue(field, values)
  const all = new Map<string, FieldValue | undefined>(Object.entries(values))
  if (!isCompositeName(field)) return all.get(field)
  return composites[field].map((part) => all.get(part.name)).find((value) => value !== undefined)
}
