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
])('%o is told as %s and tried again: %s', (outcome, told, retryable) => {
  expect(toPublicOutcome(outcome.outcome)).toBe(told)
  expect(isRetryable(outcome)).toBe(retryable)
})
