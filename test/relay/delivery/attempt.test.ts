import { expect, it } from 'vitest'
import { attemptDelivery } from '../../../src/relay/delivery/attempt.ts'
import type { SendRequest } from '../../../src/relay/destinations/provider-client.ts'
import type { LeadContext } from '../../../src/providers/core/context.ts'

type Sent = Parameters<typeof attemptDelivery>[0]

const destination: Sent = {
  retry: 'safe',
  precondition: () => undefined,
  check: () => [],
  request: () => ({ method: 'POST', url: 'https://api.example.ru/', headers: {}, body: '' }),
  outcome: () => ({ outcome: 'accepted' }),
}
const context: LeadContext = {
  now: new Date(0),
  attempt: 2,
  mayHaveArrived: true,
  lead: {
    values: {},
    consents: [],
    attribution: {},
    page: { url: '', startedAt: '', submittedAt: '' },
    receivedAt: new Date(0),
  },
}
const exchange: SendRequest = async (build) => {
  build(undefined)
  return { status: 200, body: '' }
}
const fault = (): never => {
  throw new TypeError('+79000000001 is not a function')
}

it('never repeats a call that must not be repeated', async () => {
  let calls = 0
  const counted: SendRequest = (build) => {
    calls += 1
    return exchange(build)
  }
  const once: Sent = { ...destination, retry: 'if-not-sent' }
  expect(await attemptDelivery(once, context, counted)).toMatchObject({ outcome: 'uncertain' })
  expect(calls).toBe(0)
  expect(await attemptDelivery(once, { ...context, mayHaveArrived: false }, exchange)).toEqual({
    outcome: 'accepted',
  })
})

it.each(['unavailable', 'unreadable'] as const)(
  'is uncertain of a call that must not be repeated and may have arrived: %s',
  async (outcome) => {
    const answered = (mayHaveArrived: boolean): Sent => ({
      ...destination,
      retry: 'if-not-sent',
      outcome: () => ({ outcome, reason: 'status 500', mayHaveArrived }),
    })
    const first = { ...context, mayHaveArrived: false }
    expect(await attemptDelivery(answered(true), first, exchange)).toEqual({
      outcome: 'uncertain',
      reason: 'status 500',
    })
    expect(await attemptDelivery(answered(false), first, exchange)).toMatchObject({ outcome })
  },
)

it('makes no call that the adapter withholds, and none for a lead that it finds fault with', async () => {
  const never: SendRequest = () => Promise.reject(new Error('called'))
  const withheld: Sent = { ...destination, precondition: () => ({ outcome: 'declined' }) }
  expect(await attemptDelivery(withheld, context, never)).toEqual({ outcome: 'declined' })
  const issues = [{ field: 'phone', code: 'text-length' } as const]
  const wrong: Sent = { ...destination, check: () => issues }
  expect(await attemptDelivery(wrong, context, never)).toEqual({ outcome: 'invalid', issues })
})

it.each([
  ['request', false],
  ['outcome', true],
])(
  'tries again after a fault in the adapter, and does not repeat its words: %s',
  async (part, mayHaveArrived) => {
    const outcome = await attemptDelivery({ ...destination, [part]: fault }, context, exchange)
    expect(outcome).toMatchObject({ outcome: 'unavailable', mayHaveArrived })
    expect(JSON.stringify(outcome)).not.toContain('79000000001')
  },
)
