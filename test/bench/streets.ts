// How fast streets and houses are found among those of the whole of Russia, which SQL generates in PostgreSQL, and what an
// import takes. `npm run bench:streets` prints the median and the 95th percentile of both queries through the relay's request
// handler, beside `select 1` through the same driver, and the time and memory of an import into both databases.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toDatabaseConfig } from '../../src/relay/config/database-config.ts'
import { createRelay } from '../../src/relay/create-relay.ts'
import { openDatabase } from '../../src/relay/database/open-database.ts'
import { createStreetTable } from '../../src/relay/places/streets/street-tables.ts'
import { adminToken, env } from '../relay/support/invented.ts'
import { buildStreets } from '../relay/places/dbf.ts'
import { addressForms } from '../relay/places/streets/import-streets.ts'
import { startPostgresServer } from '../support/postgres/server.ts'
import { createRandom } from '../support/random.ts'

const streets = Number(process.env['ANKETA_STREETS'] ?? 1_000_000)
const houses = 2.5 * streets
const imported = 200_000
const rounds = 400

/** Names of streets; each city has them with numbers. */
const roots = [
  'Ленина',
  'Мира',
  'Советская',
  'Садовая',
  'Центральная',
  'Молодёжная',
  'Карла Маркса',
  'Лесная',
  'Набережная',
  'Октябрьская',
  'Первомайская',
  'Зелёная',
  'Степная',
  'Луговая',
  'Пушкина',
  'Гагарина',
]
const { below } = createRandom(7)
const root = await mkdtemp(join(tmpdir(), 'anketa-bench-'))
const server = await startPostgresServer()
const url = server.url('postgres')
const forms = addressForms()
const start = (database = url) =>
  createRelay(
    { database, adminToken: { env: 'ANKETA_ADMIN_TOKEN' }, forms },
    {
      env: { ...env, ANKETA_ADMIN_TOKEN: adminToken },
      fetch: () => Promise.resolve(new Response('', { status: 503 })),
    },
  )
await (await start()).close()
await generate()
const relay = await start()

console.log(`${streets} streets, ${houses} rows of houses in PostgreSQL, ms`)
const database = await openDatabase(toDatabaseConfig(url), { now: Date.now() })
await measure('floor: select 1', () => database.query('select 1'))
for (const [place, city] of [
  ['a federal city of 8,000 streets', '7700000000000'],
  ['a city of 3,000 streets', '2300000100000'],
  ['a village of 50 streets', '0100000010100'],
] as const) {
  await measure(`streets of ${place}: beginnings`, () => ask('streets', { city, query: typeStreet() }))
  await measure(`streets of ${place}: two words`, () => ask('streets', { city, query: `ул ${typeStreet()}` }))
  await measure(`streets of ${place}: a typing error`, () => ask('streets', { city, query: 'окябрьская' }))
  await measure(`streets of ${place}: no text`, () => ask('streets', { city, query: '' }))
}
await measure('houses of a street of 50 rows', () =>
  ask('houses', { street: '77000000000000100', query: String(1 + below(99)) }),
)
await measure('houses of a street of 50 rows: no text', () =>
  ask('houses', { street: '77000000000000100', query: '' }),
)
await database.close()
await relay.close({ graceMs: 0 })

const file = join(root, 'STREET.DBF')
await writeFile(
  file,
  buildStreets(
    Array.from({ length: imported }, (_, index) => [
      `${roots[index % roots.length]} ${index}`,
      'ул',
      `23${String(Math.floor(index / 9000)).padStart(3, '0')}000001${String((index % 9000) + 1).padStart(4, '0')}00`,
      '350000',
    ]),
  ),
)
for (const [name, option] of [
  ['PostgreSQL', url],
  ['PGlite', `pglite:${join(root, 'database')}`],
] as const)
  await measureImport(name, option)
await server.end()
await rm(root, { recursive: true, force: true })

/** What a person types: the first letters of a name. */
function typeStreet(): string {
  const name = roots[below(roots.length)] ?? ''
  return name.slice(0, 1 + below(name.length))
}

