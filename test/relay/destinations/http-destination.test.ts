import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { parseLead } from '../../../src/relay/http/parsing/parse-lead.ts'
import { previewLead } from '../../../src/relay/delivery/preview-lead.ts'
import { readyDefinitions } from '../../../src/providers/http/with-definition.ts'
import { parseJson } from '../../../src/providers/core/json.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'

const env = { NETWORK_TOKEN: 'invented-network-token', NETWORK_KEY: 'invented-network-key' }
const network = {
  provider: 'http',
  name: 'network',
  method: 'POST',
  url: 'https://api.example.ru/v1/applications',
  format: 'json',
  headers: {
    'X-ACCOUNT-TOKEN': { env: 'NETWORK_TOKEN' },
    Authorization: { env: 'NETWORK_TOKEN', prefix: 'Bearer ' },
  },
  retry: 'if-not-sent',
  fields: {
    phone: 'phone',
    birth: { field: 'birthDate', date: 'dd.MM.yyyy' },
    'person.name': { template: '{lastName} {firstName}' },
    subid: { template: '{subId1}' },
    source: { value: 'anketa' },
    key: { env: 'NETWORK_KEY' },
  },
  outcomes: [
    { status: [200, 201], path: 'status', oneOf: ['approved', 'new'], outcome: 'accepted', id: 'data.id' },
    { status: [409], outcome: 'duplicate' },
    { status: [400, 422], outcome: 'invalid', issues: { path: 'errors', fields: { phone: 'phone' } } },
    { status: [401, 403], outcome: 'refused' },
  ],
}

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

async function parse(changes: object, forms: object = {}) {
  const entry = { ...formEntry(), destinations: [{ ...network, ...changes }], ...forms }
  const config = await parseConfig(
    { forms: { main: entry } },
    { env, readText: () => Promise.reject(new Error('none')) },
  )
  const result = config.forms.get('main')
  if (!result) throw new Error('the form is missing')
  return result
}

async function problemsOf(changes: object, forms: object = {}): Promise<readonly string[]> {
  const result = await parse(changes, forms)
  return 'problems' in result ? result.problems : []
}

it.each([
  [
    { value: true, with: 'consents.advertizing' },
    'destinations.0.fields.agreed.with: the form has no consent "advertizing"; it has processing, transfer',
  ],
  [{ field: 'email', with: 'consents.' }, 'destinations.0.fields.agreed.with: the form has no consent ""'],
  [
    { value: true, with: 'consents.transfar' },
    'the form has no consent "transfar"; it has processing, transfer; did you mean "transfer"?',
  ],
  [
    { moment: 'consents.advertising', date: 'unix' },
    'destinations.0.fields.agreed.moment: the form has no consent "advertising"',
  ],
  [{ moment: 'consents.processing', date: 'unix' }, undefined],
  [{ value: true, with: 'consents.transfer' }, undefined],
])('names consents that its form asks for: %j', async (rule, expected) => {
  const problems = await problemsOf({ fields: { ...network.fields, agreed: rule } })
  expect(problems).toHaveLength(expected === undefined ? 0 : 1)
  expect(problems.join()).toContain(expected ?? '')
})

it('may use a ready definition with a consent that its form does not have', async () => {
  const headers = { 'X-ACCOUNT-TOKEN': { env: 'NETWORK_TOKEN' } }
  const entry = { provider: 'http', name: 'leadgid', definition: 'leadgid', headers }
  expect(JSON.stringify(readyDefinitions['leadgid'])).toContain('consents.advertising')
  expect(await problemsOf({}, { destinations: [entry] })).toEqual([])
})

it('gets the lead as its rules describe, and its answers reach the person', { timeout: 60_000 }, async () => {
  const bodies: string[] = []
  const calls: { readonly url: string; readonly init: RequestInit }[] = []
  let answer = Response.json({ errors: { phone: 'Номер не обслуживается' } }, { status: 422 })
  const relay = await fixture.start(await fixture.usedDatabase(), {
    env,
    fetch: async (url, init) => {
      calls.push({ url, init })
      bodies.push(await new Response(init.body ?? null).text())
      return answer
    },
    forms: { main: { ...formEntry(), destinations: [network] } },
  })
  const lead = inventLead()
  expect(await postLead(relay, lead)).toMatchObject({
    status: 422,
    body: { outcome: 'invalid', issues: [{ field: 'phone', message: 'Номер не обслуживается' }] },
  })
  answer = Response.json({ status: 'new', data: { id: 'A-1' } })
  const values = { ...lead.values, phone: '+79000000099' }
  expect(await postLead(relay, { ...lead, values })).toMatchObject({
    body: { outcome: 'accepted', providerId: 'A-1' },
  })
  expect(calls.map(({ url }) => url)).toEqual([network.url, network.url])
  expect(calls[1]?.init).toMatchObject({
    method: 'POST',
    redirect: 'manual',
    headers: { 'x-account-token': env.NETWORK_TOKEN, authorization: `Bearer ${env.NETWORK_TOKEN}` },
  })
  expect(parseJson(bodies[1] ?? '')).toEqual({
    phone: '+79000000099',
    birth: '31.01.1990',
    person: { name: 'Примеров Иван' },
    source: 'anketa',
    key: env.NETWORK_KEY,
  })
  await relay.close()
})

