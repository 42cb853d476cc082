import { createServer } from 'node:http'
import { once } from 'node:events'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isPrivateAddress } from '../../../src/relay/destinations/private-address.ts'
import { createPublicFetch } from '../../../src/relay/destinations/public-fetch.ts'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { parseJson } from '../../../src/providers/core/json.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'
import { formEntry, inventLead } from '../support/invented.ts'

const secret = `whsec_${Buffer.from('an invented secret of forty bytes, no less').toString('base64')}`
const nextSecret = `whsec_${Buffer.from('another invented secret, of the next year').toString('base64')}`

/** A request that a receiver got. */
interface Received {
  readonly method: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
const received: Received[] = []
let status = 200
const answer = '{"id":"crm-17"}'
const server = createServer((request, response) => {
  void (async () => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    received.push({ method: request.method, headers, body })
    response.writeHead(status, { 'content-type': 'application/json' }).end(answer)
  })()
})
let url = ''

beforeAll(async () => {
  fixture = await createRelayFixture()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/leads`
})
afterAll(async () => {
  await fixture.end()
  server.close()
})

const hook = (changes: object = {}) => ({
  ...formEntry(),
  destinations: [{ provider: 'webhook', url, secret: { env: 'HOOK' }, allowPrivate: true, ...changes }],
})

describe('a webhook', { timeout: 60_000 }, () => {
  it('gets the whole lead with a signature that the scheme verifies', async () => {
    const relay = await fixture.start(await fixture.usedDatabase(), {
      env: { HOOK: `${secret} ${nextSecret}` },
      fetch: globalThis.fetch,
      forms: { main: hook() },
    })
    const lead = inventLead()
    expect(await postLead(relay, lead)).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', providerId: 'crm-17' },
    })
    const [request] = received.splice(0)
    if (!request) throw new Error('nothing was received')
    // Either secret of a receiver that changes its own verifies it.
    for (const each of [secret, nextSecret]) {
      expect(new Webhook(each).verify(request.body, { ...request.headers })).toEqual(parseJson(request.body))
    }
    expect(() => new Webhook(secret).verify(`${request.body} `, { ...request.headers })).toThrow(
      'No matching signature found',
    )
    expect(request).toMatchObject({
      method: 'POST',
      headers: { 'webhook-id': `${lead.id}_1`, 'content-type': 'application/json; charset=utf-8' },
    })
    const { key, values, consents, ...rest } = lead
    expect(parseJson(request.body)).toEqual({
      type: 'lead.created',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: {
        id: lead.id,
        number: expect.stringMatching(/^[A-Z]-[0-9A-Z]{4}$/),
        form: 'main',
        revision: 1,
        values,
        consents,
        attribution: rest.attribution,
        page: expect.objectContaining({ url: 'https://landing.example.ru/loan' }),
      },
    })
    expect(request.body).not.toContain(key)
    await relay.close()
  })

  it('gets the same message again after a failure, with a new signature', async () => {
    const relay = await start()
    status = 503
    const lead = inventLead()
    expect(await postLead(relay, lead)).toMatchObject({ body: { outcome: 'queued' } })
    status = 200
    await vi.waitFor(() => expect(received).toHaveLength(2), { timeout: 30_000, interval: 100 })
    const [first, second] = received.splice(0)
    expect(second?.body).toBe(first?.body)
    expect(second?.headers).toMatchObject({ 'webhook-id': `${lead.id}_1` })
    expect(Number(second?.headers['webhook-timestamp'])).toBeGreaterThan(
      Number(first?.headers['webhook-timestamp']),
    )
    new Webhook(secret).verify(second?.body ?? '', { ...second?.headers })
    await relay.close()
  })

  it('gets new values as the next revision', async () => {
    const relay = await start()
    status = 429
    const lead = inventLead()
    expect(await postLead(relay, lead)).toMatchObject({ body: { outcome: 'queued' } })
    status = 200
    await postLead(relay, { ...lead, values: { ...lead.values, amount: 40_000 } })
    await vi.waitFor(() => expect(received.length).toBeGreaterThan(1), { timeout: 30_000, interval: 100 })
    const last = received.splice(0).at(-1)
    expect(last?.headers).toMatchObject({ 'webhook-id': `${lead.id}_2` })
    expect(parseJson(last?.body ?? '')).toMatchObject({
      type: 'lead.revised',
      data: { id: lead.id, revision: 2, values: { amount: 40_000 } },
    })
    await relay.close()
  })

  it('is not called if its name turns out to stand for a private address', async () => {
    const lines: string[] = []
    const relay = await fixture.start(await fixture.usedDatabase(), {
      env: { HOOK: secret },
      publicFetch: createPublicFetch({
        resolve: async () => [{ address: '127.0.0.1', family: 4 }],
        isRefused: isPrivateAddress,
      }),
      log: (level, text, facts) => lines.push(JSON.stringify({ level, text, ...facts })),
      forms: {
        main: hook({ url: url.replace('http://127.0.0.1', 'https://crm.example.ru'), allowPrivate: false }),
      },
    })
    expect(await postLead(relay, inventLead())).toMatchObject({ body: { outcome: 'queued' } })
    expect(received).toEqual([])
    expect(lines).toContainEqual(
      expect.stringMatching(
        /"level":"error".*"outcome":"refused".*belongs to a private network.*allowPrivate/,
      ),
    )
    await relay.close()
  })

  async function start() {
    const options = { env: { HOOK: secret }, fetch: globalThis.fetch, forms: { main: hook() } }
    return fixture.start(await fixture.usedDatabase(), options)
  }
})

async function problemsOf(changes: object, env: Readonly<Record<string, string>> = { HOOK: secret }) {
  const config = { forms: { main: { ...hook(), ...changes } } }
  const { forms } = await parseConfig(config, { env, readText: () => Promise.reject(new Error('none')) })
  const form = forms.get('main')
  return form && 'problems' in form ? form.problems : []
}

describe('the options of a webhook', () => {
  const destination = (options: object) => ({
    destinations: [
      { provider: 'webhook', url: 'https://crm.example.ru/leads', secret: { env: 'HOOK' }, ...options },
    ],
  })

  it.each<[what: string, options: object, problem: RegExp]>([
    ['a missing address', { url: undefined }, /^destinations\.0\.url: missing/],
    ['no address', { url: 'crm.example.ru' }, /^destinations\.0\.url: expected an address/],
    [
      'plain http',
      { url: 'http://crm.example.ru/leads' },
      /^destinations\.0\.url: expected an https address/,
    ],
    ['a password in the address', { url: 'https://a:b@crm.example.ru/' }, /without a user name/],
    [
      'this machine',
      { url: 'https://127.0.0.1/leads' },
      /^destinations\.0\.url: expected an address of a public/,
    ],
    ['a private address in hex', { url: 'https://0xA000001/leads' }, /of a public network/],
    ['a literal secret', { secret }, /^destinations\.0\.secret: expected \{ "env": "NAME" \}/],
    ['a missing secret', { secret: undefined }, /^destinations\.0\.secret: expected/],
    ['an unknown option', { fields: {} }, /^destinations\.0\.fields: webhook has no such option/],
    ['a name with spaces', { name: 'a b' }, /^destinations\.0\.name: expected a name of letters/],
  ])('refuse %s', async (_, options, problem) => {
    const problems = await problemsOf(destination(options))
    expect(problems.join('\n')).toMatch(problem)
    expect(problems.join('\n')).not.toContain(secret)
  })

  it.each([
    ['without a prefix', secret.slice(6)],
    ['that is no base64', 'whsec_no/base64!'],
    ['that is too short', `whsec_${Buffer.from('short').toString('base64')}`],
    ['that is too long', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['of which one is wrong', `${secret} whsec_`],
  ])('refuse a secret %s', async (_, HOOK) => {
    const problems = await problemsOf(destination({}), { HOOK })
    expect(problems).toEqual([
      expect.stringMatching(/^destinations\.0\.secret: expected a secret of the Standard/),
    ])
    expect(problems.join()).not.toContain(HOOK)
  })

  it('take a name, an address from the environment, and private networks where they are permitted', async () => {
    const env = { HOOK: `${secret}\n${nextSecret}`, ADDRESS: 'https://crm.example.ru/hook/token' }
    expect(await problemsOf(destination({ name: 'crm', url: { env: 'ADDRESS' } }), env)).toEqual([])
    expect(await problemsOf(destination({ url: 'http://10.0.0.5/leads', allowPrivate: true }))).toEqual([])
  })
})
