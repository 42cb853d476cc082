import { fieldNameOf, isFieldName } from '../fields/fields.ts'
import type { LeadValues } from '../lead/values.ts'
import type { Slip } from './options/slip.ts'
import type { Model } from './show-form.ts'

/** Puts values in; returns the names of those that no field took, and never a value. */
export function takeValues(model: Model, values: LeadValues): readonly Slip[] {
  return model
    .setValues(values)
    .map((name) => ({ where: isFieldName(fieldNameOf(name)) ? 'value' : 'field', name }))
}
