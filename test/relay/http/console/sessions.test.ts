import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashPassword, isPasswordHash, verifyPassword } from '../../../../src/relay/runtime/password-hash.ts'
import { adminRouteRoles, requireKnownRoutes } from '../../../../src/relay/http/admin/session/route-roles.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { askAdmin, askConsole, fromConsole, hashCheaply, signIn } from './console-client.ts'
import { adminToken, formEntry, inventLead, wideLimits } from '../../support/invented.ts'
import { createRelayFixture, postLead, request, toDatabaseOption } from '../../support/relay-fixture.ts'

const password = 'придуманный пароль 1'
const roles = ['see', 'work', 'configure'] as const
const minute = 60_000

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let database: string
let hash: string
let clock: TestClock
let relay: Relay

beforeAll(async () => {
  fixture = await createRelayFixture()
  hash = hashCheaply(password)
  database = await fixture.usedDatabase()
  clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
  await start()
}, 60_000)
afterAll(() => fixture.end())

async function start(users = roles.map((role) => ({ name: `user ${role}`, role, password: hash }))) {
  const consoleFolder = join(fixture.root, 'console')
  await mkdir(consoleFolder, { recursive: true })
  await writeFile(join(consoleFolder, 'index.html'), '<!doctype html><title>Консоль</title>')
  await writeFile(join(consoleFolder, 'console-abc123.js'), 'export {}')
  relay = await fixture.start(database, { clock, consoleFolder, config: { console: { users } } })
}

/** The relay's configuration with other users. */
const configuration = (users: readonly object[]) => ({
  database: toDatabaseOption(database),
  adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
  limits: wideLimits,
  forms: { main: formEntry() },
  console: { users },
})

it('signs a user in with name and password, and out again', async () => {
  const cookie = await signIn(relay, { name: 'user work', password })
  const session = await askConsole(relay, cookie, 'GET /console/session')
  expect(session.body).toEqual({
    id: expect.stringMatching(/^[\w-]{22}$/),
    name: 'user work',
    role: 'work',
    expiresAt: '2026-11-22T17:00:00.000Z',
    idleMinutes: 30,
    edit: false,
  })
  expect((await askConsole(relay, cookie, 'DELETE /console/session')).status).toBe(204)
  expect(await askConsole(relay, cookie, 'GET /admin/leads')).toMatchObject({
    status: 401,
    body: { error: { code: 'no-token' } },
  })
})

it('gives a cookie that no script reads and no other site sends', async () => {
  const response = await request(relay, '/console/session', {
    method: 'POST',
    headers: fromConsole,
    body: JSON.stringify({ token: adminToken }),
  })
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(
      /^anketa-console=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Strict$/,
    ),
  ])
  expect(response.headers.get('cache-control')).toBe('no-store')
})

it.each([
  { name: 'user work', password: 'another one' },
  { name: 'nobody', password },
  { token: `${adminToken}x` },
])('refuses wrong credentials: %o', async (credentials) => {
  const response = await request(relay, '/console/session', {
    method: 'POST',
    headers: fromConsole,
    body: JSON.stringify(credentials),
  })
  expect(response).toMatchObject({ status: 403, body: { error: { code: 'credentials' } } })
  expect(response.headers.getSetCookie()).toEqual([])
})

/** Where a request may come from, and whether the relay takes a change with the cookie from there. */
const senders = {
  'the console': { headers: fromConsole, isOwn: true },
  'no origin': { headers: { 'x-anketa-console': '1' }, isOwn: false },
  'another origin': { headers: { ...fromConsole, origin: 'https://landing.example.ru' }, isOwn: false },
  'another page of the relay': { headers: { origin: fromConsole.origin }, isOwn: false },
  'a frame with sandbox': { headers: { ...fromConsole, origin: 'null' }, isOwn: false },
} as const

/** Asks a route, and returns why it refuses. */
async function refusalOf(route: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const [method = '', path = ''] = concrete(route).split(' ')
  const {
    status,
    text,
    headers: answered,
  } = await request(relay, path, {
    method,
    headers,
    ...(method === 'GET' ? {} : { body: '{}' }),
  })
  expect({ route, cache: answered.get('cache-control') }).toEqual({ route, cache: 'no-store' })
  const code = /"code":"(no-token|token|origin|role)"/.exec(text)?.[1]
  return code === undefined ? 'none' : `${status} ${code}`
}

