import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPglite } from '../../../src/relay/database/pglite.ts'
import { createRelayFixture } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

it('keeps the write-ahead log and the tables small in steps', { timeout: 120_000 }, async () => {
  const folder = await fixture.usedFolder()
  const database = await openPglite(folder, { now: 0 })
  const steps: number[] = []
  await database.query(
    `insert into anketa.widget_files (version, name, content) select 'a', g::text, '' from generate_series(1, 4000) g`,
  )
  for (let round = 0; round < 60; round += 1) {
    await database.query(`update anketa.widget_files set content = repeat($1, 300)`, [String(round)])
    const started = performance.now()
    await database.maintain()
    steps.push(Math.round(performance.now() - started))
  }
  // A file of the log has 16 MB. Without checkpoints there would be more with every round.
  const [written] = await database.query<{ files: number }>(
    `select ((pg_current_wal_lsn() - '0/0') / 16777216)::int as files`,
  )
  const logFiles = readdirSync(join(folder, 'pg/pg_wal')).filter((name) => /^[\dA-F]{24}$/.test(name))
  expect(written?.files).toBeGreaterThan(10)
  expect(logFiles.length).toBeLessThan(9)
  // Every round replaces about a megabyte.
  const [table] = await database.query<{ size: string }>(
    `select pg_total_relation_size('anketa.widget_files') as size`,
  )
  expect(Number(table?.size)).toBeLessThan(25 * 1024 * 1024)
  console.log(JSON.stringify({ written: written?.files, kept: logFiles.length, size: table?.size, steps }))
  await database.close()
})

it('lets timers run while statements follow each other', { timeout: 60_000 }, async () => {
  const database = await openPglite(await fixture.usedFolder(), { now: 0 })
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 10)
  const ends = performance.now() + 1000
  const work = async (): Promise<void> => {
    while (performance.now() < ends) await database.query('select 1')
  }
  await Promise.all([work(), work(), work()])
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(5)
  await database.close()
})