it('shows its request without its secrets', async () => {
  const form = await parse({ url: { env: 'ADDRESS' } }).catch(() => undefined)
  expect(form).toMatchObject({ problems: [expect.stringContaining('the environment variable')] })
  const result = await parse({})
  if ('problems' in result) throw new Error(result.problems.join())
  const lead = parseLead(inventLead())
  if ('problem' in lead) throw new Error(lead.problem)
  const preview = previewLead(result.form, lead.lead, { now: new Date('2026-11-22T09:00:00Z') })
  expect(preview.destinations).toMatchObject([
    {
      destination: 'network',
      provider: 'http',
      request: {
        url: network.url,
        headers: { 'x-account-token': '***', authorization: '***' },
        body: expect.stringContaining('"key":"***"'),
      },
    },
  ])
  for (const secret of Object.values(env)) expect(JSON.stringify(preview)).not.toContain(secret)
})

it.each<[what: string, changes: object, problem: string]>([
  [
    'a literal secret',
    { headers: { 'X-ACCOUNT-TOKEN': 'invented' } },
    'destinations.0.headers.X-ACCOUNT-TOKEN: expected { "env": "NAME" }',
  ],
  [
    'a secret as an adapter has it',
    { headers: { a: { secret: 'invented' } } },
    'destinations.0.headers.a: expected { "env": "NAME" }',
  ],
  [
    'a variable that is not set',
    { fields: { phone: 'phone', key: { env: 'NOTHING' } } },
    'destinations.0.fields.key: the environment variable that it names is not set',
  ],
  [
    'an unknown field',
    { fields: { 'person.phone': 'phon' } },
    'destinations.0.fields.person.phone: there is no field "phon"; did you mean "phone"?',
  ],
  [
    'a wrong status',
    { outcomes: [{ status: [20], outcome: 'accepted' }] },
    'destinations.0.outcomes.0.status.0: expected an HTTP status',
  ],
  [
    'an unknown key',
    { outcomes: [{ statuses: [200], outcome: 'accepted' }] },
    'destinations.0.outcomes.0.statuses: there is no such option; did you mean "status"?',
  ],
  [
    'a rule of no kind',
    { fields: { a: { feild: 'phone' } } },
    'destinations.0.fields.a: expected the name of a field',
  ],
  [
    'a private address',
    { url: 'https://192.168.0.5/leads' },
    'destinations.0.url: expected an address of a public network',
  ],
  [
    'a loopback address in decimal',
    { url: 'https://2130706433/' },
    'destinations.0.url: expected an address of a public network',
  ],
  ['a field that the form does not ask for', { requires: ['snils'] }, 'accepts no application without snils'],
  [
    'a consent that the form does not ask for',
    { consents: ['advertising'] },
    'without the consent "advertising"',
  ],
])('is refused at the start with the path of the mistake: %s', async (_, changes, problem) => {
  const problems = await problemsOf(changes)
  expect(problems).toContainEqual(expect.stringContaining(problem))
  expect(problems.join()).not.toContain('invented')
})

it('takes its secrets from files, too', async () => {
  const config = await parseConfig(
    { forms: { main: { ...formEntry(), destinations: [{ ...network, fields: { key: { file: 'key' } } }] } } },
    { env, readText: async () => 'invented-key-of-a-file\n' },
  )
  const result = config.forms.get('main')
  if (!result || 'problems' in result) throw new Error(result?.problems.join('\n'))
  const lead = parseLead(inventLead())
  if ('problem' in lead) throw new Error(lead.problem)
  const [destination] = result.form.destinations
  const context = {
    now: new Date(),
    attempt: 1,
    mayHaveArrived: false,
    lead: { ...lead.lead, receivedAt: new Date() },
  }
  const body = destination?.request(context).body ?? ''
  expect(parseJson(body)).toEqual({ key: 'invented-key-of-a-file' })
  expect(destination?.redact(body)).not.toContain('invented')
})

it('has a name that no other destination of the form may have', async () => {
  expect(
    await problemsOf({}, { destinations: [network, { ...network, url: 'https://b.example.ru/' }] }),
  ).toEqual(['destinations.1.name: expected an id of its own, another destination of this form has the same'])
})

it('says who receives the application, for the texts of the result', async () => {
  const receiverOf = async (changes: object) => {
    const result = await parse(changes)
    return 'form' in result ? result.form.definition.receiver : undefined
  }
  expect(await receiverOf({})).toBe('callback')
  expect(await receiverOf({ receiver: 'broker' })).toBe('broker')
})
