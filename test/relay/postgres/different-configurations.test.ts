import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, requestOutcome } from '../support/relay-fixture.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

it('a relay leaves a delivery to the relay that knows its destination', { timeout }, async () => {
  const fakes = createFakeLenders()
  const database = await fixture.usedDatabase()
  const log: string[] = []
  const start = (forms: Readonly<Record<string, readonly string[]>>) =>
    fixture.start(database, {
      fetch: fakes.fetch,
      providers: fakes.providers,
      log: (...line) => log.push(JSON.stringify(line)),
      forms: Object.fromEntries(
        Object.entries(forms).map(([form, names]) => [
          form,
          { ...formEntry(), destinations: names.map((name) => ({ provider: 'lender', name })) },
        ]),
      ),
    })
  // The others are started later, and know the form with another destination, or another form with the same one.
  const one = await start({ main: ['first'] })
  const others = [await start({ main: ['second'] }), await start({ other: ['first'] })]
  const leads = Array.from({ length: 24 }, inventLead)
  for (const lead of leads) expect([200, 202]).toContain((await postLead(one, lead)).status)
  for (const lead of leads)
    await expect
      .poll(async () => (await requestOutcome(one, lead)).body, { timeout: 30_000 })
      .toEqual({ id: lead.id, outcome: 'accepted' })
  expect(fakes.called()).toEqual(leads.map(() => 'first/create'))
  // Nothing was put off as after an attempt.
  expect(fakes.calls.map(({ body }) => body['attempt'])).toEqual(leads.map(() => 1))
  expect(log.join()).not.toContain('no destination')

  // What no running relay knows goes to the next destination, as in one relay.
  const waiting = inventLead()
  fakes.answer('first/create', new Response('', { status: 503 }))
  await postLead(one, waiting)
  await one.close()
  await others[1]?.close()
  await expect
    .poll(async () => others[0] && (await requestOutcome(others[0], waiting)).body, { timeout: 60_000 })
    .toEqual({ id: waiting.id, outcome: 'accepted' })
  expect(fakes.called().at(-1)).toBe('second/create')
})
