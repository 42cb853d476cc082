import { boolean, type GenericSchema } from 'valibot'
import type { FieldKind } from './field-kind.ts'

const schema: GenericSchema<unknown, boolean> = boolean('choice-unknown')

/** A box to tick. Its text form is `да` or nothing. */
export const flag: FieldKind<boolean> = {
  control: 'flag',
  attributes: {},
  schema,
  normalise: (text) => text === 'да',
  format: (value) => (value ? 'да' : ''),
}
