import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { withClient } from '../../support/postgres/databases.ts'
import { advanceToRest } from '../support/advance-time.ts'
import { inventLead } from '../support/invented.ts'
import { createMessageScenario } from '../support/messages/receivers.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

const leads = 10_000

/**
 * Leads of the week before last: the first destination had refused the settings, the second one has taken them, and the
 * messages are sent or were given up.
 */
const seed = [
  `insert into anketa.leads (id, form, key_hash, revision, status, received_at)
   select gen_random_uuid(), 'main', 'seeded', 1, 'accepted', now() - interval '10 days' - n * interval '1 minute'
   from generate_series(1, ${leads}) n`,
  `create temporary view seeded as select * from anketa.leads where key_hash = 'seeded'`,
  `insert into anketa.revisions (lead, revision, "values", consents, attribution, page, widget, received_at, phone_hash)
   select id, 1, '{"amount":30000}', '[]', '{}', '{}', '0.1.0', received_at, id::text from seeded`,
  `insert into anketa.deliveries (lead, destination, revision, status, outcome, attempts, queued_at, job, settled_at)
   select id, d, 1, case d when 'first' then 'passed' else 'decided' end,
     jsonb_build_object('outcome', case d when 'first' then 'refused' else 'accepted' end),
     1, received_at, gen_random_uuid(), received_at
   from seeded, unnest(array['first', 'second']) d`,
  `insert into anketa.attempts (lead, destination, revision, number, started_at, finished_at, outcome)
   select lead, destination, revision, 1, queued_at, queued_at, outcome from anketa.deliveries where lead in (select id from seeded)`,
  `insert into anketa.lead_contacts (lead, hash, key_id)
   select id, id::text, (select min(key_id) from anketa.lead_contacts) from seeded`,
  `insert into anketa.messages
     (id, kind, receiver, lead, revision, event, details, state, attempts, created_at, next_at, ended_at)
   select gen_random_uuid(), 'notification', r, id, 1, 'new', '{}', case r when 'crm' then 'sent' else 'failed' end,
     1, received_at, received_at, received_at
   from seeded, unnest(array['crm', 'tracker']) r`,
  `insert into anketa.consent_proofs
     (lead_hash, form, revision, consent, widget, received_at, contacts, page, recipients, content, content_digest,
      digest, batch)
   select n::text, form, revision, consent, widget, received_at, contacts, page, recipients, content, content_digest,
      digest, 1 from anketa.consent_proofs, generate_series(1, ${leads}) n where batch = 1`,
  'analyze',
  'select pg_stat_force_next_flush()',
]

/** How many rows of each table of leads and messages were read, by scans of whole tables or of indexes. */
async function countReadRows(database: string): Promise<ReadonlyMap<string, number>> {
  return withClient(database, async (client) => {
    const { rows } = await client.query<{ name: string; read: number }>(
      `select t.relname as name, (t.seq_tup_read + sum(i.idx_tup_read))::int as read
       from pg_stat_user_tables t join pg_stat_user_indexes i on i.relid = t.relid
       where t.schemaname = 'anketa' and t.relname = any ($1) group by t.relname, t.seq_tup_read`,
      [['leads', 'revisions', 'deliveries', 'attempts', 'messages', 'lead_contacts', 'consent_proofs']],
    )
    return new Map(rows.map(({ name, read }) => [name, read]))
  })
}

it(
  'reads few rows when it looks for what is due, however many leads are stored',
  { timeout: 90_000 },
  async () => {
    const database = await fixture.usedDatabase()
    const scenario = createMessageScenario(fixture, Date.now())
    const start = () =>
      scenario.start(database, {
        retentionDays: 30,
        notify: [
          {
            on: ['new', 'accepted'],
            name: 'crm',
            webhook: { url: 'https://crm.example.ru/notices', secret: { env: 'HOOK' } },
          },
        ],
        postbacks: [{ name: 'tracker', on: ['new', 'accepted'], url: 'https://tracker.example/p?l={lead}' }],
      })
    const first = await start()
    await postLead(first, inventLead())
    await first.close()
    await withClient(database, async (client) => {
      for (const statement of seed) await client.query(statement)
    })
    const atStart = await count(async () => {})
    const atWork = await count(async (relay) => {
      await postLead(relay, inventLead())
      await scenario.pass(20)
      await advanceToRest(scenario.clock, 60_000)
      await scenario.pass(1)
    })
    for (const [table, rows] of atWork) expect(rows - (atStart.get(table) ?? 0), table).toBeLessThan(1000)

    /** Runs a relay, and counts what it has read: connections report it when they close. */
    async function count(work: (relay: Relay) => Promise<void>) {
      await withClient(database, (client) => client.query('select pg_stat_reset()'))
      const relay = await start()
      await work(relay)
      await relay.close()
      return countReadRows(database)
    }
  },
)
