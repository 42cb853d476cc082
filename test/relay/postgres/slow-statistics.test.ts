import { afterAll, beforeAll, expect, it } from 'vitest'
import { withClient } from '../../support/postgres/databases.ts'
import { askAdmin } from '../http/console/console-client.ts'
import { inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

it('stops statistics that take too long, and takes leads all the while', { timeout: 60_000 }, async () => {
  const database = await fixture.usedDatabase()
  const relay = await fixture.start(database)
  await withClient(database, async (client) => {
    await client.query('begin; lock table anketa.event_counts in access exclusive mode')
    // More than a relay has connections.
    const asked = Array.from({ length: 15 }, (_, index) =>
      askAdmin(relay, `GET /admin/stats?from=2026-11-${10 + (index % 2)}&to=2026-11-20`),
    )
    expect(await postLead(relay, inventLead())).toMatchObject({ status: 200 })
    for (const answer of await Promise.all(asked))
      expect(answer).toMatchObject({ status: 503, body: { error: { code: 'too-slow' } } })
    await client.query('rollback')
  })
  expect(await askAdmin(relay, 'GET /admin/stats')).toMatchObject({ status: 200 })
})
