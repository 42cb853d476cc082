import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { formEntry, inventLead } from '../../support/invented.ts'
import { readStoredBytes, withDatabase } from '../../support/read-database.ts'
import { createRelayFixture, request } from '../../support/relay-fixture.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

async function startTwo(limits: object, form: object = {}) {
  const database = await fixture.usedDatabase()
  const start = () =>
    fixture.start(database, {
      forms: { main: { ...formEntry(), destinations: [], ...form } },
      config: { limits },
    })
  const relays = [await start(), await start()] as const
  let posts = 0
  /** Posts at the relays in turn; returns the status. */
  const post = async (lead: object, from = '203.0.113.5') => {
    posts += 1
    const request = new Request('https://relay.example.ru/forms/main/leads', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lead),
    })
    return (await relays[posts % 2 === 0 ? 0 : 1].fetch(request, { address: from })).status
  }
  return { database, relays, post }
}

function withPhone(phone: string) {
  const lead = inventLead()
  return { ...lead, values: { ...lead.values, phone } }
}

it(
  'relays count the leads of an address and of a phone together',
  async () => {
    const { post } = await startTwo({ perAddress: 5, perPhone: 3 })
    const byPhone = []
    for (let count = 0; count < 4; count += 1) byPhone.push(await post(withPhone('+79000000071')))
    expect(byPhone).toEqual([202, 202, 202, 429])
    const byAddress = []
    for (let count = 0; count < 3; count += 1) byAddress.push(await post(inventLead()))
    // The phone's refusal has counted for the address.
    expect(byAddress).toEqual([202, 429, 429])
    expect(await post(inventLead(), '203.0.113.6')).toBe(202)
  },
  timeout,
)

it(
  'posts at once count, too',
  async () => {
    const { post } = await startTwo({ perAddress: 20 })
    const answers = await Promise.all(Array.from({ length: 60 }, () => post(inventLead())))
    expect(answers.filter((status) => status === 202)).toHaveLength(20)
    expect(answers.filter((status) => status === 429)).toHaveLength(40)
  },
  timeout,
)

it(
  'a lead that is repeated at the other relay does not count',
  async () => {
    const { post } = await startTwo({ perAddress: 2, perPhone: 2 })
    const lead = withPhone('+79000000072')
    for (let count = 0; count < 8; count += 1) expect(await post(lead)).toBe(202)
    expect(await post(withPhone('+79000000072'))).toBe(202)
    expect(await post(withPhone('+79000000072'))).toBe(429)
    expect(await post(lead)).toBe(202)
    expect(await post(lead)).toBe(202)
  },
  timeout,
)

it(
  'a task of one relay is accepted by the other, and once by both',
  async () => {
    const { relays, post } = await startTwo({}, { challenge: 'always' })
    const solve = async (): Promise<string> => {
      const challenge: Challenge = JSON.parse((await request(relays[0], '/forms/main/challenge')).text)
      const solution = await solveChallenge({ challenge, deriveKey })
      return btoa(JSON.stringify({ challenge, solution }))
    }
    const [first, second] = [await solve(), await solve()]
    expect(await post({ ...inventLead(), challenge: first })).toBe(202)
    expect(await post({ ...inventLead(), challenge: first })).toBe(429)
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post({ ...inventLead(), challenge: second })),
    )
    expect(answers.filter((status) => status === 202)).toHaveLength(1)
  },
  timeout,
)

it(
  'the table holds neither addresses nor phones',
  async () => {
    const { database, relays, post } = await startTwo({ perAddress: 5, perPhone: 5 })
    await post(withPhone('+79000000073'), '198.51.100.77')
    const rows = await withDatabase(database, (opened) =>
      opened.query<{ key: string }>('select key from anketa.limits order by key'),
    )
    expect(rows.map(({ key }) => key)).toEqual([
      expect.stringMatching(/^address:[\w-]{43}$/),
      expect.stringMatching(/^phone:[\w-]{43}$/),
    ])
    for (const relay of relays) await relay.close({ graceMs: 100 })
    // The revision and the receipts of its consents, if they are made already, keep the address.
    await withDatabase(database, async (opened) => {
      await opened.query('delete from anketa.revisions')
      await opened.query('delete from anketa.consent_proofs')
    })
    const stored = await readStoredBytes(database)
    expect(stored.includes('9000000073')).toBe(false)
    expect(stored.includes('198.51.100.77')).toBe(false)
  },
  timeout,
)
