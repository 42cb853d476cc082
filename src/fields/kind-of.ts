import { choice } from './choice.ts'
import type { FieldKind } from './field-kind.ts'
import { type FieldName, fieldOf, type FieldValue } from './fields.ts'

/** A field as a form asks for it, as far as its kind is concerned. */
export interface Asked {
  readonly name: FieldName
  readonly options?: readonly { readonly value: string | number }[] | undefined
}

/** The kind of a field as it is asked for: with options of the form's own, whatever it is, a choice from them. */
export function kindOf({ name, options }: Asked): FieldKind<FieldValue> {
  return options ? choice(options.map(({ value }) => value)) : fieldOf(name).kind
}
