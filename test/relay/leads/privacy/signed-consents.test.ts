import { randomBytes } from 'node:crypto'
import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../../src/relay/config/config.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeProvider } from '../../support/fake-provider.ts'
import { adminToken, formEntry, inventLead } from '../../support/invented.ts'
import { readStoredBytes } from '../../support/read-database.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const env = {
  ANKETA_ADMIN_TOKEN: adminToken,
  DEVTEK_TOKEN: 'invented-token-0123456789abcdef00',
  DATA_KEY: randomBytes(32).toString('base64'),
}
const signed = {
  publicUrl: 'https://leads.example.ru/relay/',
  dataKeys: [{ env: 'DATA_KEY' }],
  signedConsents: { linkDays: 5 },
}

function startSigning() {
  const clock = new TestClock(Date.parse('2026-11-22T09:00:05Z'))
  const lines: string[] = []
  const bodies: string[] = []
  const provider = createFakeProvider()
  const start = async (database: string, config: object = signed) =>
    fixture.start(database, {
      env,
      clock,
      config: { ...config },
      fetch: async (input, init) => {
        const sent = new Request(input, init)
        bodies.push(await sent.clone().text())
        return provider.fetch(input, init)
      },
      writeLog: (line) => lines.push(line),
      forms: { main: { ...formEntry(), answerWithinSeconds: 5 } },
    })
  return { clock, lines, bodies, start }
}

/** The paths of the PDFs that a provider got. */
function findPaths(bodies: readonly string[]): readonly string[] {
  return bodies.flatMap((body) =>
    [
      ...decodeURIComponent(body)
        .replaceAll('\\/', '/')
        .matchAll(/https:\/\/leads\.example\.ru\/relay(\/signed\/[\w-]+)/g),
    ].map(([, path = '']) => path),
  )
}

const admin = (relay: Relay, path: string, method: string, body?: object) =>
  request(relay, `/admin/${path}`, {
    method,
    headers: { authorization: `Bearer ${adminToken}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })

const person = { lastName: 'Подписова', firstName: 'Алёна', phone: '+79000000066' }
function inventSigningLead() {
  const lead = inventLead()
  return { ...lead, values: { ...lead.values, ...person } }
}

const read = (relay: Relay, path: string) => relay.fetch(new Request(`https://leads.example.ru${path}`))

describe('a signed consent', () => {
  it('is a PDF under an address that the receiver gets, until its time is over', async () => {
    const database = await fixture.usedDatabase()
    const { clock, lines, bodies, start } = startSigning()
    const relay = await start(database)
    await postLead(relay, inventSigningLead())
    await postLead(relay, inventSigningLead())
    await expect.poll(() => findPaths(bodies)).toHaveLength(2)
    const [path = '', other = ''] = findPaths(bodies)
    expect(path).toMatch(/^\/signed\/[\w-]{22}$/)
    expect(path).not.toBe(other)
    const response = await read(relay, path)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-robots-tag')).toContain('noindex')
    const pdf = Buffer.from(await response.arrayBuffer())
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.includes('PTSans')).toBe(true)
    // Neither the log nor the database discloses the address.
    expect(lines.join('\n')).not.toContain(path.slice('/signed/'.length))
    for (const wrong of [`/signed/${'A'.repeat(22)}`, '/signed/x', `${path}x`, `/signed/${'%00'.repeat(22)}`])
      expect((await read(relay, wrong)).status).toBe(404)
    await clock.setTime(clock.now() + 5 * 24 * 3600_000 - 1000)
    expect((await read(relay, path)).status).toBe(200)
    await clock.setTime(clock.now() + 2000)
    const late = await read(relay, path)
    expect([late.status, late.headers.get('cache-control')]).toEqual([404, 'no-store'])
    await relay.close()
    const stored = await readStoredBytes(database)
    for (const mark of [path.slice('/signed/'.length), '%PDF-', pdf.toString('base64').slice(0, 40)])
      expect([mark, stored.includes(mark)]).toEqual([mark, false])
  })

  it('can be revoked, and is gone when the lead is erased', async () => {
    const { bodies, start } = startSigning()
    const relay = await start(await fixture.usedDatabase())
    const [first, second] = [inventSigningLead(), inventSigningLead()]
    for (const lead of [first, second]) await postLead(relay, lead)
    await expect.poll(() => findPaths(bodies)).toHaveLength(2)
    const [path = '', other = ''] = findPaths(bodies)
    expect((await admin(relay, `leads/${first.id}/signed`, 'DELETE')).body).toEqual({ revoked: 1 })
    expect((await admin(relay, `leads/${first.id}/signed`, 'DELETE')).status).toBe(404)
    expect((await request(relay, `/admin/leads/${second.id}/signed`, { method: 'DELETE' })).status).toBe(401)
    expect((await read(relay, path)).status).toBe(404)
    expect((await read(relay, other)).status).toBe(200)
    await admin(relay, 'erase', 'POST', { phone: person.phone })
    expect((await read(relay, other)).status).toBe(404)
  })

  it('is not made unless it is configured', async () => {
    const { bodies, start } = startSigning()
    const relay = await start(await fixture.usedDatabase(), { ...signed, signedConsents: undefined })
    await postLead(relay, inventSigningLead())
    await expect.poll(() => bodies.length).toBeGreaterThan(0)
    expect(bodies.join('')).not.toContain('sopd_signed')
    expect((await read(relay, `/signed/${'A'.repeat(22)}`)).status).toBe(404)
  })
})

it.each([
  [{ publicUrl: 'http://leads.example.ru' }, 'signedConsents: expected "publicUrl" with https'],
  [{ publicUrl: undefined }, 'signedConsents: expected "publicUrl" with https'],
  [{ dataKeys: undefined }, 'signedConsents: expected "dataKeys"'],
  [
    { signedConsents: { linkDays: 0 } },
    'signedConsents.linkDays: expected a whole number of days, 1 to 3650',
  ],
])('%j is refused', async (change, problem) => {
  const config = JSON.parse(JSON.stringify({ ...signed, forms: { main: formEntry() }, ...change }))
  await expect(
    parseConfig(config, { env, readText: () => Promise.reject(new Error('no files')) }),
  ).rejects.toThrow(problem)
})
