import { type FieldName, fieldOf, pickValue } from '../fields/fields.ts'
import { codesUnder } from '../fields/place-parts.ts'
import type { LeadValues } from '../lead/values.ts'
import type { FieldModel } from './field-model.ts'

/**
 * Puts values into the fields that they belong to; returns the names of those that no field took. A place that comes
 * without codes loses the ones it had.
 */
export function takeValues(
  models: ReadonlyMap<FieldName, FieldModel>,
  values: LeadValues,
): readonly string[] {
  const left = new Set(Object.keys(values))
  const given = [...models].flatMap(([name, model]) => {
    const value = pickValue(name, values)
    return value === undefined ? [] : [{ name, model, value }]
  })
  for (const { name } of given) for (const code of codesUnder(name)) models.get(code)?.setText('')
  for (const { name, model, value } of given) {
    if (!model.setValue(value)) continue
    for (const taken of [name, ...(fieldOf(name).parts ?? [])]) left.delete(taken)
  }
  return [...left]
}
