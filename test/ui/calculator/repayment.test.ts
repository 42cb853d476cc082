import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeRepayment } from '../../../src/ui/calculator/repayment.ts'

/**
 * What is to repay, as a person would compute it on paper: the interest of each day is written below the others, all with
 * as many digits as the rate has, and only the total is rounded.
 */
function repaymentOnPaper(amount: number, days: number, rate: string, freeDays: number): string {
  const [whole = '', fraction = ''] = rate.split('.')
  const unit = BigInt(`1${'0'.repeat(fraction.length)}`)
  let total = 0n
  for (let day = 1; day <= days; day += 1)
    if (day > freeDays) total += BigInt(amount) * BigInt(whole + fraction)
  const kopecks = total / unit + (2n * (total % unit) >= unit ? 1n : 0n)
  return kopecks > 100n * BigInt(amount) ? 'not known' : String(100n * BigInt(amount) + kopecks)
}

const rate = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 9999 }))
  .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(4, '0')}`)

describe('the sum to repay', () => {
  it.each([
    [15_000, 14, { ratePerDay: 0.8, freeDays: 7 }, 1_584_000n],
    [10_000, 30, { ratePerDay: 0.8 }, 1_240_000n],
    // All of its days are free.
    [10_000, 7, { ratePerDay: 0.8, freeDays: 7 }, 1_000_000n],
    [10_000, 8, { ratePerDay: 0.8, freeDays: 7 }, 1_008_000n],
    // 1001 × 0.3333 = 333.6333 kopecks, and 5 × 0.1 = 0.5, which is rounded up.
    [1001, 1, { ratePerDay: 0.3333 }, 100_434n],
    [5, 1, { ratePerDay: 0.1 }, 501n],
    [9_999_999_999, 9999, { ratePerDay: 0.0001 }, 1_009_998_999_899n],
    // As much interest as the loan, and more than that.
    [10_000, 125, { ratePerDay: 0.8 }, 2_000_000n],
    [10_000, 126, { ratePerDay: 0.8 }, undefined],
  ])('of %d roubles for %d days at %j is %s kopecks', (amount, days, loan, sum) => {
    expect(computeRepayment(amount, days, loan)).toBe(sum)
  })

  it('is exact to the kopeck, whatever the loan is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 9_999_999_999 })),
        fc.integer({ min: 1, max: 400 }),
        fc.oneof(
          rate,
          rate.map((text) => `0${text.slice(text.indexOf('.'))}`),
        ),
        fc.integer({ min: 0, max: 40 }),
        (amount, days, ratePerDay, freeDays) => {
          const sum = computeRepayment(amount, days, { ratePerDay: Number(ratePerDay), freeDays })
          expect(sum === undefined ? 'not known' : String(sum)).toBe(
            repaymentOnPaper(amount, days, ratePerDay, freeDays),
          )
        },
      ),
      { numRuns: 1000 },
    )
  })
})
