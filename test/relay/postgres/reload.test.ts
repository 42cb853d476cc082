import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead, wideLimits } from '../support/invented.ts'
import { createRelayFixture, postLead, requestHealth, requestOutcome } from '../support/relay-fixture.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
}, timeout)
afterAll(() => fixture.end())

const lenders = createFakeLenders()
const env = {
  ANKETA_ADMIN_TOKEN: adminToken,
  KEY_ONE: randomBytes(32).toString('base64'),
  KEY_TWO: randomBytes(32).toString('base64'),
  SEARCH_KEY: randomBytes(32).toString('base64'),
}

const configure = (database: string, destination: string, keys: readonly string[]) => ({
  database,
  adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
  limits: wideLimits,
  searchKey: { env: 'SEARCH_KEY' },
  dataKeys: keys.map((name) => ({ env: name })),
  forms: {
    main: { ...formEntry(), destinations: [{ provider: 'lender', id: destination, name: destination }] },
  },
})

it('two relays go on while one of them has another configuration', { timeout }, async () => {
  const database = await fixture.usedDatabase()
  const start = async () => {
    const { forms, ...config } = configure(database, 'first', ['KEY_ONE'])
    return fixture.start(database, {
      env,
      providers: lenders.providers,
      fetch: lenders.fetch,
      forms,
      config,
    })
  }
  const relays = [await start(), await start()]
  const [one, two] = relays
  if (!one || !two) throw new Error('there are no relays')
  const reload = (relay: typeof one, destination: string, keys: readonly string[]) =>
    relay.reload(configure(database, destination, keys))
  const leads: ReturnType<typeof inventLead>[] = []
  const post = async (): Promise<void> => {
    for (const relay of relays) {
      const posted = Array.from({ length: 6 }, inventLead)
      leads.push(...posted)
      const statuses = await Promise.all(posted.map(async (lead) => (await postLead(relay, lead)).status))
      for (const status of statuses) expect([200, 202]).toContain(status)
    }
  }

  await post()
  await reload(one, 'second', ['KEY_ONE'])
  await post()
  expect((await requestHealth(two)).body).toMatchObject({
    status: 'degraded',
    reasons: [expect.stringContaining('another configuration')],
  })
  await reload(two, 'second', ['KEY_ONE'])
  expect((await requestHealth(two)).body).toMatchObject({ status: 'ok' })
  // Another key: known to both before one of them encrypts with it.
  for (const keys of [
    ['KEY_ONE', 'KEY_TWO'],
    ['KEY_TWO', 'KEY_ONE'],
  ]) {
    for (const relay of relays) {
      await reload(relay, 'second', keys)
      await post()
    }
  }
  for (const lead of leads)
    for (const relay of relays)
      await expect
        .poll(async () => (await requestOutcome(relay, lead)).body)
        .toEqual({ id: lead.id, outcome: 'accepted' })
  expect(lenders.calls.length).toBe(leads.length)
  expect(new Set(lenders.called())).toEqual(new Set(['first/create', 'second/create']))

  // The old key can go once it encrypts nothing, in one relay after the other.
  for (const relay of relays)
    await expect
      .poll(() => reload(relay, 'second', ['KEY_TWO']).then(() => 'reloaded', String), { timeout: 90_000 })
      .toBe('reloaded')
})
