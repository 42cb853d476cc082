import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import {
  createRelayFixture,
  postLead,
  request,
  requestHealth,
  requestOutcome,
} from '../support/relay-fixture.ts'
import { askAdmin } from '../http/console/console-client.ts'

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

async function save(relay: Relay, title: string, base: number) {
  const { definition, consents } = formEntry()
  return askAdmin(relay, 'POST /admin/forms/main', { base, definition: { ...definition, consents, title } })
}

async function servedTitle(relay: Relay): Promise<unknown> {
  return Reflect.get(Object((await request(relay, '/forms/main')).body), 'title')
}

it('every relay of the database serves what one of them saves', { timeout }, async () => {
  const database = await fixture.usedDatabase()
  const start = () => fixture.start(database, { config: { console: { edit: true } } })
  const relays = [await start(), await start()] as const
  expect((await save(relays[0], 'От первого', 0)).status).toBe(200)
  await expect.poll(() => servedTitle(relays[1]), { timeout: 30_000 }).toBe('От первого')
  expect((await save(relays[1], 'От второго', 1)).status).toBe(200)
  await expect.poll(() => servedTitle(relays[0]), { timeout: 30_000 }).toBe('От второго')

  const both = await Promise.all([save(relays[0], 'Оба 1', 2), save(relays[1], 'Оба 2', 2)])
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409])
  const late = await start()
  expect(await servedTitle(late)).toMatch(/^Оба/)
  // They have the same configuration, whatever is saved.
  const { body } = await requestHealth(late)
  expect(JSON.stringify(body)).not.toContain('another configuration')

  expect((await askAdmin(late, 'POST /admin/forms/main/withdraw', { base: 3 })).status).toBe(200)
  for (const relay of relays)
    await expect.poll(() => servedTitle(relay), { timeout: 30_000 }).toBe('Заявка на заём')
})
