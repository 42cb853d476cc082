import { expect, it } from 'vitest'
import { attempt } from '../../src/relay/attempt.ts'
import { callerAddress } from '../../src/relay/caller-address.ts'
import type { Destination } from '../../src/relay/destination.ts'
import type { ProviderContext } from '../../src/providers/provider.ts'

const destination: Destination = {
  key: 'invented',
  provider: 'invented',
  retry: 'safe',
  requires: [],
  consents: [],
  withhold: () => undefined,
  check: () => [],
  request: () => ({ method: 'POST', url: 'https://api.example.ru/', headers: {}, body: '' }),
  outcome: () => ({ outcome: 'accepted' }),
}
const context: ProviderContext = {
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
const ports = { fetch: async () => new Response(''), timeoutMs: 1000 }
const fault = (): never => {
  throw new TypeError('+79000000001 is not a function')
}

it('never repeats a call that must not be repeated', async () => {
  let calls = 0
  const fetch = async () => {
    calls += 1
    return new Response('')
  }
  const once: Destination = { ...destination, retry: 'if-not-sent' }
  expect(await attempt(once, context, { ...ports, fetch })).toMatchObject({ outcome: 'uncertain' })
  expect(calls).toBe(0)
  expect(await attempt(once, { ...context, mayHaveArrived: false }, ports)).toEqual({ outcome: 'accepted' })
})

it.each([
  ['request', false],
  ['outcome', true],
])(
  'tries again after a fault in the adapter, and does not repeat its words: %s',
  async (part, mayHaveArrived) => {
    const outcome = await attempt({ ...destination, [part]: fault }, context, ports)
    expect(outcome).toMatchObject({ outcome: 'unavailable', mayHaveArrived })
    expect(JSON.stringify(outcome)).not.toContain('79000000001')
  },
)

it.each([
  ['10.0.0.1', undefined, 0, '10.0.0.1'],
  ['10.0.0.1', '1.1.1.1', 0, '10.0.0.1'],
  ['10.0.0.1', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
  ['10.0.0.1', '6.6.6.6, 1.1.1.1, 2.2.2.2', 2, '1.1.1.1'],
  ['10.0.0.1', undefined, 1, '10.0.0.1'],
  [undefined, undefined, 1, undefined],
])('the caller of %s, forwarded for %s over %i proxies, is %s', (connection, forwarded, proxies, address) => {
  expect(callerAddress(connection, forwarded, proxies)).toBe(address)
})
