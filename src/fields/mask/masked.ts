import type Masked from 'imask/esm/masked/base'
import MaskedNumber from 'imask/esm/masked/number'
import MaskedPattern from 'imask/esm/masked/pattern'
import type { Mask } from './mask.ts'

/** Creates imask's model of a masked text: its value, and the arithmetic of edits and carets. It needs no element. */
export function createMasked(shape: Mask['shape']): Masked {
  return typeof shape === 'string'
    ? new MaskedPattern({ mask: shape })
    : new MaskedNumber({ scale: 0, min: 0, max: 10 ** shape - 1, thousandsSeparator: '\u00a0' })
}

const formatters = new Map<Mask['shape'], Masked>()

/** Shows digits in a shape. Digits that it has no place for are dropped. */
export function formatDigits(shape: Mask['shape'], digits: string): string {
  let formatter = formatters.get(shape)
  if (!formatter) formatters.set(shape, (formatter = createMasked(shape)))
  formatter.unmaskedValue = digits
  return formatter.value
}

/** The text that a shape shows before the first digit. */
export function shapePrefix(shape: Mask['shape']): string {
  return typeof shape === 'string' ? shape.slice(0, shape.indexOf('0')) : ''
}

/** The most digits that a shape shows. */
export function maxDigits(shape: Mask['shape']): number {
  return typeof shape === 'string' ? shape.split('0').length - 1 : shape
}
