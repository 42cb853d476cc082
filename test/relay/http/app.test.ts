import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { version } from '../../../src/relay/runtime/version.ts'
import { accepted, createFakeProvider, duplicate } from '../support/fake-provider.ts'
import { env, formEntry, inventLead } from '../support/invented.ts'
import {
  requestOutcome,
  createRelayFixture,
  postLead,
  request,
  requestHealth,
} from '../support/relay-fixture.ts'

const landing = 'https://landing.example.ru'
const provider = createFakeProvider()
const log: string[] = []
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay

beforeAll(async () => {
  fixture = await createRelayFixture()
  const entry = formEntry()
  relay = await fixture.start(await fixture.usedDatabase(), {
    fetch: provider.fetch,
    log: (...line) => log.push(JSON.stringify(line)),
    config: { publicUrl: 'https://leads.example.ru', trustProxy: 1 },
    forms: {
      main: {
        ...entry,
        answerWithinSeconds: 3,
        origins: [...entry.origins, 'https://Пример.рф:443/', 'https://*.partner.example.ru'],
      },
      wrong: {
        ...entry,
        consents: [],
        destinations: [{ provider: 'devtek', idWebmaster: 'x', token: { env: 'NONE' } }],
      },
    },
  })
}, 60_000)
afterAll(() => fixture.end())

describe('the definition of a form', () => {
  it('is public and holds no secret, destination or origin', async () => {
    const { status, headers, body, text } = await request(relay, '/forms/main')
    expect(status).toBe(200)
    const { definition, operator, policyUrl, consents } = formEntry()
    expect(body).toMatchObject({ id: 'main', title: definition.title, operator, policyUrl, consents })
    expect(Object.keys(JSON.parse(text))).toEqual([
      'id',
      'title',
      'steps',
      'operator',
      'policyUrl',
      'consents',
      'texts',
      'statistics',
    ])
    expect(text).not.toContain(env.DEVTEK_TOKEN)
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('is answered 304 to a client that has it', async () => {
    const etag = (await request(relay, '/forms/main')).headers.get('etag') ?? ''
    const again = await request(relay, '/forms/main', { headers: { 'if-none-match': etag, origin: landing } })
    expect(again).toMatchObject({ status: 304, text: '' })
    expect(again.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('is answered 404 if the form does not exist', async () => {
    expect(await request(relay, '/forms/other')).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown-form' } },
    })
    const nothing = await request(relay, '/nothing')
    expect(nothing).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } })
    expect(nothing.headers.get('access-control-allow-origin')).toBe('*')
  })

  it.each([
    ['/forms/other', 404, /^There is no form of that name here: compare .*data-relay/],
    ['/forms/wrong', 503, /^This form is not set up correctly: \/healthz/],
  ])(
    'is answered with the reason, which any page may read, if there is none: %s',
    async (path, status, message) => {
      for (const origin of [landing, 'https://evil.example']) {
        const answer = await request(relay, path, { headers: { origin } })
        expect(answer).toMatchObject({ status, body: { error: { message: expect.stringMatching(message) } } })
        expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      }
    },
  )

  it('is refused if the form is configured wrongly; /healthz lists the problems, other forms work', async () => {
    expect(await request(relay, '/forms/wrong')).toMatchObject({
      status: 503,
      body: { error: { code: 'form-refused' } },
    })
    expect((await request(relay, '/healthz')).body).toEqual({
      status: 'degraded',
      version,
      forms: { wrong: 'refused' },
    })
    expect((await requestHealth(relay)).body).toMatchObject({
      status: 'degraded',
      version,
      reasons: ['The form wrong is refused: correct its configuration and reload it.'],
      queue: { waiting: 0, failed: 0, uncertain: 0, refused: 0, unreadable: 0 },
      forms: { main: 'ok', wrong: 'refused' },
      places: { imported: 0, listed: 0, unmatched: 0, lists: 'missing' },
      problems: {
        wrong: [
          'consents: expected the consent "processing" with "required": true, without it personal data may not be taken',
          'destinations.0.token: the environment variable that it names is not set',
          'destinations.0.idWebmaster: expected a whole number, 1 or more, got a text',
        ],
      },
    })
  })
})

