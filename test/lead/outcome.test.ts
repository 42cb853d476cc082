import { expect, it } from 'vitest'
import { isRetryable, type Outcome, toPublicOutcome } from '../../src/lead/outcome.ts'

const reason = 'why'

it.each<[Outcome, string, boolean]>([
  [{ outcome: 'accepted' }, 'accepted', false],
  [{ outcome: 'duplicate' }, 'duplicate', false],
  [{ outcome: 'declined' }, 'declined', false],
  [{ outcome: 'verification' }, 'verification', false],
  [{ outcome: 'invalid', issues: [] }, 'invalid', false],
  [{ outcome: 'unavailable', reason, mayHaveArrived: true }, 'queued', true],
  [{ outcome: 'refused', reason }, 'queued', true],
  [{ outcome: 'unreadable', reason, mayHaveArrived: false }, 'queued', true],
  [{ outcome: 'uncertain', reason }, 'queued', false],
])('%o is public as %s, retryable: %s', (outcome, publicOutcome, retryable) => {
  expect(toPublicOutcome(outcome.outcome)).toBe(publicOutcome)
  expect(isRetryable(outcome)).toBe(retryable)
})
