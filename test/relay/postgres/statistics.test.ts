import { afterAll, beforeAll, expect, it } from 'vitest'
import { withClient } from '../../support/postgres/databases.ts'
import { askAdmin } from '../http/console/console-client.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, request } from '../support/relay-fixture.ts'

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

it('adds up what relays count at the same time', { timeout: 60_000 }, async () => {
  const database = await fixture.usedDatabase()
  const relays = await Promise.all([fixture.start(database), fixture.start(database)])
  const steps = formEntry().definition.steps.map(({ id }) => id)
  expect(steps.length).toBeGreaterThan(1)
  const inOrder = steps.toSorted()
  for (let round = 0; round < 5; round += 1) {
    for (const [index, relay] of relays.entries())
      for (const step of index === 0 ? steps : steps.toReversed())
        for (const event of ['step', 'leave'])
          await request(relay, '/forms/main/events', {
            method: 'POST',
            headers: { 'content-type': 'text/plain;charset=UTF-8' },
            body: JSON.stringify({ event, step, source: `source-${round}` }),
          })
    // Each stores what it has counted, in the same rows.
    await Promise.all(relays.map((relay) => askAdmin(relay, 'GET /admin/stats')))
  }
  const { body } = await askAdmin(relays[0], 'GET /admin/stats')
  expect(body).toMatchObject({
    steps: inOrder.map((step) => ({ form: 'main', step, count: 10 })),
    left: inOrder.map((step) => ({ form: 'main', step, field: '', code: '', count: 10 })),
  })
})
