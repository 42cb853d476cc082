import { DIRECTION } from 'imask/esm/core/utils'
import MaskedPattern from 'imask/esm/masked/pattern'
import { groupDigits } from '../text/group-digits.ts'
import type { DigitModel } from './digit-model.ts'

/**
 * Creates the model of a whole number of at most `max` digits, in groups of three: imask's pattern with as many places as
 * there are digits. imask's model of numbers, with signs, fractions and limits, is as large as its patterns.
 */
export function createGroupedDigits(max: number): DigitModel {
  const masked = new MaskedPattern({ mask: '' })

  /** Shows digits. Returns the position after the first `count` of them. */
  function show(digits: string, count: number): number {
    const all = digits.slice(0, max)
    masked.updateOptions({ mask: groupDigits('0'.repeat(all.length)) })
    masked.reset()
    return masked.append(all.slice(0, count), {}, all.slice(count)).offset
  }

  function splice(start: number, deleteCount: number, inserted: string): { readonly offset: number } {
    const before = masked.extractInput(0, start) + inserted
    const after = masked.extractInput(start + deleteCount)
    return { offset: show(before + after, before.length) - start }
  }

  return {
    get value() {
      return masked.value
    },
    get unmaskedValue() {
      return masked.unmaskedValue
    },
    set unmaskedValue(digits) {
      show(digits, digits.length)
    },
    extractInput: () => masked.extractInput(),
    reset: () => masked.reset(),
    splice,
    remove: (start, end) => splice(start, end - start, ''),
    append(added, _, tail = '') {
      const { length } = masked.value
      const before = masked.extractInput() + added
      return { offset: show(before + tail, before.length) - length }
    },
    // A caret at a gap stays on its side of it.
    nearestInputPos: (position, direction) =>
      direction === DIRECTION.NONE ? position : masked.nearestInputPos(position, direction),
  }
}
