import { normalizeText } from '../text/plain-text.ts'
import type { Mask } from './mask.ts'
import { maxDigits } from './masked.ts'

interface DigitMaskOptions {
  /** The characters that may separate the groups of digits; they mean nothing. */
  readonly gaps: string
  /** After how many digits a gap may stand. Elsewhere it separates other things than the parts of this number. */
  readonly borders: readonly number[]
  /** Removes the words that may accompany a complete number. */
  readonly unwrap?: (text: string) => string
}

/** Creates the mask of a number of a fixed length, such as SNILS. */
export function createDigitMask(shape: string, { gaps, borders, unwrap }: DigitMaskOptions): Mask {
  const gap = new RegExp(`[${gaps}]+`)
  const digits = (text: string): string | undefined => {
    // A space that was typed last is a gap, too.
    const groups = (normalizeText(text) + (/\d\s$/.test(text) ? ' ' : '')).split(gap)
    let count = 0
    if (groups.slice(0, -1).some((group) => !borders.includes((count += group.length)))) return undefined
    const all = groups.join('')
    return /^\d*$/.test(all) ? all : undefined
  }
  return {
    shape,
    digits,
    parse(text) {
      const plain = normalizeText(text).replace(/[.,;]$/, '')
      const found = digits(unwrap?.(plain) ?? plain)
      return found?.length === maxDigits(shape) ? found : undefined
    },
  }
}
