// How fast the console's lists and statistics are with a million leads in PostgreSQL, which SQL generates: `npm run bench:console` prints
// the 95th percentile of each request, and the memory of an export. `ANKETA_LEADS` is the number of leads.
import { createRelay } from '../../src/relay/create-relay.ts'
import type { Relay } from '../../src/relay/relay-options.ts'
import { formatLeadNumber } from '../../src/lead/lead-number.ts'
import { toDatabaseConfig } from '../../src/relay/config/database-config.ts'
import { openDatabase } from '../../src/relay/database/open-database.ts'
import { openEncryption } from '../../src/relay/database/encryption/encryption.ts'
import { adminToken, env, formEntry } from '../relay/support/invented.ts'
import { startPostgresServer } from '../support/postgres/server.ts'

const leads = Number(process.env['ANKETA_LEADS'] ?? 1_000_000)
const exported = Math.min(100_000, leads / 10)
const rounds = 40
const limits = { page: 100, search: 50, filter: 300, statistics: 300 }

const server = await startPostgresServer()
const url = server.url('postgres')
const start = () =>
  createRelay(
    {
      database: url,
      adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
      forms: Object.fromEntries(['main', 'second', 'rare', 'old'].map((form) => [form, formEntry()])),
    },
    {
      env: { ...env, ANKETA_ADMIN_TOKEN: adminToken },
      fetch: () => Promise.resolve(new Response('', { status: 503 })),
    },
  )
await (await start()).close()
const sought = await generate()
const relay = await start()
let isTooSlow = false

await measure('first page', limits.page, 'GET /admin/leads')
await measure('page in the middle', limits.page, `GET /admin/leads?to=2026-06-01`)
for (const query of [
  'form=main',
  'form=rare',
  'form=old',
  'status=accepted',
  'status=failed',
  'destination=devtek',
  'destination=rare',
  'destination=old',
  'attribution=utm_source:yandex',
  'attribution=utm_source:rare',
  'attribution=utm_campaign:old',
  'from=2026-03-01&to=2026-03-02',
  'form=main&status=failed',
  'form=rare&status=declined',
  'form=old&status=accepted&destination=devtek',
  'status=uncertain&destination=devtek&attribution=utm_source:yandex',
  'form=second&attribution=utm_campaign:old',
  'destination=old&attribution=utm_source:yandex&from=2026-01-10',
])
  await measure(query, limits.filter, `GET /admin/leads?${query}`)
await measure('search by phone', limits.search, 'POST /admin/leads/search', { phone: sought.phone })
await measure('search by e-mail', limits.search, 'POST /admin/leads/search', { email: sought.email })
await measure('search by number', limits.search, 'POST /admin/leads/search', { number: sought.number })
await measure('search by a rare name', limits.search, 'POST /admin/leads/search', { name: sought.name })
await measure('search by a frequent name', limits.filter, 'POST /admin/leads/search', { name: 'Иванов' })
for (const [name, query] of [
  ['30 days', 'from=2026-10-20&to=2026-11-18'],
  ['92 days', 'from=2026-08-27&to=2026-11-26'],
  ['92 days of one form', 'from=2026-08-27&to=2026-11-26&form=main'],
])
  await measure(`statistics of ${name}`, limits.statistics, `GET /admin/stats?${query}`)
await measure('a lead', limits.page, `GET /admin/leads/${sought.id}`)
await measureExport()
await relay.close()
await server.end()
if (isTooSlow) process.exitCode = 1

/** Sends a request some times, and prints the 95th percentile in milliseconds. */
async function measure(name: string, limit: number, route: string, body?: object): Promise<void> {
  const times: number[] = []
  let count = 0
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now()
    const { status, text } = await ask(relay, route, body)
    if (round > 1) times.push(performance.now() - started)
    if (status !== 200) throw new Error(`${name}: ${status} ${text}`)
    count = text.split('"id":').length - 1
  }
  const p95 = times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0
  isTooSlow ||= p95 > limit
  console.log(
    `${name}: p95 ${p95.toFixed(0)} ms of ${limit}, ${count} rows${p95 > limit ? ', TOO SLOW' : ''}`,
  )
}

