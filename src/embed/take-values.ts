import { fieldNameOf, fields, isFieldName } from '../fields/fields.ts'
import { closestName } from '../fields/closest-name.ts'
import type { LeadValues } from '../lead/values.ts'
import type { Model } from './show-form.ts'
import { tellAuthor } from './tell-author.ts'

/** Puts values in; the page's author is told the names of those that no field took, and never a value. */
export function takeValues(model: Model, values: LeadValues): void {
  for (const name of model.setValues(values)) {
    const close = closestName(name, Object.keys(fields))
    tellAuthor(
      isFieldName(fieldNameOf(name))
        ? `the value given for "${name}" is not one, or the form does not ask for it`
        : `there is no field "${name}"${close ? `, did you mean "${close}"?` : ''}`,
    )
  }
}
