import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { createRelayFixture, requestHealth } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
}, 60_000)
afterAll(() => fixture.end())

const timeout = 60_000

async function start(limits: object, config: object = {}): Promise<Relay> {
  return fixture.start(await fixture.usedDatabase(), {
    forms: { main: { ...formEntry(), destinations: [] } },
    config: { limits, ...config },
  })
}

/** Posts as a connection from an address does. */
async function post(
  relay: Relay,
  lead: object,
  {
    from = '203.0.113.5',
    type = 'application/json',
    forwarded,
  }: { from?: string; type?: string; forwarded?: string } = {},
) {
  const response = await relay.fetch(
    new Request('https://relay.example.ru/forms/main/leads', {
      method: 'POST',
      headers: {
        'content-type': type,
        origin: 'https://landing.example.ru',
        ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
      },
      body: type.includes('urlencoded')
        ? new URLSearchParams(Object.entries(lead)).toString()
        : JSON.stringify(lead),
    }),
    { address: from },
  )
  return { status: response.status, headers: response.headers, text: await response.text() }
}

function withPhone(phone: string) {
  const lead = inventLead()
  return { ...lead, values: { ...lead.values, phone } }
}

describe('limits by address', () => {
  it(
    'refuse one new lead too many with 429, Retry-After and a JSON error, and serve others',
    async () => {
      const relay = await start({ perAddress: 3 })
      for (let count = 0; count < 3; count += 1) expect((await post(relay, inventLead())).status).toBe(202)
      const { status, headers, text } = await post(relay, inventLead())
      expect(status).toBe(429)
      expect(headers.get('retry-after')).toMatch(/^[1-9]\d?$/)
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60)
      expect(headers.get('access-control-allow-origin')).toBe('https://landing.example.ru')
      expect(headers.get('access-control-expose-headers')).toContain('retry-after')
      expect(JSON.parse(text)).toEqual({
        error: { code: 'limit', message: expect.stringContaining('seconds') },
      })
      expect((await post(relay, inventLead(), { from: '203.0.113.6' })).status).toBe(202)
    },
    timeout,
  )

  it(
    'count JSON, text/plain and plain forms together',
    async () => {
      const relay = await start({ perAddress: 2 })
      expect((await post(relay, inventLead(), { type: 'text/plain;charset=UTF-8' })).status).toBe(202)
      expect((await post(relay, inventLead())).status).toBe(202)
      const plain = await post(relay, htmlForm, { type: 'application/x-www-form-urlencoded' })
      expect(plain.status).toBe(429)
      expect(plain.headers.get('content-type')).toContain('text/html')
      expect(plain.headers.get('retry-after')).toMatch(/^[1-9]\d?$/)
      expect(plain.text).toMatch(/много заявок подряд.*ваши ответы останутся.*через \d+ секунд/s)
      expect((await post(relay, inventLead(), { type: 'text/plain' })).status).toBe(429)
    },
    timeout,
  )

  it.each([
    [
      'an IPv4 address and the same one mapped',
      ['203.0.113.7', '::ffff:203.0.113.7', '::FFFF:cb00:7107'],
      true,
    ],
    [
      'addresses of one IPv6 network',
      ['2001:db8:0:1::1', '2001:db8:0:1:ffff::2', '2001:DB8::1:0:0:0:3'],
      true,
    ],
    ['other IPv6 networks', ['2001:db8:0:1::1', '2001:db8:0:2::1', '2001:db8:0:3::1'], false],
    [
      'addresses that a translator maps',
      ['64:ff9b::203.0.113.1', '64:ff9b::203.0.113.2', '64:ff9b::203.0.113.3'],
      false,
    ],
    ['other addresses', ['203.0.113.1', '203.0.113.2', '203.0.113.3'], false],
  ])(
    'take %s for one: %#',
    async (_, addresses, same) => {
      const relay = await start({ perAddress: 2 })
      const answers = []
      for (const from of addresses) answers.push((await post(relay, inventLead(), { from })).status)
      expect(answers).toEqual([202, 202, same ? 429 : 202])
    },
    timeout,
  )

  it(
    'do not believe a header without a trusted proxy',
    async () => {
      const relay = await start({ perAddress: 1 })
      const spoofed = (forwarded: string) => post(relay, inventLead(), { forwarded })
      expect((await spoofed('198.51.100.1')).status).toBe(202)
      expect((await spoofed('198.51.100.2')).status).toBe(429)
    },
    timeout,
  )

  it(
    'believe what the trusted proxy saw, and not what the client says that others saw',
    async () => {
      const relay = await start({ perAddress: 1 }, { trustProxy: 1 })
      const spoofed = (forwarded: string) => post(relay, inventLead(), { from: '127.0.0.1', forwarded })
      expect((await spoofed('198.51.100.1, 203.0.113.5')).status).toBe(202)
      expect((await spoofed('198.51.100.2, , ::ffff:203.0.113.5')).status).toBe(429)
      expect((await spoofed('203.0.113.5, 198.51.100.3')).status).toBe(202)
    },
    timeout,
  )

  it(
    'are off behind a proxy that the configuration does not know of, and health warns',
    async () => {
      const relay = await start({ perAddress: 1 })
      for (let count = 0; count < 3; count += 1)
        expect(
          (await post(relay, inventLead(), { from: '127.0.0.1', forwarded: '203.0.113.5' })).status,
        ).toBe(202)
      expect(await requestHealth(relay)).toMatchObject({
        body: {
          status: 'degraded',
          reasons: [expect.stringMatching(/one address is not limited.*trustProxy/)],
        },
      })
    },
    timeout,
  )
})

