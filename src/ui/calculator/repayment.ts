/** What a loan costs. */
export interface LoanCost {
  /** Per cent a day, with at most 4 digits after the point. */
  readonly ratePerDay: number
  /** The first days of the loan, for which no interest is charged. */
  readonly freeDays?: number | undefined
}

/** Digits after the point of a rate. */
const rateScale = 10_000

/**
 * The sum to repay at the end of a term, in kopecks: the loan and simple interest for each day after the free ones, rounded
 * half up. `undefined` where the interest would exceed the loan. It may not: federal law 353-FZ, article 5, part 24, as
 * of 1 April 2026 (545-FZ of 29.12.2025). The lender knows what is due then.
 */
export function computeRepayment(
  amount: number,
  days: number,
  { ratePerDay, freeDays = 0 }: LoanCost,
): bigint | undefined {
  const charged = BigInt(Math.max(0, days - freeDays))
  const principal = BigInt(amount) * 100n
  // Roubles × per cent × days are kopecks, because 100 kopecks are a rouble and 100 per cent are all of it.
  const scaled = BigInt(amount) * BigInt(Math.round(ratePerDay * rateScale)) * charged
  const interest = (scaled + BigInt(rateScale / 2)) / BigInt(rateScale)
  return interest > principal ? undefined : principal + interest
}