it('lets every role use its routes, from the console only, and nobody else any', async () => {
  const ended = await signIn(relay)
  await askConsole(relay, ended, 'DELETE /console/session')
  const strangers = [
    [{}, '401 no-token'],
    [{ cookie: 'anketa-console=made-up' }, '401 no-token'],
    [{ cookie: ended }, '401 no-token'],
    [{ authorization: 'Bearer made-up' }, '403 token'],
  ] as const
  const users = new Map<string, string>()
  for (const role of roles) users.set(role, await signIn(relay, { name: `user ${role}`, password }))
  const found = []
  const expected = []
  for (const [route, needed] of Object.entries(adminRouteRoles)) {
    for (const [who, refusal] of strangers) {
      found.push([route, who, await refusalOf(route, { ...fromConsole, ...who })])
      expected.push([route, who, refusal])
    }
    for (const role of roles)
      for (const [from, { headers, isOwn }] of Object.entries(senders)) {
        found.push([route, role, from, await refusalOf(route, { ...headers, cookie: users.get(role) ?? '' })])
        const isAllowed = roles.indexOf(role) >= roles.indexOf(needed)
        const taken = isAllowed ? 'none' : '403 role'
        expected.push([route, role, from, isOwn || route.startsWith('GET ') ? taken : '403 origin'])
      }
  }
  expect(found).toEqual(expected)
})

it.each(['POST', 'DELETE'])('takes no %s of a session from elsewhere', async (method) => {
  const cookie = await signIn(relay)
  for (const { headers, isOwn } of Object.values(senders)) {
    if (isOwn) continue
    const body = JSON.stringify({ token: adminToken })
    const { status } = await request(relay, '/console/session', {
      method,
      headers: { ...headers, cookie },
      body,
    })
    expect(status).toBe(403)
  }
  expect((await askConsole(relay, cookie, 'GET /console/session')).status).toBe(200)
})

it('has a role for every route of the application, and an application for every role', async () => {
  // A relay starts only if its routes are known.
  expect(() => requireKnownRoutes([{ method: 'GET', path: '/admin/leads' }])).not.toThrow()
  expect(() => requireKnownRoutes([{ method: 'PUT', path: '/admin/leads' }])).toThrow('has no role')
  expect(() => requireKnownRoutes([{ method: 'GET', path: '/console/secrets' }])).toThrow('has no role')
  for (const route of [...Object.keys(adminRouteRoles), 'GET /console/session']) {
    const { text } = await askAdmin(relay, concrete(route), {})
    expect({ route, isMissing: text.includes('There is nothing at this address') }).toEqual({
      route,
      isMissing: false,
    })
  }
})

it('does nothing for a page that believes to be in another session', async () => {
  const former = await signIn(relay)
  const { id } = Object((await askConsole(relay, former, 'GET /console/session')).body)
  const cookie = await signIn(relay, { name: 'user configure', password })
  const own = Object((await askConsole(relay, cookie, 'GET /console/session')).body)
  expect(id).not.toBe(own.id)
  const other = { status: 409, body: { error: { code: 'other-session' } } }
  const ask = (route: string, session: string) => {
    const [method = '', path = ''] = concrete(route).split(' ')
    const headers = { ...fromConsole, cookie, 'x-anketa-session': session }
    return request(relay, path, { method, headers, ...(method === 'GET' ? {} : { body: '{}' }) })
  }
  for (const route of Object.keys(adminRouteRoles)) {
    expect(await ask(route, id)).toMatchObject(other)
    expect((await ask(route, own.id)).text).not.toContain('other-session')
  }
  expect(await ask('DELETE /console/session', id)).toMatchObject(other)
  // A file that the browser loads comes without a header.
  expect(await askConsole(relay, cookie, `GET /admin/leads.csv?session=${id}`)).toMatchObject(other)
  expect((await askConsole(relay, cookie, `GET /admin/leads.csv?session=${own.id}`)).status).toBe(200)
  expect((await ask('DELETE /console/session', own.id)).status).toBe(204)
})

it('tells a signed-in user how the relay is', async () => {
  const cookie = await signIn(relay, { name: 'user see', password })
  expect(Object(await askConsole(relay, cookie, 'GET /healthz')).body).toHaveProperty('destinations')
  expect(Object(await request(relay, '/healthz')).body).not.toHaveProperty('destinations')
})

it('refuses a route that has no role', async () => {
  expect((await askAdmin(relay, 'GET /admin/secrets')).status).toBe(404)
  expect((await askAdmin(relay, 'PUT /admin/leads')).status).toBe(405)
})

it('ends a session that is not used for half an hour, and any after eight hours', async () => {
  const idle = await signIn(relay)
  const used = await signIn(relay, { name: 'user see', password })
  for (let passed = 0; passed < 8 * 60; passed += 20) {
    expect((await askConsole(relay, used, 'GET /admin/leads')).status).toBe(200)
    await clock.setTime(clock.now() + 20 * minute)
  }
  expect((await askConsole(relay, idle, 'GET /admin/leads')).status).toBe(401)
  expect((await askConsole(relay, used, 'GET /admin/leads')).status).toBe(401)
})

