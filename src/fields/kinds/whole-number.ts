import { integer, maxValue, minValue, number, pipe } from 'valibot'
import type { IssueCode } from '../../lead/issue.ts'
import type { FieldKind } from '../field-kind.ts'
import type { Mask } from '../mask/mask.ts'
import { formatDigits } from '../mask/masked.ts'

/** A kind of whole number from `min` to `max`; `code` is its only issue. */
export function wholeNumber(min: number, max: number, code: IssueCode, mask: Mask): FieldKind<number> {
  return {
    control: 'text',
    attributes: { inputMode: 'numeric', autoComplete: 'off' },
    mask,
    schema: pipe(number(code), integer(code), minValue(min, code), maxValue(max, code)),
    normalize(text) {
      const digits = mask.parse(text)
      return digits === undefined ? text : Number(digits)
    },
    format: (value) => formatDigits(mask.shape, String(value)),
  }
}