describe('origins', () => {
  it.each([
    landing,
    'https://leads.example.ru',
    'https://xn--e1afmkfd.xn--p1ai',
    'https://spb.partner.example.ru',
    'https://a.b.partner.example.ru',
  ])('%s may use the form', async (origin) => {
    provider.answer(accepted(1))
    const answer = await postLead(relay, inventLead(), { origin })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    expect(answer.headers.get('vary')).toContain('Origin')
  })

  it.each([
    ['https://evil.example', /add the page's origin .* to "origins" of the form/],
    ['null', /opened from a file/],
    ['https://landing.example.ru.evil.example', /add the page's origin/],
    ['https://partner.example.ru', /add the page's origin/],
    ['http://spb.partner.example.ru', /add the page's origin/],
    ['https://spb.partner.example.ru:8443', /add the page's origin/],
    ['https://evilpartner.example.ru', /add the page's origin/],
    ['https://*.partner.example.ru', /add the page's origin/],
    // The host of the request: anyone can point a domain name at the relay.
    ['https://relay.example.ru', /add the page's origin/],
  ])('%s may not use the form, and the error says what to do', async (origin, message) => {
    const before = provider.bodies.length
    const answer = await postLead(relay, inventLead(), { origin })
    expect(answer).toMatchObject({
      status: 403,
      body: { error: { code: 'origin', message: expect.stringMatching(message) } },
    })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(provider.bodies).toHaveLength(before)
    // The definition is public: `origins` protects leads and places.
    expect((await request(relay, '/forms/main', { headers: { origin } })).status).toBe(200)
  })

  it('include the host of the request if the relay has no publicUrl', async () => {
    const withoutUrl = await fixture.start(await fixture.usedDatabase(), { fetch: provider.fetch })
    const own = { headers: { origin: 'https://relay.example.ru' } }
    expect((await request(withoutUrl, '/forms/main', own)).status).toBe(200)
  }, 60_000)

  it('are answered in preflight requests', async () => {
    const preflight = {
      method: 'OPTIONS',
      headers: { origin: landing, 'access-control-request-method': 'POST' },
    }
    const answer = await request(relay, '/forms/main/leads', preflight)
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe(landing)
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization')
    const stranger = { ...preflight, headers: { ...preflight.headers, origin: 'https://evil.example' } }
    expect((await request(relay, '/forms/main/leads', stranger)).status).toBe(403)
  })

  it('are not required of a client that is not a browser', async () => {
    const answer = await postLead(relay, inventLead())
    expect(answer.status).toBe(200)
    expect(answer.headers.has('access-control-allow-origin')).toBe(false)
  })
})

describe('a posted lead', () => {
  it('may be sent as plain text', async () => {
    expect((await postLead(relay, inventLead(), { 'content-type': 'text/plain;charset=UTF-8' })).status).toBe(
      200,
    )
  })

  it.each(['application/jsonp', 'text/html'])('may not be sent as %s', async (type) => {
    expect(await postLead(relay, inventLead(), { 'content-type': type })).toMatchObject({ status: 415 })
  })

  it('has at most 64 KiB', async () => {
    const lead = { ...inventLead(), widget: 'x'.repeat(64 * 1024) }
    expect(await postLead(relay, lead)).toMatchObject({ status: 413, body: { error: { code: 'too-large' } } })
  })

  it.each([
    ['{', 'The body is not JSON.'],
    ['7', 'Not a lead: body: expected an object.'],
    ['[]', 'Not a lead: id is missing.'],
    ['{}', 'Not a lead: id is missing.'],
    [{ ...inventLead(), id: '7' }, 'Not a lead: id: expected a UUID.'],
    [
      { ...inventLead(), key: 'short' },
      'Not a lead: key: expected at least 128 random bits in base64url, 22 characters or more.',
    ],
    [
      { ...inventLead(), values: { phone: ['+79000000001'] } },
      'Not a lead: values.phone: expected a text, a number, true or false.',
    ],
    [
      { ...inventLead(), values: { ...inventLead().values, email: 'a'.repeat(2001) } },
      'Not a lead: values.email: expected a text of at most 2000 characters.',
    ],
    [
      { ...inventLead(), values: { comment: 'a'.repeat(50_000) } },
      'Not a lead: values.comment: expected a text of at most 2000 characters.',
    ],
    [
      { ...inventLead(), page: { url: 'https://x.ru', startedAt: 'yesterday', submittedAt: '' } },
      'Not a lead: page.startedAt: expected a timestamp in ISO 8601 with its offset from UTC, 2026-11-22T12:00:00+03:00.',
    ],
  ])('is refused with the reason if it is malformed: %#', async (lead, message) => {
    expect(await postLead(relay, lead)).toMatchObject({ status: 400, body: { error: { message } } })
  })

  it('is validated by the form definition, and not stored if it is invalid', async () => {
    const before = provider.bodies.length
    const invented = inventLead()
    const lead = { ...invented, values: { ...invented.values, amount: 500, phone: undefined } }
    const answer = await postLead(relay, lead, { origin: landing })
    expect(answer).toMatchObject({
      status: 422,
      body: {
        id: lead.id,
        outcome: 'invalid',
        issues: [
          { field: 'amount', code: 'amount-minimum', limit: 1000 },
          { field: 'phone', code: 'required' },
        ],
      },
    })
    expect((await requestOutcome(relay, lead)).status).toBe(404)
    expect(provider.bodies).toHaveLength(before)
  })

  it('needs the required consents to the current documents', async () => {
    const lead = inventLead()
    const old = lead.consents.map((receipt) => ({ ...receipt, version: '2025-01-01' }))
    for (const consents of [[], old]) {
      expect(await postLead(relay, { ...lead, consents })).toMatchObject({
        status: 422,
        body: { issues: [{ field: 'consent.processing', code: 'consent-required' }] },
      })
    }
    expect((await postLead(relay, lead)).status).toBe(200)
  })

  it('keeps only the fields of the form, and the page URL without its query', async () => {
    provider.answer(accepted(2))
    const lead = inventLead()
    const values = { ...lead.values, firstName: 'Ива\u0000н', jobPlace: 'Лишний', passportSeries: '6700' }
    const attribution = {
      channel: 'vk\u0000',
      subId1: '+7 900 000-00-01',
      subId2: 'a@example.ru',
      subId3: '1234567890123456789',
      subId4: 7,
    }
    expect((await postLead(relay, { ...lead, values, attribution })).status).toBe(200)
    const body: unknown = JSON.parse(provider.bodies.at(-1) ?? '')
    expect(body).toMatchObject({
      data: {
        main: {
          first_name: 'Иван',
          channel: 'vk',
          sub_id3: '1234567890123456789',
          sopd_site: 'https://landing.example.ru/loan',
        },
      },
    })
    expect(provider.bodies.at(-1)).not.toMatch(/Лишний|6700|sub_id1|sub_id2|sub_id4/)
  })

  it('is answered with the names of the values that the form does not ask for, which are logged alone', async () => {
    provider.answer(accepted(2))
    const lead = inventLead()
    const values = { ...lead.values, jobPlace: 'Лишний', passportSeries: '6700', 'Пётр Лишний': 'Лишний' }
    log.length = 0
    const { status, body } = await postLead(relay, { ...lead, values })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      outcome: 'accepted',
      ignored: ['jobPlace', 'passportSeries', 'Пётр Лишний'],
    })
    const lines = log.filter((line) => line.includes('does not ask for'))
    expect(lines).toEqual([expect.stringContaining('"fields":"jobPlace, passportSeries","others":1')])
    expect(log.join()).not.toContain('Лишний')
    expect((await postLead(relay, inventLead())).body).not.toHaveProperty('ignored')
    const wrong = { ...inventLead(), values: { ...values, phone: '1' } }
    expect(await postLead(relay, wrong)).toMatchObject({ status: 422, body: { ignored: expect.any(Array) } })
  })

  it('is answered "queued" if the provider is slow, and its outcome can be requested later', async () => {
    const slow = Promise.withResolvers<Response>()
    provider.answer(() => slow.promise)
    const lead = inventLead()
    expect(await postLead(relay, lead)).toMatchObject({
      status: 202,
      body: { id: lead.id, outcome: 'queued' },
    })
    expect((await requestHealth(relay)).body).toMatchObject({ queue: { waiting: 1 } })
    slow.resolve(accepted(3))
    await expect
      .poll(async () => (await requestOutcome(relay, lead)).body)
      .toEqual({ id: lead.id, outcome: 'accepted' })
    expect(await postLead(relay, lead)).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', providerId: '3' },
    })
  })

  it('is sent with its new values after the running attempt has ended', async () => {
    const slow = Promise.withResolvers<Response>()
    provider.answer(() => slow.promise)
    const lead = inventLead()
    const first = postLead(relay, lead)
    const calls = provider.bodies.length + 1
    await expect.poll(() => provider.bodies.length).toBe(calls)
    const second = postLead(relay, { ...lead, values: { ...lead.values, amount: 55_000 } })
    provider.answer(accepted(4))
    slow.resolve(duplicate())
    await first
    expect(await second).toMatchObject({ status: 200, body: { outcome: 'accepted', providerId: '4' } })
    expect(provider.bodies).toHaveLength(calls + 1)
  })

  it('is answered 404 if it was never sent', async () => {
    const { id, key } = inventLead()
    expect(await requestOutcome(relay, { id, key })).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown-lead' } },
    })
    expect((await requestOutcome(relay, { id: 'x', key })).status).toBe(404)
  })

  it('is answered 503 while the database fails', async () => {
    const broken = await fixture.start(await fixture.usedDatabase())
    await broken.close()
    expect(await postLead(broken, inventLead())).toMatchObject({
      status: 503,
      body: { error: { code: 'not-stored' } },
    })
    expect(await requestHealth(broken)).toMatchObject({ status: 503, body: { status: 'down' } })
  }, 60_000)
})

it('writes no personal data and no secret to the log', async () => {
  const lead = inventLead()
  await postLead(relay, lead)
  await request(relay, '/healthz?phone=79000000001')
  const text = log.join('\n')
  expect(text).toContain(lead.id)
  expect(text).not.toMatch(/\+?79000000|Иван/)
  expect(text).not.toContain(lead.key)
  expect(text).not.toContain(env.DEVTEK_TOKEN)
})
