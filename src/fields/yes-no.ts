import { boolean } from 'valibot'
import type { FieldKind } from './field-kind.ts'

/** A question with two answers, neither of them given beforehand. */
export const yesNo: FieldKind<boolean> = {
  control: 'choice',
  attributes: { autoComplete: 'off' },
  options: ['да', 'нет'],
  schema: boolean('choice-unknown'),
  normalise: (text) => (text === 'да' ? true : text === 'нет' ? false : text),
  format: (value) => (value ? 'да' : 'нет'),
}
