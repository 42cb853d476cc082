import type { Mask } from '../mask/mask.ts'
import { narrowText, normalizeText } from '../text/plain-text.ts'
import { wholeNumber } from './whole-number.ts'

/** The mask of a number of days or months, which its unit may follow. */
function durationMask(shape: string, units: string): Mask {
  const whole = new RegExp(`^0*(\\d{1,${shape.length}})(?: ?(?:${units}))?\\.?$`, 'i')
  return {
    shape,
    digits: (text) => /^(?:0*(?=\d))?(\d*)$/.exec(narrowText(text))?.[1],
    parse: (text) => whole.exec(normalizeText(text))?.[1],
  }
}

/** A term in whole days, 1–9999. */
export const term = wholeNumber(
  1,
  9999,
  'term-format',
  durationMask('0000', 'дн(?:ей|я)?|день|сут(?:ок|ки)?'),
)

/** A period in whole months, 0–900. */
export const months = wholeNumber(0, 900, 'months-format', durationMask('000', 'мес(?:яц(?:а|ев)?)?'))
