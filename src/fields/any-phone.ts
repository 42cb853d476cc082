import type { FieldKind } from './field-kind.ts'
import { phone } from './phone.ts'
import { textCheck } from './text-check.ts'

/** A Russian number of any sort, mobile or landline, `+7XXXXXXXXXX`: for home and work. */
export const anyPhone: FieldKind<string> = {
  ...phone,
  attributes: { type: 'tel', inputMode: 'tel', autoComplete: 'off' },
  check: textCheck(
    'phone-incomplete',
    [/^\+\d*$/, 'phone-incomplete'],
    [/^\+7/, 'phone-foreign'],
    [/^\+7\d{10}$/, 'phone-incomplete'],
    // 6xx and 7xx are Kazakhstan's; 0xx, 1xx, 2xx, 5xx and 89x are nobody's.
    [/^\+7(?:[349]|8[0-8])/, 'phone-foreign'],
  ),
}
