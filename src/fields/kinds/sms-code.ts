import type { FieldKind } from '../field-kind.ts'
import { normaliseText } from '../text/plain-text.ts'
import { textCheck } from '../text/checks.ts'

/** The code from a text message. One input and no mask: those break the phone's own offer to fill the code in. */
export const smsCode: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'one-time-code' },
  check: textCheck('code-format', [/^\d{3,8}$/, 'code-format']),
  normalise(text) {
    const plain = normaliseText(text).replace(/(\d)[ -]+(?=\d)/g, '$1')
    // Pasted with words around it, the code is the only one with digits; of several nobody can tell which is meant.
    const [code, ...others] = plain.split(/[^\p{L}\d]+/u).filter((word) => /\d/.test(word))
    return code === undefined || others.length > 0 ? plain : code
  },
  format: (code) => code,
}
