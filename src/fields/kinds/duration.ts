import type { Mask } from '../mask/mask.ts'
import { narrowText, normalizeText } from '../text/plain-text.ts'
import { wholeNumber } from './whole-number.ts'

/** The mask of a number of days or months, which its unit may follow. */
function durationMask(shape: string, pattern: RegExp, leadingZeros: RegExp): Mask {
  const read = (text: string, whole: RegExp): string | undefined =>
    whole.exec(text)?.[1]?.replace(leadingZeros, '')
  return {
    shape,
    digits: (text) => read(narrowText(text), /^(\d*)$/),
    parse: (text) => read(normalizeText(text), pattern),
  }
}

/** A term in whole days, 1–9999. */
export const term = wholeNumber(
  1,
  9999,
  'term-format',
  durationMask('0000', /^(\d{1,4})(?: ?(?:дн(?:ей|я)?|день|сут(?:ок|ки)?))?\.?$/i, /^0+/),
)

/** A period in whole months, 0–900. */
export const months = wholeNumber(
  0,
  900,
  'months-format',
  durationMask('000', /^(\d{1,3})(?: ?мес(?:яц(?:а|ев)?)?)?\.?$/i, /^$/),
)