it('serves the console under a strict policy, and sends the addresses in notifications to it', async () => {
  const page = await request(relay, '/console')
  expect(page.text).toContain('Консоль')
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
  expect(page.headers.get('cache-control')).toBe('no-store')
  const script = await request(relay, '/console/console-abc123.js')
  expect(script.headers.get('content-type')).toContain('javascript')
  expect((await request(relay, '/console/unknown.js')).status).toBe(404)
  expect((await request(relay, '/console/..%2Findex.html')).status).toBe(404)
  const { id } = inventLead()
  const link = await request(relay, `/console/leads/${id}`)
  expect(link.headers.get('location')).toBe(`../../console#/leads/${id}`)
})

it('keeps sessions over a restart, and ends those of a user who is removed or has another password', async () => {
  const kept = await signIn(relay)
  const [see, work] = [
    await signIn(relay, { name: 'user configure', password }),
    await signIn(relay, { name: 'user work', password }),
  ]
  await relay.close({ graceMs: 100 })
  await start([{ name: 'user work', role: 'work', password: hashCheaply('a new one') }])
  expect((await askConsole(relay, kept, 'GET /admin/leads')).status).toBe(200)
  expect((await askConsole(relay, see, 'GET /admin/leads')).status).toBe(401)
  expect((await askConsole(relay, work, 'GET /admin/leads')).status).toBe(401)
})

it('takes its users from the configuration that is in use, without a restart', async () => {
  const cookie = await signIn(relay, { name: 'user work', password: 'a new one' })
  await relay.reload(configuration([{ name: 'user new', role: 'see', password: hash }]))
  expect((await askConsole(relay, cookie, 'GET /admin/leads')).status).toBe(401)
  const added = await signIn(relay, { name: 'user new', password })
  expect((await askConsole(relay, added, 'GET /admin/leads')).status).toBe(200)
  expect((await askConsole(relay, added, 'POST /admin/reload')).status).toBe(403)
  await relay.reload(configuration([{ name: 'user new', role: 'configure', password: hash }]))
  expect((await askConsole(relay, added, 'GET /admin/audit')).status).toBe(200)
})

it('limits the tries with one name or from one address', async () => {
  const tryOut = (name: string, given: string) =>
    request(relay, '/console/session', {
      method: 'POST',
      headers: { ...fromConsole, 'x-forwarded-for': '192.0.2.7' },
      body: JSON.stringify({ name, password: given }),
    })
  const answers = []
  for (let index = 0; index < 12; index += 1) answers.push(await tryOut('user work', 'wrong'))
  expect(answers.at(-1)).toMatchObject({ status: 429, body: { error: { code: 'limit' } } })
  expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await tryOut('user work', password)).status).toBe(429)
  // Wrong tokens from one address keep the owner out of no other address.
  const tryToken = (token: string, address: string, headers: object = {}) =>
    relay.fetch(
      new Request(`${fromConsole.origin}/console/session`, {
        method: 'POST',
        headers: { ...fromConsole, ...headers },
        body: JSON.stringify({ token }),
      }),
      { address },
    )
  for (let index = 0; index < 11; index += 1) await tryToken('wrong', '192.0.2.9')
  expect((await tryToken(adminToken, '192.0.2.9')).status).toBe(429)
  expect((await tryToken(adminToken, '192.0.2.10')).status).toBe(200)
  // A proxy that the configuration does not know of gives everybody its own address.
  const proxied = { 'x-forwarded-for': '192.0.2.11' }
  for (let index = 0; index < 11; index += 1) await tryToken('wrong', '10.0.0.2', proxied)
  expect((await tryToken(adminToken, '10.0.0.2', proxied)).status).toBe(200)
})

it('is off without an admin token', async () => {
  const other = await fixture.start(await fixture.usedDatabase(), {
    config: { adminToken: undefined },
    consoleFolder: join(fixture.root, 'console'),
  })
  expect((await postLead(other, inventLead())).status).toBeLessThan(300)
  for (const path of ['/console', '/console/console-abc123.js', '/console/session', '/admin/leads'])
    expect((await request(other, path)).status).toBe(404)
  expect((await request(other, '/admin/leads', { method: 'PUT' })).status).toBe(404)
  expect(
    (await request(other, '/console/session', { method: 'POST', headers: fromConsole, body: '{}' })).status,
  ).toBe(404)
})

function concrete(route: string): string {
  return route.replace(':id', '0199a2c4-0000-7000-8000-000000000000')
}

it('hashes passwords so that only the same one fits', async () => {
  const made = await hashPassword(password)
  expect(isPasswordHash(made)).toBe(true)
  expect(await verifyPassword(password, made)).toBe(true)
  expect(await verifyPassword(`${password} `, made)).toBe(false)
  expect(await verifyPassword(password, undefined)).toBe(false)
  expect(await hashPassword(password)).not.toBe(made)
  expect(isPasswordHash(made.replace('N=32768', 'N=32769'))).toBe(false)
})
