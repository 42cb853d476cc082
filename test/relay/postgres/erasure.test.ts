import type { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { withClient } from '../../support/postgres/databases.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, request } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

const authorization = `Bearer ${adminToken}`
const eraseLead = (relay: Relay, id: string) =>
  request(relay, `/admin/leads/${id}`, { method: 'DELETE', headers: { authorization } })

/** Waits until `count` statements of the database wait for locks. */
async function waitForWaiting(client: Client, count: number): Promise<void> {
  await expect
    .poll(async () => {
      const { rowCount } = await client.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rowCount
    })
    .toBe(count)
}

it.each([
  ['commits', 410, 0],
  ['fails', 200, 1],
])(
  'a post that waits for the erasure of its id is answered when that %s',
  { timeout: 60_000 },
  async (end, status, stored) => {
    const database = await fixture.usedDatabase()
    const lenders = createFakeLenders()
    const start = () =>
      fixture.start(database, {
        providers: lenders.providers,
        fetch: lenders.fetch,
        forms: { main: { ...formEntry(), destinations: [{ provider: 'lender', name: 'first' }] } },
      })
    const [eraser, receiver] = [await start(), await start()]
    lenders.answer('first/create', { outcome: 'declined' })
    const lead = inventLead()
    expect((await postLead(receiver, lead)).body).toMatchObject({ outcome: 'declined' })
    lenders.answer('first/create', { outcome: 'accepted' })
    await withClient(database, async (client) => {
      // The erasure has marked the id and deletes the lead, and has to wait for what belongs to it.
      await client.query('begin')
      await client.query('select from anketa.revisions where lead = $1 for update', [lead.id])
      const erasing = eraseLead(eraser, lead.id)
      await waitForWaiting(client, 1)
      const posting = postLead(receiver, { ...lead, values: { ...lead.values, amount: 40_000 } })
      await waitForWaiting(client, 2)
      if (end === 'fails')
        await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where pg_backend_pid() = any (pg_blocking_pids(pid))`,
        )
      await client.query('commit')
      expect((await posting).status).toBe(status)
      expect((await erasing).status).toBe(end === 'fails' ? 500 : 200)
      expect(lenders.calls).toHaveLength(1 + stored)
      const { rowCount } = await client.query('select from anketa.leads where id = $1', [lead.id])
      expect(rowCount).toBe(stored)
      const jobs = await client.query(`select from pgboss.job where data ->> 'lead' = $1`, [lead.id])
      expect(jobs.rowCount).toBe(0)
    })
  },
)
