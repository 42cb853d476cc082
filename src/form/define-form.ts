import type { FormInput } from './form-input.ts'

/** Gives a form's definition its type, so that a slip in it does not compile. Changes nothing. */
export function defineForm<const Form extends FormInput>(form: Form): Form {
  return form
}
