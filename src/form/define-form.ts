import type { CompositeName } from '../fields/composites.ts'
import type { FieldName } from '../fields/fields.ts'
import type { FieldDefinition, FormDefinition, StepDefinition } from './definition.ts'

/** Returns its argument. Its type makes a mistake in a definition a compile error, a misspelt key included. */
export function defineForm<const Form extends FormInput>(form: Form & WithoutExcess<Form, FormInput>): Form {
  return form
}

/** A type whose keys that a shape does not have, at any depth, are `never`. */
type WithoutExcess<Given, Shape> = Given extends readonly unknown[]
  ? { readonly [Index in keyof Given]: WithoutExcess<Given[Index], ItemOf<Shape>> }
  : Given extends object
    ? {
        readonly [Key in keyof Given]: Key extends KeysOf<Shape>
          ? WithoutExcess<Given[Key], ValueOf<Shape, Key>>
          : never
      }
    : Given

type ItemOf<Shape> = Shape extends readonly (infer Item)[] ? Item : never
type KeysOf<Shape> = Shape extends object ? keyof Shape : never
type ValueOf<Shape, Key> = Shape extends object ? (Key extends keyof Shape ? Shape[Key] : never) : never

/** A form as an author writes it: a field may be just a name, and the documents may come from the relay or the page. */
export interface FormInput
  extends
    Pick<
      FormDefinition,
      'id' | 'title' | 'minimumAge' | 'maximumAge' | 'passportExpiry' | 'after' | 'loan' | 'consentsAt'
    >,
    Partial<Pick<FormDefinition, 'operator' | 'policyUrl' | 'consents'>> {
  /** The JSON Schema of the file, for editors. */
  readonly $schema?: string
  readonly steps: readonly StepInput[]
}

/** A step as an author writes it. */
export interface StepInput extends Omit<StepDefinition, 'fields'> {
  /** All steps but a review have some. */
  readonly fields?: readonly (FieldName | CompositeName | FieldDefinition)[]
}
