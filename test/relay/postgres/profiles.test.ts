import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeProvider } from '../support/fake-provider.ts'
import { env, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, requestOutcome } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

it.each(['yugabytedb', 'citus'])(
  'two relays deliver with the profile for %s, tried on PostgreSQL itself',
  { timeout: 120_000 },
  async (backend) => {
    const provider = createFakeProvider()
    const database = await fixture.emptyDatabase()
    const start = () =>
      fixture.start(database, {
        config: { database: { url: { env: 'DATABASE_URL' }, backend } },
        env: { ...env, DATABASE_URL: database },
        fetch: provider.fetch,
      })
    const relays = await Promise.all([start(), start()])
    const leads = relays.map(inventLead)
    for (const [index, relay] of relays.entries())
      expect((await postLead(relay, leads[index])).status).toBe(200)
    for (const relay of relays)
      for (const lead of leads)
        expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' })
  },
)
