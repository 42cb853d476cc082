import { expect, it } from 'vitest'
import { attemptDelivery } from '../../../src/relay/delivery/attempt.ts'
import type { SendRequest } from '../../../src/relay/destinations/provider-client.ts'
import type { LeadContext } from '../../../src/providers/core/context.ts'

type TestDestination = Parameters<typeof attemptDelivery>[0]

const destination: TestDestination = {
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
    id: '01990000-0000-7000-8000-000000000001',
    values: {},
    consents: [],
    attribution: {},
    page: { url: '', startedAt: '', submittedAt: '' },
    receivedAt: new Date(0),
  },
}
const send: SendRequest = async (build) => {
  build(undefined)
  return { status: 200, body: '' }
}
const throwFault = (): never => {
  throw new TypeError('+79000000001 is not a function')
}

it('never repeats a call that must not be repeated', async () => {
  let calls = 0
  const countingSend: SendRequest = (build) => {
    calls += 1
    return send(build)
  }
  const once: TestDestination = { ...destination, retry: 'if-not-sent' }
  expect(await attemptDelivery(once, context, countingSend)).toMatchObject({ outcome: 'uncertain' })
  expect(calls).toBe(0)
  expect(await attemptDelivery(once, { ...context, mayHaveArrived: false }, send)).toEqual({
    outcome: 'accepted',
  })
})

it.each(['unavailable', 'unreadable'] as const)(
  'is uncertain after a call that may have arrived and must not be repeated: %s',
  async (outcome) => {
    const answered = (mayHaveArrived: boolean): TestDestination => ({
      ...destination,
      retry: 'if-not-sent',
      outcome: () => ({ outcome, reason: 'status 500', mayHaveArrived }),
    })
    const first = { ...context, mayHaveArrived: false }
    expect(await attemptDelivery(answered(true), first, send)).toEqual({
      outcome: 'uncertain',
      reason: 'status 500',
    })
    expect(await attemptDelivery(answered(false), first, send)).toMatchObject({ outcome })
  },
)

it('makes no call if a precondition fails or the lead has issues', async () => {
  const never: SendRequest = () => Promise.reject(new Error('called'))
  const failing: TestDestination = { ...destination, precondition: () => ({ outcome: 'declined' }) }
  expect(await attemptDelivery(failing, context, never)).toEqual({ outcome: 'declined' })
  const issues = [{ field: 'phone', code: 'text-length' } as const]
  const wrong: TestDestination = { ...destination, check: () => issues }
  expect(await attemptDelivery(wrong, context, never)).toEqual({ outcome: 'invalid', issues })
})

it.each([
  ['request', false],
  ['outcome', true],
])('retries after an error of the adapter, without its message: %s', async (part, mayHaveArrived) => {
  const outcome = await attemptDelivery({ ...destination, [part]: throwFault }, context, send)
  expect(outcome).toMatchObject({ outcome: 'unavailable', mayHaveArrived })
  expect(JSON.stringify(outcome)).not.toContain('79000000001')
})