async function ask(what: 'streets' | 'houses', body: object): Promise<void> {
  const response = await relay.fetch(
    new Request(`https://relay.example.ru/forms/main/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(body),
    }),
  )
  const text = await response.text()
  if (response.status !== 200 || !text.includes('complete')) throw new Error(`${response.status} ${text}`)
}

async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let round = -20; round < rounds; round += 1) {
    const started = performance.now()
    await work()
    if (round >= 0) times.push(performance.now() - started)
  }
  const sorted = times.toSorted((one, other) => one - other)
  const [p50 = 0, p95 = 0] = [0.5, 0.95].map((share) => sorted[Math.floor(sorted.length * share)] ?? 0)
  console.log(`  ${name}: p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}`)
}

/** Generates streets and houses with SQL, in the order of their codes as the files have them. */
async function generate(): Promise<void> {
  const opened = await openDatabase(toDatabaseConfig(url), { now: Date.now() })
  const run = (sql: string, parameters?: readonly unknown[]) => opened.maintenance.query(sql, parameters)
  for (const [generation, list, rows] of [
    [1, 'streets', streets],
    [2, 'houses', houses],
  ] as const) {
    await run(
      `insert into anketa.street_lists (list, fingerprint, rows, loaded, imported_at, touched_at, switched_at)
       values ($1, '', $2, $2, now(), now(), now())`,
      [list, rows],
    )
    await createStreetTable(opened.maintenance, list, generation)
  }
  // A federal city of 5,000 streets with settlements of 3,000, a city of 3,000, and villages of 50.
  await run(
    `insert into anketa.streets_1 (city, street, index, name, type, key)
     select city, street, 625000, name, case when i % 9 = 0 then 'пер' else 'ул' end, ' ' || replace(lower(name), 'ё', 'е') || ' '
     from (select i, case when i <= 5000 then 77000000000 when i <= 8000 then 77000000000 + (i - 4001) / 1000
           when i <= 11000 then 23000001000 else 1000000101 + (i - 11001) / 50 end as city,
         case when i <= 5000 then i when i <= 8000 then (i - 5001) % 1000 + 1 when i <= 11000 then i - 8000 else (i - 11001) % 50 + 1
           end as street,
         ($1::text[])[i % ${roots.length} + 1] || case when i > 11000 and i % 50 < ${roots.length} then '' else ' ' || i end as name
       from generate_series(1, ${streets}) as i) as made`,
    [roots],
  )
  // Long streets have 50 rows, the others two or three.
  await run(
    `insert into anketa.house_rows_2 (street, house, index, names)
     select case when i <= ${houses / 10} then 770000000000000 + (i - 1) / 50 + 1 else 10000001010000 + i / 2 end,
       (i - 1) % 50 + 1, 625000, case i % 4 when 0 then 'Н(' || i % 90 + 1 || '-' || i % 90 + 31 || ')'
         when 1 then i % 99 || ',' || i % 99 || 'к1,' || i % 99 || 'стр2,двлд' || i % 50 when 2 then i % 80 || '-' || i % 80 + 20
         else i % 99 || 'а,' || i % 99 || '/2' end
     from generate_series(1, ${houses}) as i`,
  )
  await run('vacuum analyze')
  await opened.close()
}

/** Runs the command, and prints its time and the memory of its process at most. */
async function measureImport(name: string, option: string): Promise<void> {
  // The creation of an embedded database takes more memory than anything after it.
  await (await start(option)).close({ graceMs: 0 })
  const config = join(root, 'anketa.relay.json')
  await writeFile(config, JSON.stringify({ database: option, forms }))
  const started = performance.now()
  const child = spawn(
    process.execPath,
    ['src/relay/cli/bin.ts', 'places', 'import', '--config', config, file],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  let most = 0
  const timer = setInterval(() => {
    readFile(`/proc/${child.pid}/status`, 'utf8')
      .then((text) => {
        most = Math.max(most, Number(/VmHWM:\s*(\d+)/.exec(text)?.[1] ?? 0))
      })
      // The process has ended, or the system has no such file.
      .catch(() => {})
  }, 100)
  const [code] = await once(child, 'close')
  clearInterval(timer)
  if (code !== 0) throw new Error(`The import has ended with ${code}`)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    `import of ${imported} streets into ${name}: ${seconds} s, at most ${(most / 1024).toFixed(0)} MB`,
  )
}
