import type { FieldKind } from './field-kind.ts'
import { plainText } from './plain-text.ts'
import { textCheck } from './text-check.ts'

/** The code from a text message. One input and no mask: those break the phone's own offer to fill the code in. */
export const smsCode: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'one-time-code' },
  check: textCheck('code-format', [/^\d{3,8}$/, 'code-format']),
  normalise: (text) => plainText(text).replace(/[ -]/g, ''),
  format: (code) => code,
}