describe('limits by phone', () => {
  it(
    'count every spelling of a number, and no other number',
    async () => {
      const relay = await start({ perPhone: 2 })
      expect((await post(relay, withPhone('+79000000091'))).status).toBe(202)
      expect(
        (
          await post(
            relay,
            { ...htmlForm, phone: '8 (900) 000-00-91' },
            { type: 'application/x-www-form-urlencoded' },
          )
        ).status,
      ).toBe(200)
      const { status, headers } = await post(relay, withPhone('+79000000091'), { from: '203.0.113.77' })
      expect(status).toBe(429)
      expect(headers.get('retry-after')).toMatch(/^[1-9]\d?$/)
      expect((await post(relay, withPhone('+79000000092'))).status).toBe(202)
    },
    timeout,
  )

  it(
    'are not used up by posts that are refused for their address',
    async () => {
      const relay = await start({ perAddress: 1, perPhone: 1 })
      expect((await post(relay, inventLead(), { from: '198.51.100.1' })).status).toBe(202)
      expect((await post(relay, withPhone('+79000000093'), { from: '198.51.100.1' })).status).toBe(429)
      expect((await post(relay, withPhone('+79000000093'))).status).toBe(202)
    },
    timeout,
  )
})

describe('a repeated id', () => {
  it(
    'does not count with its key, however often and while the limit is reached',
    async () => {
      const relay = await start({ perAddress: 2, perPhone: 2 })
      const lead = withPhone('+79000000094')
      for (let count = 0; count < 10; count += 1) expect((await post(relay, lead)).status).toBe(202)
      expect((await post(relay, withPhone('+79000000094'))).status).toBe(202)
      expect((await post(relay, withPhone('+79000000094'))).status).toBe(429)
      expect((await post(relay, lead)).status).toBe(202)
    },
    timeout,
  )

  it(
    'counts as a new one with another key',
    async () => {
      const relay = await start({ perAddress: 1 })
      const lead = inventLead()
      expect((await post(relay, lead)).status).toBe(202)
      expect((await post(relay, { ...lead, key: inventLead().key })).status).toBe(429)
    },
    timeout,
  )

  it(
    'does not count for a relay that has not seen it before, as after a restart',
    async () => {
      const database = await fixture.usedDatabase()
      const options = {
        forms: { main: { ...formEntry(), destinations: [] } },
        config: { limits: { perAddress: 2 } },
      }
      const before = await fixture.start(database, options)
      const lead = inventLead()
      expect((await post(before, lead)).status).toBe(202)
      await before.close({ graceMs: 100 })
      const after = await fixture.start(database, options)
      const from = '203.0.113.99'
      expect((await post(after, lead, { from })).status).toBe(202)
      expect((await post(after, inventLead(), { from })).status).toBe(202)
      expect((await post(after, inventLead(), { from })).status).toBe(202)
      expect((await post(after, inventLead(), { from })).status).toBe(429)
    },
    timeout,
  )

  it(
    'is not taken because it comes twice at once',
    async () => {
      const relay = await start({ perAddress: 1 })
      expect((await post(relay, inventLead())).status).toBe(202)
      const lead = inventLead()
      const answers = await Promise.all([post(relay, lead), post(relay, lead), post(relay, lead)])
      expect(answers.map(({ status }) => status)).toEqual([429, 429, 429])
    },
    timeout,
  )
})

it(
  'takes 300 new leads a minute from one address, and 5 with one phone, unless a configuration says otherwise',
  async () => {
    const relay = await start({})
    const answers = []
    for (let count = 0; count < 6; count += 1)
      answers.push((await post(relay, withPhone('+79000000095'))).status)
    expect(answers).toEqual([202, 202, 202, 202, 202, 429])
    // The phone's refusal has counted for the address, too.
    const others = await Promise.all(
      Array.from({ length: 300 }, (_, index) => {
        const { phone: _phone, ...values } = inventLead().values
        // Without a phone nothing is stored, and the address counts all the same.
        return post(relay, { ...inventLead(), values: { ...values, city: `Город ${index}` } })
      }),
    )
    expect(others.filter(({ status }) => status === 429)).toHaveLength(6)
    expect(others.filter(({ status }) => status === 422)).toHaveLength(294)
  },
  timeout,
)

it('one address that posts a thousand leads in a minute is limited, and other people are served meanwhile', async () => {
  const relay = await start({})
  const flood = Array.from({ length: 10 }, async () => {
    const answers: number[] = []
    for (let count = 0; count < 100; count += 1)
      answers.push((await post(relay, inventLead(), { from: '198.51.100.66' })).status)
    return answers
  })
  const others: number[] = []
  for (let count = 0; count < 20; count += 1)
    others.push((await post(relay, withPhone(`+7900000${1000 + count}`), { from: '203.0.113.8' })).status)
  const answers = (await Promise.all(flood)).flat()
  expect(others).toEqual(Array.from({ length: 20 }, () => 202))
  // An invented person has one of a hundred phones: some of them are over their own limit.
  expect(answers.filter((status) => status === 202).length).toBeLessThanOrEqual(300)
  expect(answers.filter((status) => status === 429).length).toBeGreaterThanOrEqual(700)
  expect(new Set(answers)).toEqual(new Set([202, 429]))
}, 120_000)

/** The inputs of a plain HTML form. */
const htmlForm = {
  amount: '30 000',
  lastName: 'Примеров',
  firstName: 'Иван',
  noMiddleName: 'on',
  birthDate: '31.01.1990',
  phone: '8 900 000-00-61',
  city: 'Москва',
  cityKladr: '7700000000000',
  'consent.processing': 'on',
}
