import type { LimitKeys } from './limit-keys.ts'
import type { Limiter, Limiters } from './limiters.ts'

/** What is known of a lead before a post changes it. */
export interface LeadBefore {
  /** Its canonical phone, if it has one. */
  readonly phone: string | undefined
  readonly isFinished: boolean
}

/** One use of a key that a post counts. */
export interface LimitedUse {
  readonly limiter: Limiter
  readonly key: string
}

/**
 * The uses that a post counts. A new lead counts for its address and its phone. A change counts for its lead; for the
 * address, too, if the lead was finished before, as each such change is delivered, or has another phone; and for the phone if
 * it is another one.
 */
export function listUses(
  { limiters, keys }: { readonly limiters: Limiters; readonly keys: LimitKeys },
  {
    ip,
    id,
    phone,
  }: { readonly ip: string | undefined; readonly id: string; readonly phone: string | undefined },
  before: LeadBefore | undefined,
): readonly LimitedUse[] {
  const otherPhone = before && before.phone === phone ? undefined : phone
  const countsForAddress = !before || before.isFinished || otherPhone !== undefined
  return [
    ...(before ? [{ limiter: limiters.changes, key: keys.lead(id) }] : []),
    ...(ip !== undefined && countsForAddress ? [{ limiter: limiters.address, key: keys.address(ip) }] : []),
    ...(otherPhone === undefined ? [] : [{ limiter: limiters.phone, key: keys.phone(otherPhone) }]),
  ]
}

/** What was counted, and the seconds to wait if the use after that is one too many. */
export interface CountResult {
  readonly counted: readonly LimitedUse[]
  readonly retryAfterSeconds?: number
}

/** Counts uses, one after the other: what is refused by its address does not use up the limit of a phone. */
export async function countUses(uses: readonly LimitedUse[]): Promise<CountResult> {
  for (const [index, { limiter, key }] of uses.entries()) {
    const retryAfterSeconds = await limiter.consume(key)
    if (retryAfterSeconds !== undefined) return { counted: uses.slice(0, index), retryAfterSeconds }
  }
  return { counted: uses }
}

/** Takes uses back. If the database does not answer, they count once too often, for a minute. */
export async function refundUses(uses: readonly LimitedUse[]): Promise<void> {
  await Promise.allSettled(uses.map(({ limiter, key }) => limiter.refund(key)))
}

/** Takes back what is not due, and counts what is due and was not counted. */
export async function correctUses(counted: readonly LimitedUse[], due: readonly LimitedUse[]): Promise<void> {
  const isIn = (uses: readonly LimitedUse[], use: LimitedUse): boolean =>
    uses.some(({ limiter, key }) => limiter === use.limiter && key === use.key)
  await refundUses(counted.filter((use) => !isIn(due, use)))
  const missing = due.filter((use) => !isIn(counted, use))
  await Promise.allSettled(missing.map(({ limiter, key }) => limiter.consume(key)))
}
