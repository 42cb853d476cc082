import { rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from 'pg-boss'
import { expect, it } from 'vitest'
import { createLeadStore } from '../../src/relay/lead-store.ts'
import { openPglite } from '../../src/relay/pglite.ts'
import { openQueue } from '../../src/relay/queue.ts'
import { migrate } from '../../src/relay/schema.ts'
import { inventLead } from './support/invented.ts'

it('stores a lead with its job or not at all', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'anketa-store-'))
  const database = await openPglite(folder, { now: Date.now() })
  try {
    await migrate(database)
    await migrate(database)
    const boss = await openQueue(database, systemClock, () => {})
    const { values, consents, attribution, page, id, widget } = inventLead()
    const rest = { values, consents, attribution, page, widget }
    const lead = { ...rest, id, form: 'main', keyHash: 'a', receivedAt: new Date(), destinations: ['devtek'] }
    const store = createLeadStore(database, boss)
    const rows = (table: string) => database.query(`select * from ${table}`)

    await database.query('alter table pgboss.queue rename to elsewhere')
    await expect(store.receive(lead)).rejects.toThrow('pgboss.queue')
    expect(await rows('anketa.leads')).toEqual([])
    expect(await rows('anketa.revisions')).toEqual([])

    await database.query('alter table pgboss.elsewhere rename to queue')
    expect(await store.receive(lead)).toMatchObject({
      revision: 1,
      deliveries: [{ status: 'waiting', attempts: 0 }],
    })
    expect(await rows('anketa.deliveries')).toHaveLength(1)
    expect(await database.query(`select state::text, data from pgboss.job where name = 'delivery'`)).toEqual([
      { state: 'created', data: { lead: id, destination: 'devtek', revision: 1 } },
    ])

    await database.query('update anketa.schema_version set version = 99')
    await expect(migrate(database)).rejects.toThrow('last used by a newer relay (schema 99')
    await boss.stop({ graceful: false })
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
})
