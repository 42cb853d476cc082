import MaskedPattern from 'imask/esm/masked/pattern'
import { createGroupedDigits } from './grouped-digits.ts'
import type { DigitModel } from './digit-model.ts'
import type { Mask } from './mask.ts'

/** Creates the model of a shape: imask's for a pattern. */
export function createMasked(shape: Mask['shape']): DigitModel {
  return typeof shape === 'string' ? new MaskedPattern({ mask: shape }) : createGroupedDigits(shape)
}

const formatters = new Map<Mask['shape'], DigitModel>()

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
