import type { FieldKind } from './field-kind.ts'
import { digitsOf } from './plain-text.ts'
import { textCheck } from './text-check.ts'

/**
 * A code of KLADR, the state classifier of addresses, as a string (leading zeros; 17 and 19 digits are more than a number
 * holds). A place that is chosen from a list brings it; nobody types one.
 */
export function kladrCode(isRight: (code: string) => boolean): FieldKind<string> {
  return {
    control: 'hidden',
    attributes: {},
    check: textCheck('kladr-format', [isRight, 'kladr-format']),
    normalise: (text) => (/^[\d\s]*$/.test(text) ? digitsOf(text) : text),
    format: (code) => code,
  }
}
