import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead } from '../../support/invented.ts'
import { readDatabase, readStoredBytes } from '../../support/read-database.ts'
import { createRelayFixture, postLead, requestHealth } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const env = {
  ANKETA_ADMIN_TOKEN: adminToken,
  KEY_ONE: randomBytes(32).toString('base64'),
  KEY_TWO: randomBytes(32).toString('base64'),
}
const key = (name: keyof typeof env) => ({ env: name })
const marks = ['Хранимов', '+79000000042', '9000000042', 'stored@example.ru', 'stored-agent']

const lenders = createFakeLenders()
let lines: string[] = []
const start = (database: string, config: object) =>
  fixture.start(database, {
    env,
    config: { ...config },
    writeLog: (line) => lines.push(line),
    providers: lenders.providers,
    fetch: lenders.fetch,
    forms: {
      main: {
        ...formEntry(),
        answerWithinSeconds: 2,
        destinations: ['first', 'second'].map((name) => ({ provider: 'lender', name })),
      },
    },
  })

function inventMarkedLead() {
  const lead = inventLead()
  const values = {
    ...lead.values,
    lastName: 'Хранимов',
    phone: '+79000000042',
    email: 'stored@example.ru',
  }
  return { ...lead, values }
}

/** Posts leads whose outcomes quote what the person has entered. */
async function postQuoted(relay: Relay) {
  const answers = [
    { outcome: 'accepted', providerId: '1', notices: ['Хранимов +79000000042'] },
    { outcome: 'declined', reason: 'Хранимов, 9000000042: отказ' },
    { outcome: 'invalid', issues: [{ field: 'phone', message: 'Номера +79000000042 нет' }] },
    { outcome: 'verification', applicationId: 'Хранимов' },
  ]
  const leads = []
  for (const answer of answers) {
    lenders.answer('first/create', answer)
    lenders.answer('second/create', { outcome: 'declined', reason: 'stored@example.ru' })
    const lead = inventMarkedLead()
    leads.push(lead)
    const { body } = await postLead(relay, lead, { 'user-agent': 'stored-agent' })
    const { outcome, issues = [] } = answer
    expect(body).toMatchObject({ outcome, ...(issues.length > 0 ? { issues } : {}) })
  }
  return leads
}

function countMarks(bytes: Buffer): number {
  return marks.filter((mark) => bytes.includes(mark)).length
}

it('stores nothing that a person entered in clear, and delivers it as it was entered', async () => {
  const database = await fixture.usedDatabase()
  const relay = await start(database, { dataKeys: [key('KEY_ONE')] })
  await postQuoted(relay)
  const sent = lenders.calls.filter(({ to }) => to === 'first/create').map(({ body }) => JSON.stringify(body))
  expect(sent.at(-1)).toContain('Хранимов')
  // A revision of the values, and the same values again.
  lenders.answer('first/create', { outcome: 'invalid', issues: [{ field: 'phone', code: 'format' }] })
  const lead = inventMarkedLead()
  await postLead(relay, lead)
  const calls = lenders.calls.length
  await postLead(relay, lead)
  expect(lenders.calls.length).toBe(calls)
  lenders.answer('first/create', { outcome: 'accepted' })
  const revised = await postLead(relay, { ...lead, values: { ...lead.values, firstName: 'Пётр' } })
  expect(revised.body).toMatchObject({ outcome: 'accepted' })
  await relay.close()
  expect(countMarks(await readStoredBytes(database))).toBe(0)
})

it('stores plain text without a key, says so, and encrypts what is there once there is one', async () => {
  const database = await fixture.usedDatabase()
  lines = []
  const plain = await start(database, {})
  expect(lines.join('')).toContain('No "dataKeys" are configured')
  expect((await requestHealth(plain)).body).toMatchObject({ encryption: { leads: 'plain text' } })
  await plain.close()
  const first = await start(database, {})
  const [accepted, , invalid] = await postQuoted(first)
  await first.close()
  expect(countMarks(await readStoredBytes(database))).toBe(marks.length)

  const relay = await start(database, { dataKeys: [key('KEY_ONE')] })
  expect((await requestHealth(relay)).body).toMatchObject({ encryption: { leads: 'encrypted' } })
  const answer = await postLead(relay, invalid, { 'user-agent': 'stored-agent' })
  expect(answer.body).toMatchObject({ outcome: 'invalid' })
  expect((await postLead(relay, accepted)).body).toMatchObject({ outcome: 'accepted', providerId: '1' })
  await expect.poll(() => lines.join('')).toContain('were brought to the configured keys')
  await relay.close()
  expect(await readClearRows(database)).toEqual([])
})

it('goes on with another first key, and refuses to start without the key of a lead', async () => {
  const database = await fixture.usedDatabase()
  const before = await start(database, { dataKeys: [key('KEY_ONE')] })
  const [accepted] = await postQuoted(before)
  await before.close()
  const [wrapped] = await readDatabase<{ wrapped: string }>(
    database,
    'select min(key_id) as wrapped from anketa.lead_keys',
  )
  const relay = await start(database, { dataKeys: [key('KEY_TWO'), key('KEY_ONE')] })
  expect((await postLead(relay, accepted)).body).toMatchObject({ outcome: 'accepted' })
  await relay.close()
  const keys = await readDatabase<{ wrapped: string }>(
    database,
    'select distinct key_id as wrapped from anketa.lead_keys',
  )
  expect(keys).toHaveLength(1)
  expect(keys).not.toEqual([wrapped])
  // The key of the hashes is that of the last key: they are hashed again with the only one that is left.
  const after = await start(database, { dataKeys: [key('KEY_TWO')] })
  expect((await postLead(after, accepted)).body).toMatchObject({ outcome: 'accepted' })
  await after.close()
  await expect(start(database, { dataKeys: [key('KEY_ONE')] })).rejects.toThrow('is not among "dataKeys"')
  await expect(start(database, {})).rejects.toThrow('configured: none')
})

/** Rows whose content is not encrypted. */
function readClearRows(database: string) {
  return readDatabase(
    database,
    `select lead, 'revision' as kind from anketa.revisions where not "values" ? '$sealed' or not page ? '$sealed'
     union all select lead, 'delivery' from anketa.deliveries where outcome is not null and not outcome ? '$sealed'
     union all select lead, 'attempt' from anketa.attempts where outcome is not null and not outcome ? '$sealed'`,
  )
}
