import { type AttachableClock, systemClock, TestClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRateLimiter } from '../../../src/relay/destinations/rate-limiter.ts'
import { advanceUntil } from '../support/advance-time.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { openUsedDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead, requestOutcome } from '../support/relay-fixture.ts'

const timeout = 120_000
const day = 24 * 3600 * 1000

/** A clock that can be set while real time passes, for the relay and its database alike. */
function createSettableClock() {
  const shown = new TestClock()
  const begun = performance.now()
  let offset = shown.now()
  const now = () => offset + performance.now() - begun
  let showing: Promise<unknown> = Promise.resolve()
  const show = () => (showing = showing.then(() => shown.setTime(now())))
  const timer = setInterval(() => void show(), 500)
  const clock: AttachableClock = { ...systemClock, now, attach: (target) => shown.attach(target) }
  return {
    clock,
    async set(ms: number) {
      offset += ms
      await show()
    },
    async stop() {
      clearInterval(timer)
      await showing
    },
  }
}

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

it('leads are delivered soon after a clock that was a day ahead is right again', { timeout }, async () => {
  const { clock, set, stop } = createSettableClock()
  const lenders = createFakeLenders()
  lenders.answer('first/create', new Response('', { status: 503 }))
  const lines: string[] = []
  const relay = await fixture.start(await fixture.usedDatabase(), {
    clock,
    fetch: lenders.fetch,
    providers: lenders.providers,
    log: (_, text) => lines.push(text),
    forms: {
      main: { ...formEntry(), answerWithinSeconds: 1, destinations: [{ provider: 'lender', name: 'first' }] },
    },
  })
  await set(day)
  await expect.poll(() => lines).toContain('The clock was set')
  const lead = inventLead()
  expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'queued' })
  await expect.poll(() => lenders.calls.length).toBe(1)
  await expect.poll(() => lines.filter((text) => text === 'Delivery')).toHaveLength(1)

  await set(-day)
  lenders.answer('first/create', { outcome: 'accepted' })
  const before = performance.now()
  await expect
    .poll(async () => (await requestOutcome(relay, lead)).body, { timeout: 40_000 })
    .toMatchObject({ outcome: 'accepted' })
  expect(performance.now() - before).toBeLessThan(40_000)

  // A person does not wait for the clock.
  const slow = Promise.withResolvers<Response>()
  lenders.answer('first/create', () => slow.promise)
  const posted = performance.now()
  const answer = postLead(relay, inventLead())
  await new Promise((resolve) => setTimeout(resolve, 300))
  await set(-day)
  expect((await answer).body).toMatchObject({ outcome: 'queued' })
  expect(performance.now() - posted).toBeLessThan(10_000)
  slow.resolve(Response.json({ outcome: 'accepted' }))
  await set(day)
  await stop()
})

it.each([day, -day])('a clock that is set does not change a rate limit: %i ms', async (ms) => {
  let offset = 0
  const limiter = createRateLimiter(2, { ...systemClock, now: () => Date.now() + offset })
  const admitted = [await limiter.acquire('person', 0), await limiter.acquire('person', 0)]
  offset = ms
  admitted.push(await limiter.acquire('person', 0))
  limiter.close()
  expect(admitted).toEqual([true, true, false])
})

it('a delivery whose job is gone is found and queued again', { timeout }, async () => {
  const lenders = createFakeLenders()
  lenders.answer('first/create', new Response('', { status: 503 }))
  const clock = new TestClock()
  const lines: string[] = []
  const database = await fixture.usedDatabase()
  const options = {
    clock,
    fetch: lenders.fetch,
    providers: lenders.providers,
    log: (_: string, text: string) => lines.push(text),
    forms: {
      main: { ...formEntry(), answerWithinSeconds: 0, destinations: [{ provider: 'lender', name: 'first' }] },
    },
  }
  const relay = await fixture.start(database, options)
  const lead = inventLead()
  await postLead(relay, lead)
  await expect.poll(() => lenders.calls.length).toBe(1)
  await relay.close()
  // A trigger takes the jobs away while the next relay runs: at its start it looks for them itself.
  const opened = await openUsedDatabase(database)
  await opened.query('create table lost (done boolean)')
  await opened.query(
    `create function lose() returns trigger language plpgsql as $$ begin
       if not exists (select from lost) then
         delete from pgboss.job where name = 'delivery';
         insert into lost values (true);
       end if;
       return null;
     end $$`,
  )
  await opened.query(
    'create trigger lose after insert on anketa.revisions for each row execute function lose()',
  )
  await opened.close()

  const next = await fixture.start(database, options)
  lenders.answer('first/create', { outcome: 'accepted' })
  const other = inventLead()
  await postLead(next, other)
  await advanceUntil(clock, 60_000, async () =>
    expect((await requestOutcome(next, lead)).body).toMatchObject({ outcome: 'accepted' }),
  )
  expect(lines).toContain('Deliveries whose job was gone are queued again')
})
