import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'

const timeout = 90_000
const landing = { origin: 'https://landing.example.ru' }
const form = {
  ...formEntry(),
  destinations: [],
  origins: ['https://landing.example.ru', 'http://old.example.ru', 'http://localhost:3000'],
}

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
/** Asks every lead for a challenge on `main` and `second`; `busy` asks those over the limit of one phone. */
let relay: Relay
beforeAll(async () => {
  fixture = await createRelayFixture()
  relay = await fixture.start(await fixture.usedDatabase(), {
    forms: {
      main: { ...form, challenge: 'always' },
      second: { ...form, challenge: 'always' },
      busy: { ...form, challenge: 'limit' },
    },
    config: { limits: { perPhone: 1 } },
  })
}, timeout)
afterAll(() => fixture.end())

async function fetchChallenge(name: string): Promise<Challenge> {
  const { status, headers, text } = await request(relay, `/forms/${name}/challenge`, { headers: landing })
  expect(status).toBe(200)
  expect(headers.get('cache-control')).toBe('no-store')
  return JSON.parse(text)
}

/** The payload of a solved challenge. */
async function solve(name = 'main', change: (challenge: Challenge) => Challenge = (challenge) => challenge) {
  const challenge = await fetchChallenge(name)
  const solution = await solveChallenge({ challenge, deriveKey })
  return Buffer.from(JSON.stringify({ challenge: change(challenge), solution })).toString('base64')
}

function post(name: string, lead: object, headers: Readonly<Record<string, string>> = landing) {
  return request(relay, `/forms/${name}/leads`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body: JSON.stringify(lead),
  })
}

const asked = { status: 429, body: { error: { code: 'challenge' } } }

describe('where every lead is asked', () => {
  it(
    'one without a solved challenge is answered 429 "challenge", and one with it is taken',
    async () => {
      const lead = inventLead()
      const refused = await post('main', lead)
      expect(refused).toMatchObject(asked)
      expect(refused.headers.get('retry-after')).toBe('1')
      expect(await post('main', { ...lead, challenge: await solve() })).toMatchObject({ status: 202 })
      // The same lead again needs no other one.
      expect(await post('main', lead)).toMatchObject({ status: 202 })
    },
    timeout,
  )

  it(
    'a challenge is accepted once, also when two leads come with it at once',
    async () => {
      const challenge = await solve()
      const answers = await Promise.all([
        post('main', { ...inventLead(), challenge }),
        post('main', { ...inventLead(), challenge }),
      ])
      expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([202, 429])
      expect(await post('main', { ...inventLead(), challenge })).toMatchObject(asked)
    },
    timeout,
  )

  it.each([
    ['that another form has given', () => solve('second')],
    [
      'made easier',
      () =>
        solve('main', (challenge) => ({ ...challenge, parameters: { ...challenge.parameters, cost: 1 } })),
    ],
    [
      'whose time is longer',
      () =>
        solve('main', (challenge) => ({
          ...challenge,
          parameters: { ...challenge.parameters, expiresAt: 4e9 },
        })),
    ],
    [
      'with another signature',
      () => solve('main', (challenge) => ({ ...challenge, signature: '00'.repeat(32) })),
    ],
    ['that is no Base64', async () => '{"challenge":1}'],
    ['that is no text', async () => ({ challenge: 1 })],
    ['that is empty', async () => ''],
    ['that is too long', async () => 'A'.repeat(5000)],
  ])(
    'one %s is not accepted',
    async (_, create) => {
      expect(await post('main', { ...inventLead(), challenge: await create() })).toMatchObject(asked)
    },
    timeout,
  )

  it(
    'pages that cannot solve one are not asked',
    async () => {
      expect(await post('main', inventLead(), { origin: 'http://old.example.ru' })).toMatchObject({
        status: 202,
      })
      // Browsers trust the machine that they run on.
      expect(await post('main', inventLead(), { origin: 'http://localhost:3000' })).toMatchObject(asked)
      // Of an origin that nobody has allowed, nothing is believed.
      expect(await post('main', inventLead(), {})).toMatchObject(asked)
      expect(await post('main', inventLead(), { origin: 'http://relay.example.ru' })).toMatchObject({
        status: 403,
      })
    },
    timeout,
  )

  it(
    'a plain form is not asked',
    async () => {
      const plain = await request(relay, '/forms/main/leads', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...landing },
        body: new URLSearchParams({ phone: '8 900 000-00-51' }).toString(),
      })
      expect(plain.status).toBe(422)
    },
    timeout,
  )
})

describe('where leads over a limit are asked', () => {
  it(
    'the others are not, and one with a solved challenge is taken',
    async () => {
      const values = { ...inventLead().values, phone: '+79000000052' }
      expect(await post('busy', { ...inventLead(), values })).toMatchObject({ status: 202 })
      expect(await post('busy', { ...inventLead(), values })).toMatchObject(asked)
      const challenge = await solve('busy')
      expect(await post('busy', { ...inventLead(), values, challenge })).toMatchObject({ status: 202 })
      expect(await post('busy', { ...inventLead(), values, challenge })).toMatchObject(asked)
      // A page that cannot solve one is held by the limit.
      expect(
        await post('busy', { ...inventLead(), values }, { origin: 'http://old.example.ru' }),
      ).toMatchObject({
        status: 429,
        body: { error: { code: 'limit' } },
      })
    },
    timeout,
  )
})

it(
  'a form that asks for none takes a lead with one',
  async () => {
    const other = await fixture.start(await fixture.usedDatabase(), { forms: { main: form } })
    expect(await postLead(other, { ...inventLead(), challenge: 'nonsense' })).toMatchObject({ status: 202 })
  },
  timeout,
)
