import type { CompositeName } from '../fields/composites.ts'
import type { FieldName } from '../fields/fields.ts'
import type { FieldDefinition, FormDefinition, StepDefinition } from './definition.ts'

/** Returns its argument. Its type makes a mistake in a definition a compile error. */
export function defineForm<const Form extends FormInput>(form: Form): Form {
  return form
}

/** A form as an author writes it: a field may be just a name, and the documents may come from the relay or the page. */
export interface FormInput
  extends
    Pick<FormDefinition, 'id' | 'title' | 'minimumAge' | 'maximumAge' | 'passportExpiry'>,
    Partial<Pick<FormDefinition, 'operator' | 'policyUrl' | 'consents'>> {
  readonly steps: readonly StepInput[]
}

/** A step as an author writes it. */
export interface StepInput extends Omit<StepDefinition, 'fields'> {
  readonly fields: readonly (FieldName | CompositeName | FieldDefinition)[]
}
