import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialValue, sliderRange, snapValue } from '../../src/fields/slider.ts'
import { moveValue } from '../../src/ui/calculator/slider.tsx'

const amount = { name: 'amount', control: 'slider', minimum: 1000, maximum: 30_000 }

describe('a slider', () => {
  it.each([
    ['amount', 1000, 30_000, 500],
    ['amount', 1000, 100_000, 500],
    ['amount', 1, 150, 1],
    ['amount', 5000, 500_000, 5000],
    ['termDays', 1, 365, 1],
  ])('of %s from %d to %d moves by %d', (name, minimum, maximum, step) => {
    expect(sliderRange({ ...amount, name, minimum, maximum })?.step).toBe(step)
  })

  it.each([
    [[5000, 15_000, 30_000], 15_000],
    [[5000, 10_000, 15_000, 30_000], 10_000],
    [[7000], 7000],
    [undefined, 15_500],
    // A page has narrowed the limits.
    [[500, 2000, 90_000], 2000],
    [[90_000], 15_500],
  ])('with the presets %j starts at %d', (presets, value) => {
    expect(initialValue({ ...amount, presets })).toBe(value)
  })

  it.each<[string, object]>([
    ['without a minimum', { minimum: undefined }],
    ['without a maximum', { maximum: undefined }],
    ['of one value', { minimum: 30_000 }],
    ['that nobody asks for', { control: undefined }],
  ])('%s is not there', (_, changes) => {
    expect(sliderRange({ ...amount, ...changes })).toBeUndefined()
    expect(initialValue({ ...amount, ...changes })).toBeUndefined()
  })

  it('stays within its limits and reaches both by keys, from any value', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom('amount', 'termDays'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (minimum, size, name, part) => {
          const maximum = minimum + size
          const range = sliderRange({ name, control: 'slider', minimum, maximum })
          if (!range) throw new TypeError('expected a range')
          const from = minimum + Math.round(size * part)
          for (const value of [snapValue(range, from), initialValue({ ...amount, name, minimum, maximum })]) {
            expect(value).toBeGreaterThanOrEqual(minimum)
            expect(value).toBeLessThanOrEqual(maximum)
          }
          const [next, former] = [moveValue(range, from, 1), moveValue(range, from, -1)]
          expect(Math.sign(next - from)).toBe(from < maximum ? 1 : 0)
          expect(Math.sign(from - former)).toBe(from > minimum ? 1 : 0)
          expect(next - from).toBeLessThanOrEqual(range.step)
          expect([moveValue(range, from, -Infinity), moveValue(range, from, Infinity)]).toEqual([
            minimum,
            maximum,
          ])
        },
      ),
    )
  })
})
