import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { connectionRefused } from '../support/network-errors.ts'
import { advanceToRest, advanceUntil } from '../support/advance-time.ts'
import { createRelayFixture, postLead, requestHealth } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 60_000
const secret = { env: 'LENDER_SECRET' }
const env = { LENDER_SECRET: 'invented-client-secret', OTHER_SECRET: 'another-client-secret' }
const start = Date.parse('2026-11-22T09:00:00Z')

type Lenders = ReturnType<typeof createFakeLenders>

async function startRelay(
  fakes: Lenders,
  clock: TestClock,
  forms: object,
  log: string[] = [],
): Promise<Relay> {
  return fixture.start(await fixture.usedDatabase(), {
    clock,
    env,
    fetch: fakes.fetch,
    providers: fakes.providers,
    log: (...line) => log.push(JSON.stringify(line)),
    forms: { ...forms },
  })
}

function formTo(...destinations: readonly object[]) {
  return { ...formEntry(), destinations: destinations.map((options) => ({ provider: 'lender', ...options })) }
}

describe('an access token', { timeout }, () => {
  const one = { name: 'one', clientSecret: secret }

  /** A lender that issues tokens `t1`, `t2` … for ten minutes each. */
  function withTokens() {
    const fakes = createFakeLenders({ tokens: true })
    let fetched = 0
    fakes.answer('one/token', () => {
      fetched += 1
      return { accessToken: `t${fetched}`, expiresInSeconds: 600 }
    })
    return fakes
  }
  const tokensOf = (fakes: Lenders, to = 'one/create') =>
    fakes.calls.filter((call) => call.to === to).map(({ token }) => token)

  it('is fetched once for all calls, also for concurrent ones, and renewed before it expires', async () => {
    const fakes = withTokens()
    const clock = new TestClock(start)
    const relay = await startRelay(fakes, clock, { main: formTo(one) })
    const answers = await Promise.all([1, 2, 3].map(() => postLead(relay, inventLead())))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(tokensOf(fakes, 'one/token')).toEqual(['Bearer invented-client-secret'])
    await advanceToRest(clock, 500_000)
    await postLead(relay, inventLead())
    expect(tokensOf(fakes)).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1', 'Bearer t1'])
    await advanceToRest(clock, 45_000)
    await postLead(relay, inventLead())
    expect(tokensOf(fakes).at(-1)).toBe('Bearer t2')
  })

  it('that is rejected before it expires is replaced once, and the call repeated', async () => {
    const fakes = withTokens()
    fakes.answer('one/create', ({ token }) =>
      token === 'Bearer t2' ? { outcome: 'accepted' } : new Response('', { status: 401 }),
    )
    const relay = await startRelay(fakes, new TestClock(start), { main: formTo(one) })
    expect((await postLead(relay, inventLead())).body).toMatchObject({ outcome: 'accepted' })
    expect(tokensOf(fakes)).toEqual(['Bearer t1', 'Bearer t2'])
    await postLead(relay, inventLead())
    expect(tokensOf(fakes)).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t2'])
  })

  it('that is rejected twice makes the outcome refused: the next destination is asked, and health shows it', async () => {
    const fakes = withTokens()
    fakes.answer('one/create', new Response('', { status: 401 }))
    const relay = await startRelay(fakes, new TestClock(start), {
      main: formTo(one, { name: 'two', clientSecret: { env: 'OTHER_SECRET' } }),
    })
    fakes.answer('two/token', { accessToken: 'other', expiresInSeconds: 600 })
    expect((await postLead(relay, inventLead())).body).toMatchObject({ outcome: 'accepted' })
    expect(fakes.called()).toEqual([
      'one/token',
      'one/create',
      'one/token',
      'one/create',
      'two/token',
      'two/create',
    ])
    expect((await requestHealth(relay)).body).toMatchObject({
      status: 'degraded',
      queue: { refused: 1 },
    })
  })

  it.each([
    ['credentials are wrong', new Response('', { status: 401 }), { refused: 1 }],
    ['the provider cannot be reached', connectionRefused, { refused: 0 }],
  ])('that cannot be fetched because %s leaves the lead waiting and unsent', async (_, script, counts) => {
    const fakes = withTokens()
    fakes.answer('one/token', script)
    const log: string[] = []
    const clock = new TestClock(start)
    const relay = await startRelay(fakes, clock, { main: formTo(one) }, log)
    expect((await postLead(relay, inventLead())).status).toBe(202)
    expect(fakes.called()).toEqual(['one/token'])
    expect((await requestHealth(relay)).body).toMatchObject({ queue: { waiting: 1, ...counts } })
    expect(log.join()).not.toContain(env.LENDER_SECRET)
    fakes.answer('one/token', { accessToken: 't1', expiresInSeconds: 600 })
    await advanceUntil(clock, 30_000, () => expect(fakes.called().at(-1)).toBe('one/create'))
  })

  it('is shared by destinations with the same credentials and by no others', async () => {
    const fakes = withTokens()
    fakes.answer('two/token', { accessToken: 'u1', expiresInSeconds: 600 })
    fakes.answer('one/create', { outcome: 'declined' })
    const relay = await startRelay(fakes, new TestClock(start), {
      main: formTo(
        one,
        { ...one, name: 'two' },
        { ...one, name: 'three', clientSecret: { env: 'OTHER_SECRET' } },
      ),
    })
    fakes.answer('two/create', { outcome: 'declined' })
    fakes.answer('three/token', { accessToken: 'v1', expiresInSeconds: 600 })
    await postLead(relay, inventLead())
    expect(fakes.calls.map(({ to, token }) => [to, token])).toEqual([
      ['one/token', 'Bearer invented-client-secret'],
      ['one/create', 'Bearer t1'],
      ['two/create', 'Bearer t1'],
      ['three/token', 'Bearer another-client-secret'],
      ['three/create', 'Bearer v1'],
    ])
  })
})

describe('the rate limit of an account', { timeout }, () => {
  it('applies to all its destinations together; excess calls wait, and none is dropped', async () => {
    const clock = new TestClock(start)
    const fakes = createFakeLenders({ callsPerMinute: 5 }, () => clock.now())
    const forms = { main: { ...formTo({ name: 'one', token: secret }), answerWithinSeconds: 0 } }
    const relay = await startRelay(fakes, clock, forms)
    for (let count = 0; count < 14; count += 1) expect((await postLead(relay, inventLead())).status).toBe(202)
    await expect.poll(() => fakes.calls.length).toBe(5)
    await advanceUntil(clock, 10_000, async () =>
      expect((await requestHealth(relay)).body).toMatchObject({ status: 'ok', queue: { waiting: 0 } }),
    )
    expect(fakes.calls).toHaveLength(14)
    for (const { at } of fakes.calls) {
      expect(fakes.calls.filter((call) => call.at >= at && call.at < at + 60_000).length).toBeLessThanOrEqual(
        5,
      )
    }
  })
})
