import { extractDigits, normalizeText } from '../text/plain-text.ts'
import type { Mask } from './mask.ts'
import { maxDigits } from './masked.ts'

/**
 * Creates the mask of a number of a fixed length, such as SNILS. `gaps` are the characters that may separate its digits;
 * they mean nothing. `words` may accompany a complete number, and are no digits.
 */
export function createDigitMask(shape: string, gaps: string, words = /^/): Mask {
  const pattern = new RegExp(`^(?:\\d[${gaps}]*)*$`)
  const digits = (text: string): string | undefined => {
    const plain = normalizeText(text)
    return pattern.test(plain) ? extractDigits(plain) : undefined
  }
  return {
    shape,
    digits,
    parse(text) {
      const found = digits(
        normalizeText(text)
          .replace(words, ' ')
          .replace(/[.,;]$/, ''),
      )
      return found?.length === maxDigits(shape) ? found : undefined
    },
  }
}
