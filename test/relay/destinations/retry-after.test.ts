import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retryAfterMs } from '../../../src/relay/destinations/retry-after.ts'
import { advanceToRest, advanceUntil } from '../support/advance-time.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, request, requestOutcome } from '../support/relay-fixture.ts'

const start = Date.parse('2026-11-22T09:00:00Z')

it.each([
  [429, '120', 120_000],
  [503, '120', 120_000],
  [503, ' 5 ', 5000],
  [429, 'Sun, 22 Nov 2026 09:02:00 GMT', 120_000],
  [429, 'Sun, 22 Nov 2026 08:00:00 GMT', 0],
  [429, 'Sunday, 22-Nov-26 09:02:00 GMT', 120_000],
  [429, 'Sun Nov 22 09:02:00 2026', 120_000],
  [429, 'Sunday, 22-Nov-26 08:00:00 GMT', 0],
  [503, 'Thursday, 31-Dec-76 23:59:59 GMT', 3_600_000],
  [503, 'Saturday, 01-Jan-77 00:00:00 GMT', 0],
  [503, 'Sunday, 06-Nov-94 08:49:37 GMT', 0],
  [503, 'Sun Nov  6 08:49:37 1994', 0],
  [503, 'Fri Dec  4 08:49:37 2026', 3_600_000],
  [503, 'Sun, 22 Xyz 2026 09:02:00 GMT', 0],
  [503, 'Sun, 99 Nov 2026 09:02:00 GMT', 0],
  [429, '999999999999', 3_600_000],
  [429, '9'.repeat(400), 3_600_000],
  [429, 'Fri Dec 31 23:59:59 9999', 3_600_000],
  [429, 'Fri, 31 Dec 2999 23:59:59 GMT', 3_600_000],
  [429, '0', 0],
  [429, '-5', 0],
  [429, '1.5', 0],
  [429, 'soon', 0],
  [429, '2026-11-22T09:02:00Z', 0],
  [429, undefined, 0],
  [200, '120', 0],
  [500, '120', 0],
])('an answer %i with Retry-After %j asks for a pause of %i ms', (status, retryAfter, ms) => {
  expect(retryAfterMs({ status, body: '', retryAfter }, start)).toBe(ms)
})

describe('a provider that asks for a pause', { timeout: 120_000 }, () => {
  let fixture: Awaited<ReturnType<typeof createRelayFixture>>
  beforeAll(async () => {
    fixture = await createRelayFixture()
  })
  afterAll(() => fixture.end())

  const busy = (status: number, seconds: string) =>
    Response.json(
      { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: false },
      { status, headers: { 'retry-after': seconds } },
    )

  it.each([429, 503])(
    'is not called by any form before its end, also after a restart: %i',
    async (status) => {
      const clock = new TestClock(start)
      const lenders = createFakeLenders({}, () => clock.now())
      const destination = { provider: 'lender', name: 'first', token: { env: 'TOKEN' } }
      const other = { ...destination, name: 'second', token: { env: 'OTHER' } }
      const form = (...destinations: readonly object[]) => ({
        ...formEntry(),
        answerWithinSeconds: 0,
        destinations,
      })
      const options = {
        clock,
        env: { TOKEN: 'invented-token', OTHER: 'another-token' },
        fetch: lenders.fetch,
        providers: lenders.providers,
        forms: { main: form(destination), same: form(destination), other: form(other) },
      }
      const database = await fixture.usedDatabase()
      const relay = await fixture.start(database, options)
      lenders.answer('first/create', busy(status, '120'))
      const first = inventLead()
      expect((await postLead(relay, first)).body).toMatchObject({ outcome: 'queued' })
      await advanceToRest(clock, 1000)
      expect(lenders.called()).toEqual(['first/create'])

      lenders.answer('first/create', { outcome: 'accepted' })
      const body = JSON.stringify(inventLead())
      const headers = { 'content-type': 'application/json' }
      expect(
        (await request(relay, '/forms/same/leads', { method: 'POST', headers, body })).body,
      ).toMatchObject({
        outcome: 'queued',
      })
      expect((await postLead(relay, inventLead())).body).toMatchObject({ outcome: 'queued' })
      const another = JSON.stringify(inventLead())
      await request(relay, '/forms/other/leads', { method: 'POST', headers, body: another })
      for (let minute = 0; minute < 3; minute += 1) await advanceToRest(clock, 30_000)
      expect(lenders.called().toSorted()).toEqual(['first/create', 'second/create'])
      await relay.close()

      const next = await fixture.start(database, options)
      await advanceToRest(clock, 10_000)
      expect(lenders.called().toSorted()).toEqual(['first/create', 'second/create'])
      const callsOfFirst = () => lenders.calls.filter(({ to }) => to === 'first/create')
      await advanceUntil(clock, 15_000, () => expect(callsOfFirst()).toHaveLength(4))
      await expect
        .poll(async () => (await requestOutcome(next, first)).body)
        .toMatchObject({ outcome: 'accepted' })
      const calls = callsOfFirst()
      for (const { at } of calls.slice(1)) expect(at).toBeGreaterThanOrEqual((calls[0]?.at ?? 0) + 120_000)
      // Waiting is no attempt: two leads were sent once, and the first one twice.
      expect(calls.filter(({ body: { attempt } }) => attempt === 1)).toHaveLength(3)
      expect(calls.filter(({ body: { attempt } }) => attempt === 2)).toHaveLength(1)
    },
  )
})
