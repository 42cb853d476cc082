import type { FieldKind } from './field-kind.ts'
import { checkYesNo } from './flag.ts'

/** A question with two answers, neither of them given beforehand. */
export const yesNo: FieldKind<boolean> = {
  control: 'choice',
  attributes: { autoComplete: 'off' },
  options: ['да', 'нет'],
  check: checkYesNo,
  normalise: (text) => (text === 'да' ? true : text === 'нет' ? false : text),
  format: (value) => (value ? 'да' : 'нет'),
}
