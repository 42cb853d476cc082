import { normalizeText } from '../text/plain-text.ts'
import type { Mask } from './mask.ts'
import { maxDigits } from './masked.ts'

/**
 * Creates the mask of a number of a fixed length, such as SNILS. `gaps` are the characters that may separate its groups;
 * they mean nothing. `borders` are the counts of digits after which a gap may stand: elsewhere it separates other things
 * than the parts of this number. `words` may accompany a complete number, and are no digits.
 */
export function createDigitMask(
  shape: string,
  gaps: string,
  borders: readonly number[],
  words: RegExp | string = '',
): Mask {
  const gap = new RegExp(`[${gaps}]+`)
  const digits = (text: string): string | undefined => {
    // A space that was typed last is a gap, too.
    const groups = (normalizeText(text) + (/\d\s$/.test(text) ? ' ' : '')).split(gap)
    const all = groups.join('')
    let count = 0
    groups.pop()
    return /\D/.test(all) || groups.some((group) => !borders.includes((count += group.length)))
      ? undefined
      : all
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
