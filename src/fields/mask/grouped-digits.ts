import { DIRECTION } from 'imask/esm/core/utils'
import { groupDigits } from '../text/group-digits.ts'
import type { DigitModel } from './masked.ts'

/**
 * Creates the model of a whole number of at most `max` digits, in groups of three. imask's own model of numbers, with signs,
 * fractions and limits, is four times as large as this.
 */
export function createGroupedDigits(max: number): DigitModel {
  let digits = ''
  const text = (): string => groupDigits(digits)
  const countDigits = (end: number): number => text().slice(0, end).replace(/\D/g, '').length

  /** The position after the first `count` digits. */
  function positionAfter(count: number): number {
    const all = text()
    let position = 0
    while (countDigits(position) < count && position < all.length) position += 1
    return position
  }

  function splice(start: number, deleteCount: number, inserted: string): { readonly offset: number } {
    const before = countDigits(start)
    const after = countDigits(start + deleteCount)
    digits = (digits.slice(0, before) + inserted + digits.slice(after)).slice(0, max)
    return { offset: positionAfter(before + inserted.length) - start }
  }

  return {
    get value() {
      return text()
    },
    get unmaskedValue() {
      return digits
    },
    set unmaskedValue(all) {
      digits = all.slice(0, max)
    },
    extractInput: () => digits,
    reset() {
      digits = ''
    },
    splice,
    remove: (start, end) => splice(start, end - start, ''),
    append(added, _, tail = '') {
      const start = text().length
      const count = digits.length + added.length
      splice(start, 0, added + tail)
      return { offset: positionAfter(count) - start }
    },
    nearestInputPos(position, direction) {
      const isSeparator = (at: number): boolean => /\D/.test(text().charAt(at))
      if (direction === DIRECTION.FORCE_LEFT && isSeparator(position - 1)) return position - 1
      return direction === DIRECTION.FORCE_RIGHT && isSeparator(position) ? position + 1 : position
    },
  }
}