async function ask(to: Relay, route: string, body?: object) {
  const [method = '', path = ''] = route.split(' ')
  const response = await to.fetch(
    new Request(`https://relay.example.ru${path}`, {
      method,
      headers: { authorization: `Bearer ${adminToken}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  )
  return { status: response.status, text: await response.text() }
}

/** Reads an export without keeping it, and prints the memory that it takes at most. */
async function measureExport(): Promise<void> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const started = performance.now()
  const response = await relay.fetch(
    new Request('https://relay.example.ru/admin/leads.csv?form=old', {
      headers: { authorization: `Bearer ${adminToken}` },
    }),
  )
  let lines = 0
  let most = 0
  for await (const chunk of response.body ?? []) {
    lines += chunk.filter((byte) => byte === 10).length
    most = Math.max(most, process.memoryUsage().rss - before)
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    `export: ${lines - 1} leads in ${seconds} s, at most ${(most / 1024 / 1024).toFixed(0)} MB more`,
  )
}

/** Generates the leads of a year. Some forms, destinations and campaigns are rare, and some ended long ago. */
async function generate() {
  const database = await openDatabase(toDatabaseConfig(url), { now: Date.now() })
  const { contacts } = await openEncryption(database, () => ({ dataKeys: [] }))
  const [phone, email, name] = ['+79000000001', 'person1@example.ru', 'Редкий']
  const run = (sql: string, parameters?: readonly unknown[]) => database.maintenance.query(sql, parameters)
  await run(
    `create unlogged table made as select i,
       ('0199' || lpad(to_hex(i), 8, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid as id,
       timestamptz '2026-01-01' + i * (interval '330 days' / ${leads}) as at,
       case when i <= ${exported} then 'old' when i % 5000 = 0 then 'rare' when i % 3 = 0 then 'second' else 'main' end as form,
       case when i % 10 < 5 then 'accepted' when i % 10 < 8 then 'declined' when i % 1000 = 8 then 'failed'
         when i % 1000 = 18 then 'uncertain' when i % 10 = 8 then 'queued' else 'duplicate' end as status,
       case when i <= ${exported} then 'old' when i % 5000 = 1 then 'rare' when i % 4 = 0 then 'lotinfo' else 'devtek' end as destination,
       case when i % 5000 = 2 then 'rare' when i % 2 = 0 then 'yandex' else 'vk' end as source,
       case when i <= ${exported} then 'old' else 'c' || i % 300 end as campaign
     from generate_series(1, ${leads}) as i`,
  )
  await run(
    `insert into anketa.leads (id, form, key_hash, revision, status, received_at, day, source)
     select id, form, md5(i::text), 1, status, at, (at at time zone 'Europe/Moscow')::date, source from made order by i`,
  )
  await run(
    `insert into anketa.revisions (lead, revision, "values", consents, attribution, page, widget, received_at, phone_hash, name_hash)
     select id, 1, jsonb_build_object('amount', 10000 + i % 90000, 'lastName', 'Примеров', 'firstName', 'Иван',
         'phone', '+7900' || lpad((i % 10000000)::text, 7, '0'), 'email', 'person' || i || '@example.ru', 'birthDate', '1990-01-31'),
       '[]', jsonb_build_object('utm_source', source, 'utm_campaign', campaign),
       '{"url": "https://landing.example.ru/", "startedAt": "", "submittedAt": ""}', '1.0.0', at, md5(i::text),
       case when i = 77 then $1 when i % 80 = 0 then $2 else md5((i % 50000)::text) end
     from made order by i`,
    [contacts.hash('name', name), contacts.hash('name', 'Иванов')],
  )
  await run(
    `insert into anketa.lead_contacts (lead, hash, key_id)
     select id, case when i = 77 then $1 else md5('phone' || i) end, $3 from made
     union all select id, case when i = 77 then $2 else md5('email' || i) end, $3 from made`,
    [contacts.hash('phone', phone), contacts.hash('email', email), contacts.keyId],
  )
  await run(
    `insert into anketa.deliveries (lead, destination, revision, status, outcome, attempts, queued_at, settled_at, job, received_at)
     select id, destination, 1, case when status in ('failed', 'uncertain') then status when status = 'queued' then 'passed' else 'decided' end,
       jsonb_build_object('outcome', case when status in ('failed', 'queued') then 'unavailable' else status end), 1, at, at, id, at
     from made order by i`,
  )
  // What pages report of a year: by form, source and variant, at every field and with some codes.
  await run(
    `insert into anketa.event_counts (form, day, event, step, field, code, variant, source, count)
     select form, date '2026-01-01' + d, event, step, field, code, 'v' || p % 3, case when p < 3 then 'yandex' else 'c' || p end, 50
     from generate_series(0, 330) d, generate_series(1, 30) p, unnest(array['main', 'second', 'rare']) form,
       (select event, '' as step, '' as field, '' as code from unnest(array['view', 'start', 'submit']) event
        union all select 'step', 's' || s, '', '' from generate_series(1, 4) s
        union all select 'leave', 's' || f % 4, 'f' || f, c from generate_series(1, 12) f, unnest(array['', 'required', 'wrong']) c) e`,
  )
  await run('drop table made')
  await run('vacuum analyze')
  const [row] = await database.query<{ readonly id: string }>(
    `select id::text from anketa.leads order by number offset 76 limit 1`,
  )
  await database.close()
  const id = row?.id ?? ''
  return { id, phone, email, name, number: formatLeadNumber(id) }
}
