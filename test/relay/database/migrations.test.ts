import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadLatestVersions } from '../../../src/relay/config/definitions/form-versions.ts'
import { consoleMigrations } from '../../../src/relay/database/schema/console-steps.ts'
import { migrate, migrateTo, migrations } from '../../../src/relay/database/migrations.ts'
import { createStatisticsReader } from '../../../src/relay/leads/statistics/read-statistics.ts'
import { withDatabase } from '../support/read-database.ts'
import { createRelayFixture } from '../support/relay-fixture.ts'

/** The steps of the schema, in the order in which databases have applied them. */
const recorded = [
  '0d965ae2487a',
  '3f1ebd83d916',
  '7cfa753ee7f2',
  'c71051ee3797',
  'b43f67c4c85a',
  '3697a3535f38',
  '7324e6deb919',
  '7314535ae315',
  '4745f383e9d2',
  '0ebbbe482a28',
  'a83b6fc5aebb',
  '64c2977fdf6a',
  '7bc109160d6d',
  'e2c1f0b21936',
  'dcd8b88fe30e',
  '5d0ae38184cb',
  'd0b5718b1f7d',
  '7b5ec945c7c6',
  '0ce43402bde8',
  '8a4ac586e967',
  'bc7a76dac43c',
  '2af1c1815d47',
  '7d2ede98026a',
]

/** The steps of a database that was made before pages got saved looks. */
const earlierSteps = 18

function hashStep(step: string): string {
  return createHash('sha256').update(step).digest('hex').slice(0, 12)
}

/** What is wrong with a list of steps, for the person who has changed it. */
function findMisplaced(steps: readonly string[]): readonly string[] {
  const found = steps.map(hashStep)
  const changed = recorded.flatMap((hash, index) =>
    found[index] === hash
      ? []
      : [
          `Step ${index + 1} of the schema is not what databases have applied: leave all steps as they are, and append yours at the end of "migrations".`,
        ],
  )
  const added = found
    .slice(recorded.length)
    .map(
      (hash, index) => `Step ${recorded.length + index + 1} is new: record its hash at the end: '${hash}'.`,
    )
  // Everything after the first one has moved with it.
  return changed.length > 0 ? changed.slice(0, 1) : added
}

describe('the steps of the schema', () => {
  it('are those that databases have applied, in this order', () => {
    expect(findMisplaced(migrations)).toEqual([])
    expect(consoleMigrations).toHaveLength(3)
  })

  const last = migrations.length - 1
  it.each<[string, readonly string[], RegExp]>([
    ['changed', migrations.with(4, 'select 1;'), /^Step 5 .* append yours at the end of "migrations"\.$/],
    ['removed', migrations.toSpliced(0, 1), /^Step 1 .* append yours at the end/],
    ['the last one removed', migrations.slice(0, -1), /^Step \d+ .* append yours at the end/],
    ['inserted', migrations.toSpliced(last, 0, 'select 1;'), /^Step \d+ .* append yours at the end/],
    ['moved', [...migrations.slice(1), ...migrations.slice(0, 1)], /^Step 1 .* append yours at the end/],
    [
      'appended',
      [...migrations, 'select 1;'],
      /^Step \d+ is new: record its hash at the end: '[\da-f]{12}'\.$/,
    ],
  ])('are pinned: one that is %s is named', (_, steps, sentence) => {
    expect(findMisplaced(steps)).toEqual([expect.stringMatching(sentence)])
  })
})

describe('a database of an earlier version', () => {
  let fixture: Awaited<ReturnType<typeof createRelayFixture>>
  beforeAll(async () => {
    fixture = await createRelayFixture()
  }, 120_000)
  afterAll(() => fixture.end())

  it('gets the steps that it lacks, with its leads', { timeout: 120_000 }, async () => {
    const lead = '00000000-0000-4000-8000-000000000001'
    await withDatabase(await fixture.emptyDatabase(), async (database) => {
      await database.transaction((transaction) => migrateTo(transaction, earlierSteps))
      await database.query(
        `insert into anketa.leads (id, form, key_hash, revision, status, received_at)
         values ($1, 'main', '', 1, 'declined', '2026-10-01T22:00:00Z')`,
        [lead],
      )
      await database.query(
        `insert into anketa.form_versions (form, number, definition, looks, saved_at, saved_by)
         values ('main', 1, '{}', '{"theme": "dark"}', now(), 'Анна')`,
      )
      const count = (step: string, source: string, times: number) =>
        database.query(
          `insert into anketa.event_counts as stored (form, day, event, step, field, code, variant, source, count)
           values ('main', '2026-10-02', 'leave', $1, 'phone', '', '', $2, $3)
           on conflict (form, day, event, step, field, code, variant, source)
           do update set count = stored.count + excluded.count`,
          [step, source, times],
        )
      await count('person', 'yandex', 2)
      await count('person', 'vk', 3)
      // As `anketa-relay check` reads it, before a relay of this release has started.
      expect(await loadLatestVersions(database)).toMatchObject([
        { number: 1, servesLooks: false, hasUnservedLooks: true, content: { looks: { theme: 'dark' } } },
      ])
      await migrate(database)
      // The day in Moscow.
      expect(await database.query('select day::text as day, variant, source from anketa.leads')).toEqual([
        { day: '2026-10-02', variant: '', source: '' },
      ])
      expect(await database.query('select code from anketa.departments')).toEqual([])
      expect(await database.query('select serves_looks from anketa.form_versions')).toEqual([
        { serves_looks: false },
      ])
      // A second start changes nothing.
      await migrate(database)
      // A relay of the earlier release goes on counting.
      await count('person', 'vk', 4)
      await count('loan', 'vk', 1)
      const days = { from: '2026-10-01', to: '2026-10-31' }
      expect(await createStatisticsReader(database).read(days)).toMatchObject({
        left: [
          { form: 'main', step: 'person', field: 'phone', code: '', count: 9 },
          { form: 'main', step: 'loan', field: 'phone', code: '', count: 1 },
        ],
      })
      expect(await database.query('select version from anketa.schema_version')).toEqual([
        { version: migrations.length },
      ])
    })
  })
})
