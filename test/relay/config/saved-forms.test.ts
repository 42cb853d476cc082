import { systemClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { openSavedForms, type SavedFormsDeps } from '../../../src/relay/config/definitions/saved-forms.ts'
import type { Database } from '../../../src/relay/database/database.ts'
import { env, formEntry } from '../support/invented.ts'
import { openUsedDatabase } from '../support/read-database.ts'
import { createRelayFixture } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let opened: Database
const asked: { readonly sql: string; readonly rows: Promise<readonly unknown[]> }[] = []

beforeAll(async () => {
  fixture = await createRelayFixture()
  opened = await openUsedDatabase(await fixture.usedDatabase())
}, 60_000)
afterAll(async () => {
  await opened.close()
  await fixture.end()
})

/** The forms of a configuration, with a database that tells what it was asked. */
async function open() {
  const candidate = { forms: { main: formEntry() } }
  const sources = { env, readText: () => Promise.reject(new Error('no file')) }
  const config = await parseConfig(candidate, sources)
  const database: SavedFormsDeps['database'] = {
    exclusive: opened.exclusive,
    transaction: opened.transaction,
    query<Row>(sql: string, parameters: readonly unknown[] = []) {
      const rows = opened.query<Row>(sql, parameters)
      asked.push({ sql, rows })
      return rows
    },
  }
  return openSavedForms({ config, candidate, sources, database, clock: systemClock, log: () => {} })
}

function content(title: string) {
  const { definition, consents } = formEntry()
  return { definition: { ...definition, consents, title } }
}

const looks = () => asked.filter(({ sql }) => sql.includes('max(number)')).length

it('reads no contents for lists and checks, and none of forms that the configuration does not have', async () => {
  const forms = await open()
  expect(await forms.save({ form: 'main', base: 0, user: 'Анна' }, content('Первая'))).toEqual({ number: 1 })
  await opened.query(
    `insert into anketa.form_versions (form, number, definition, saved_at, saved_by)
     values ('removed', 1, '{"title": "Убранная"}', now(), 'Анна')`,
  )
  asked.length = 0
  const versions = await forms.versions('main')
  expect(versions).toEqual([
    {
      form: 'main',
      number: 1,
      isWithdrawal: false,
      hasUnservedLooks: false,
      savedAt: expect.any(Date),
      savedBy: 'Анна',
      restoredFrom: undefined,
    },
  ])
  expect(await forms.findProblems('main', content('Вторая'))).toEqual([])
  forms.start()
  await expect.poll(looks).toBeGreaterThan(0)
  // Waits for the look that has begun.
  expect(await forms.save({ form: 'main', base: 0, user: 'Борис' }, content('Вторая'))).toMatchObject({
    conflict: { number: 1, savedBy: 'Анна' },
  })
  forms.stop()
  const answered = JSON.stringify(await Promise.all(asked.map(({ rows }) => rows)))
  expect(answered).toContain('processing')
  expect(answered).not.toMatch(/Первая|Убранная/)
})

it('serves what is saved by way of the configuration before, as during a reload', async () => {
  const [before, after] = [await open(), await open()]
  after.start()
  const { length } = await before.versions('main')
  await before.save({ form: 'main', base: length, user: 'Анна' }, content('Во время чтения'))
  const title = () => after.usable.get('main')?.definition.title
  await expect.poll(title, { timeout: 20_000 }).toBe('Во время чтения')
  after.stop()
}, 30_000)
