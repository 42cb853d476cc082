import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPostgresListener } from '../../../src/relay/database/connection/postgres-listener.ts'
import { withClient } from '../../support/postgres/databases.ts'
import { startPoolerProxy } from '../../support/postgres/pooler-proxy.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let database: string
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
  database = await fixture.usedDatabase()
}, timeout)
afterAll(() => fixture.end())

describe('a listener', { timeout }, () => {
  it('receives on all its channels, and again after its connection was ended', async () => {
    const received: string[] = []
    let reconnects = 0
    const listener = createPostgresListener({
      createClient: () => new Client({ connectionString: database, application_name: 'listener' }),
      notify: (channel, payload) => notify(channel, payload),
      log: () => {},
    })
    const notify = (channel: string, payload: string) =>
      withClient(database, (client) => client.query('select pg_notify($1, $2)', [channel, payload]))
    for (const channel of ['one', 'two'])
      await listener.listen(
        channel,
        (payload) => received.push(`${channel} ${payload}`),
        () => {
          reconnects += 1
        },
      )
    for (let round = 1; round <= 3; round += 1) {
      await expect.poll(() => reconnects).toBeGreaterThanOrEqual(2 * round)
      received.length = 0
      for (const channel of ['one', 'two', 'three']) await notify(channel, String(round))
      await expect.poll(() => received.toSorted()).toEqual([`one ${round}`, `two ${round}`])
      await withClient(database, (client) =>
        client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listener'`,
        ),
      )
    }
    await listener.close()
  })

  it('says once that notifications do not arrive', async () => {
    const log: string[] = []
    let sent = 0
    const listener = createPostgresListener({
      createClient: () => new Client({ connectionString: database }),
      notify: async () => {
        sent += 1
      },
      log: (level, text) => log.push(`${level} ${text}`),
      testTimeoutMs: 50,
    })
    await listener.listen(
      'one',
      () => {},
      () => {},
    )
    await expect.poll(() => log.length).toBe(1)
    expect(log[0]).toContain('transaction pooler')
    expect(sent).toBe(2)
    await listener.close()
  })
})

it('people get their answers behind a pooler that loses notifications', { timeout }, async () => {
  const { port } = new URL(database)
  const pooler = await startPoolerProxy(Number(port))
  try {
    const fakes = createFakeLenders()
    fakes.answer('first/create', async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { outcome: 'accepted', providerId: '7' }
    })
    const url = database.replace(`:${port}/`, `:${pooler.port}/`)
    const start = () =>
      fixture.start(url, {
        fetch: fakes.fetch,
        providers: fakes.providers,
        config: { database: { url: { env: 'DATABASE_URL' }, prepare: false } },
        env: { DATABASE_URL: url },
        forms: { main: { ...formEntry(), destinations: [{ provider: 'lender', name: 'first' }] } },
      })
    const relays = [await start(), await start()]
    const posts = Array.from({ length: 5 }, () => relays.map((relay) => postLead(relay, inventLead()))).flat()
    for (const post of posts) expect((await post).body).toMatchObject({ outcome: 'accepted' })
    await Promise.all(relays.map((relay) => relay.close({ graceMs: 100 })))
  } finally {
    await pooler.end()
  }
})
