import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLeases, LeaseLostError } from '../../../src/relay/database/leases.ts'
import { withClient } from '../../support/postgres/databases.ts'
import { createFakeProvider } from '../support/fake-provider.ts'
import { inventLead } from '../support/invented.ts'
import { withDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead, requestOutcome } from '../support/relay-fixture.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

it('four relays start at the same time on an empty database', { timeout }, async () => {
  for (let round = 0; round < 5; round += 1) {
    const database = await fixture.emptyDatabase()
    const provider = createFakeProvider()
    const relays = await Promise.all(
      Array.from({ length: 4 }, () => fixture.start(database, { fetch: provider.fetch })),
    )
    const leads = relays.map(inventLead)
    for (const [index, relay] of relays.entries())
      expect((await postLead(relay, leads[index])).status).toBe(200)
    // Every relay knows the leads of all.
    for (const relay of relays)
      for (const lead of leads)
        expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' })
    expect(provider.bodies).toHaveLength(4)
    await Promise.all(relays.map((relay) => relay.close({ graceMs: 100 })))
  }
})

it('a relay that was killed while it created the schema leaves it to the next one', { timeout }, async () => {
  const database = await fixture.emptyDatabase()
  await withDatabase(database, async (opened) => {
    await createLeases(opened)
    await opened.query(
      `insert into anketa.leases values ('schema', 'killed', clock_timestamp() + interval '2 seconds')`,
    )
  })
  const started = performance.now()
  const relay = await fixture.start(database)
  expect(performance.now() - started).toBeGreaterThan(1500)
  expect((await postLead(relay, inventLead())).status).toBe(200)
})

it(
  'starts without the right to create the extension for trigrams, and says what to run',
  { timeout },
  async () => {
    const database = await fixture.emptyDatabase()
    const user = `limited_${Date.now()}`
    await withClient(database, async (client) => {
      await client.query(`create role ${user} login`)
      await client.query(`grant create on database ${new URL(database).pathname.slice(1)} to ${user}`)
      // As where the extension's files are missing.
      await client.query(`create function refuse() returns event_trigger language plpgsql as
      $$ begin if tg_tag = 'CREATE EXTENSION' then raise insufficient_privilege; end if; end $$`)
      await client.query(`create event trigger refuse on ddl_command_start execute function refuse()`)
    })
    const log: string[] = []
    const url = new URL(database)
    url.username = user
    const relay = await fixture.start(url.href, { log: (...line) => log.push(JSON.stringify(line)) })
    expect(log.join('\n')).toContain('CREATE EXTENSION pg_trgm')
    expect((await postLead(relay, inventLead())).status).toBe(200)
  },
)

it('uses the extension for trigrams in the schema that it is in', { timeout }, async () => {
  const database = await fixture.emptyDatabase()
  await withClient(database, (client) =>
    client.query('create schema "Extensions"; create extension pg_trgm schema "Extensions"'),
  )
  const relay = await fixture.start(database)
  expect((await postLead(relay, inventLead())).status).toBe(200)
})

it(
  'a relay that is closed in the middle of its work leaves that to the next one at once',
  { timeout },
  async () => {
    const database = await fixture.emptyDatabase()
    const closed = await fixture.start(database, { fetch: () => new Promise(() => {}) })
    const heldLeases = () =>
      withClient(database, async (client) => (await client.query('select name from anketa.leases')).rows)
    await expect.poll(heldLeases).toHaveLength(1)
    await closed.close({ graceMs: 0 })
    expect(await heldLeases()).toEqual([])
  },
)

it('a lease belongs to one process at a time, by the clock of the database', { timeout }, async () => {
  const database = await fixture.usedDatabase()
  await withDatabase(database, async (opened) => {
    const one = await createLeases(opened, { leaseSeconds: 1, holder: 'one' })
    const two = await createLeases(opened, { leaseSeconds: 1, holder: 'two' })
    let running = 0
    let most = 0
    const work = async (): Promise<string> => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 20))
      running -= 1
      return 'done'
    }
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (index % 2 === 0 ? one : two).run('work', work, { waitMs: 20_000 }),
      ),
    )
    expect(results).toEqual(results.map(() => ({ result: 'done' })))
    expect(most).toBe(1)

    // Longer than a lease: it is renewed, and another process does not get it.
    await one.run('work', async (lease) => {
      await new Promise((resolve) => setTimeout(resolve, 2500))
      expect(await two.run('work', work)).toBeUndefined()
      await lease.confirm(opened)
    })

    // A lease that another process has taken over is noticed before anything is changed.
    await one.run('work', async (lease) => {
      await opened.query(`update anketa.leases set holder = 'thief', until = 'infinity'`)
      await expect(lease.confirm(opened)).rejects.toThrow(LeaseLostError)
    })
    // A database whose clock was ahead for a while does not keep the work from being done.
    expect(await two.run('work', work)).toEqual({ result: 'done' })
  })
})

it('a test clock reaches every connection', { timeout }, async () => {
  const clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
  const relay = await fixture.start(await fixture.usedDatabase(), { clock })
  expect((await postLead(relay, inventLead())).status).toBe(200)
})
