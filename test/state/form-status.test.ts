import { expect, it } from 'vitest'
import { type FormStatus, isFinalOutcome } from '../../src/state/form-status.ts'

it.each<[FormStatus, boolean]>([
  ['filling', false],
  ['sending', false],
  ['failed', false],
  ['accepted', true],
  ['duplicate', true],
  ['declined', true],
  ['queued', true],
  ['verification', true],
])('whether the status %s is an outcome: %s', (status, expected) => {
  expect(isFinalOutcome(status)).toBe(expected)
})
