import { systemClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLeadStore } from '../../../src/relay/leads/lead-store.ts'
import { parseLead } from '../../../src/relay/http/parse-lead.ts'
import { openJobQueue } from '../../../src/relay/leads/job-queue.ts'
import { createEncryption } from '../../../src/relay/database/encryption/encryption.ts'
import { migrate } from '../../../src/relay/database/migrations.ts'
import { inventLead } from '../support/invented.ts'
import { withDatabase } from '../support/read-database.ts'
import { createRelayFixture } from '../support/relay-fixture.ts'
import { createRouting } from '../support/routing.ts'

const noKeys = () => ({ dataKeys: [] })

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

it('stores a lead together with its job or not at all', { timeout: 60_000 }, async () => {
  await withDatabase(await fixture.emptyDatabase(), async (database) => {
    await migrate(database)
    await migrate(database)
    const boss = await openJobQueue(database, systemClock, () => {})
    const parsed = parseLead(inventLead())
    if ('problem' in parsed) throw new Error(parsed.problem)
    const { key: _, id, ...rest } = parsed.lead
    const lead = { ...rest, id, form: 'main', keyHash: 'a', receivedAt: new Date() }
    const routing = createRouting('first-accepted', 'devtek')
    const store = createLeadStore(database, boss, createEncryption(noKeys, ''))
    const rows = (table: string) => database.query(`select * from ${table}`)

    await database.query('alter table pgboss.queue rename to elsewhere')
    await expect(store.save(lead, routing)).rejects.toThrow('pgboss.queue')
    expect(await rows('anketa.leads')).toEqual([])
    expect(await rows('anketa.revisions')).toEqual([])

    await database.query('alter table pgboss.elsewhere rename to queue')
    expect(await store.save(lead, routing)).toMatchObject({
      isCurrent: true,
      state: { revision: 1, deliveries: [{ status: 'waiting', attempts: 0 }] },
    })
    expect(await rows('anketa.deliveries')).toHaveLength(1)
    expect(await database.query(`select state::text, data from pgboss.job where name = 'delivery'`)).toEqual([
      {
        state: 'created',
        data: { lead: id, destination: 'devtek', revision: 1, form: 'main', attempted: false },
      },
    ])

    // The same consents at a later time are no revision; consents to another document are one.
    const later = lead.consents.map((receipt) => ({ ...receipt, acceptedAt: '2026-11-22T13:00:00+03:00' }))
    expect(await store.save({ ...lead, consents: later }, routing)).toMatchObject({ state: { revision: 1 } })
    const revised = lead.consents.map((receipt) => ({ ...receipt, version: '2026-10-01' }))
    for (const [index, consents] of [revised, [...revised, ...lead.consents], []].entries()) {
      expect(await store.save({ ...lead, consents }, routing)).toMatchObject({
        state: { revision: index + 2 },
      })
    }
    const kept = await database.query('select consents from anketa.revisions order by revision')
    expect(kept).toEqual(
      [lead.consents, revised, [...revised, ...lead.consents], []].map((consents) => ({ consents })),
    )

    // After a destination has accepted the lead, its consents no longer change.
    await database.query(
      `update anketa.deliveries set status = 'decided', outcome = '{"outcome":"accepted"}'`,
    )
    expect(await store.save(lead, routing)).toMatchObject({ state: { revision: 4 } })
    expect(await rows('anketa.revisions')).toHaveLength(4)

    await database.query('update anketa.schema_version set version = 99')
    await expect(migrate(database)).rejects.toThrow('last used by a newer relay (schema 99')
    await boss.stop({ graceful: false })
  })
})
