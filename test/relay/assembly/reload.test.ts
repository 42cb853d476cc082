import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../../../src/relay/config/config.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { advanceUntil } from '../support/advance-time.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { adminToken, env, formEntry, inventLead, wideLimits } from '../support/invented.ts'
import {
  createRelayFixture,
  postLead,
  request,
  requestHealth,
  requestOutcome,
  toDatabaseOption,
} from '../support/relay-fixture.ts'

const timeout = 60_000
const lenders = createFakeLenders()
const clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
const log: string[] = []
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let database: string
let relay: Relay

const readText = (path: string) => readFile(join(fixture.root, path), 'utf8')
const write = (name: string, content: string) => writeFile(join(fixture.root, name), content)

const formTo = (...names: readonly string[]) => ({
  ...formEntry(),
  answerWithinSeconds: 5,
  destinations: names.map((name) => ({ provider: 'lender', id: name, name, token: { file: 'token' } })),
})

/** A configuration of the relay, with some other parts. */
const configure = (parts: Readonly<Record<string, unknown>> = {}) => ({
  database: toDatabaseOption(database),
  port: 8787,
  adminToken: { file: 'admin' },
  limits: wideLimits,
  forms: { main: formTo('first') },
  ...parts,
})

const reloadByHttp = (token = adminToken) =>
  request(relay, '/admin/reload', { method: 'POST', headers: { authorization: `Bearer ${token}` } })

let stored: unknown
let freeMegabytes = 1000
beforeAll(async () => {
  fixture = await createRelayFixture()
  database = await fixture.usedFolder()
  await write('admin', adminToken)
  await write('token', 'invented-token-1')
  const { forms, ...config } = configure()
  relay = await fixture.start(database, {
    clock,
    providers: lenders.providers,
    fetch: lenders.fetch,
    env,
    readText,
    readFreeBytes: () => freeMegabytes * 1024 * 1024,
    readConfig: async () => stored,
    log: (level, text, facts) => log.push(`${level} ${text} ${JSON.stringify(facts)}`),
    forms,
    config,
  })
}, timeout)
beforeEach(async () => {
  lenders.answer('first/create', { outcome: 'accepted' })
  stored = configure()
  await relay.reload()
}, timeout)
afterAll(() => fixture.end())

it('is asked for with the admin token, and tells what has changed', { timeout }, async () => {
  expect((await request(relay, '/admin/reload', { method: 'POST' })).status).toBe(401)
  expect((await reloadByHttp('another-token')).status).toBe(403)
  expect((await reloadByHttp()).body).toEqual({ reloaded: true, changed: [] })
  await write('token', 'invented-token-2')
  stored = configure({ log: 'json', forms: { main: formTo('first'), other: formTo() } })
  expect(await reloadByHttp()).toMatchObject({
    status: 200,
    body: { reloaded: true, changed: ['forms.main', 'log', 'forms.other'] },
  })
  await postLead(relay, inventLead())
  expect(lenders.calls.at(-1)?.token).toBe('Bearer invented-token-2')
  expect(log.join()).not.toContain('invented-token')
})

it('takes another token of the operator from its file', { timeout }, async () => {
  await write('admin', 'another-operator-token-0123456789')
  stored = configure({ metricsToken: { file: 'token' } })
  expect((await reloadByHttp()).body).toEqual({ reloaded: true, changed: ['adminToken', 'metricsToken'] })
  expect((await reloadByHttp()).status).toBe(403)
  await write('admin', adminToken)
  expect((await reloadByHttp('another-operator-token-0123456789')).status).toBe(200)
})

it.each([
  ['a key that there is not', { limit: {} }],
  ['a secret in the configuration', { adminToken: 'a secret' }],
  ['a file that is missing', { metricsToken: { file: 'nowhere' } }],
  ['no form', { forms: {} }],
  ['a wrong key', { dataKeys: [{ file: 'token' }] }],
  ['a receiver without an address', { postbacks: [{ on: ['accepted'], url: 'nowhere' }] }],
  ['several mistakes', { trustProxy: -1, limits: { perPhone: 0 }, retentionDays: 0.5 }],
])('refuses %s in the words of a start, and goes on', { timeout }, async (_, parts) => {
  const candidate = configure(parts)
  const problems = await listProblems(candidate)
  expect(problems).not.toEqual([])
  await expectRefusal(candidate, { status: 422, code: 'config-refused', problems })
})

/** The problems of a configuration at a start. */
async function listProblems(candidate: unknown): Promise<readonly string[]> {
  try {
    await parseConfig(candidate, { env: {}, readText, providers: lenders.providers })
    return []
  } catch (error) {
    return error instanceof ConfigError ? error.problems : []
  }
}

it('refuses a form that would be refused', { timeout }, async () => {
  const forms = { main: formTo('first'), wrong: { ...formTo('first'), consents: [] } }
  await expectRefusal(configure({ forms }), {
    status: 422,
    code: 'config-refused',
    problems: ['wrong: refused', expect.stringContaining('consents: expected the consent "processing"')],
  })
})

it.each([
  ['port', { port: 8788 }],
  ['host', { host: '127.0.0.1' }],
  ['database', { database: 'pglite:./other' }],
])('another %s needs a restart', { timeout }, async (name, parts) => {
  await expectRefusal(configure(parts), {
    status: 409,
    code: 'needs-restart',
    problems: [`${name}: needs a restart`],
  })
})

/** Expects that a configuration is refused, said everywhere, and forgotten with the next good one. */
async function expectRefusal(
  candidate: unknown,
  { status, ...error }: { status: number; code: string; problems: readonly string[] },
): Promise<void> {
  const { config } = relay
  log.length = 0
  stored = candidate
  expect(await reloadByHttp()).toMatchObject({ status, body: { error } })
  expect(relay.config).toBe(config)
  expect((await postLead(relay, inventLead())).body).toMatchObject({ outcome: 'accepted' })
  expect((await requestHealth(relay)).body).toMatchObject({
    status: 'degraded',
    reasons: [expect.stringContaining('The latest configuration is refused')],
    reload: { problems: error.problems },
  })
  expect(log.some((line) => line.startsWith('error A new configuration is refused'))).toBe(true)
  stored = configure()
  expect((await reloadByHttp()).status).toBe(200)
  expect((await requestHealth(relay)).body).toMatchObject({ status: 'ok' })
}

it('a delivery under way ends once, and its person gets the answer', { timeout }, async () => {
  const called = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<object>()
  lenders.answer('first/create', () => {
    called.resolve()
    return answer.promise
  })
  const before = lenders.calls.length
  const lead = inventLead()
  const posted = postLead(relay, lead)
  await called.promise
  await relay.reload(configure({ forms: { main: formTo('second') }, limits: { perPhone: 1000 } }))
  answer.resolve({ outcome: 'accepted', providerId: '77' })
  expect((await posted).body).toMatchObject({ outcome: 'accepted', providerId: '77' })
  lenders.answer('first/create', { outcome: 'accepted' })
  await postLead(relay, inventLead())
  expect(lenders.called().slice(before)).toEqual(['first/create', 'second/create'])
  expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' })
})

it('leads that wait for a destination that has gone go to the next one', { timeout }, async () => {
  lenders.answer('first/create', new Response('', { status: 503 }))
  const lead = inventLead()
  const forms = { main: { ...formTo('first'), answerWithinSeconds: 0 } }
  await relay.reload(configure({ forms }))
  await postLead(relay, lead)
  await expect
    .poll(async () => (await requestHealth(relay)).body)
    .toMatchObject({ destinations: { main: { first: { waiting: 1, lastFailure: expect.anything() } } } })
  await relay.reload(configure({ forms: { main: { ...formTo('second'), answerWithinSeconds: 0 } } }))
  // What was removed is shown as long as leads wait for it.
  expect((await requestHealth(relay)).body).toMatchObject({
    destinations: { main: { first: { waiting: 1 }, second: { waiting: 0 } } },
  })
  await advanceUntil(clock, 15_000, async () =>
    expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' }),
  )
  expect(lenders.called().at(-1)).toBe('second/create')
  lenders.answer('first/create', { outcome: 'accepted' })
})

it(
  'a form that has gone is unknown, and is back with its leads when it comes back',
  { timeout },
  async () => {
    const lead = inventLead()
    await postLead(relay, lead)
    await relay.reload(configure({ forms: { other: formTo('first') } }))
    expect((await request(relay, '/forms/main')).status).toBe(404)
    expect((await postLead(relay, inventLead())).status).toBe(404)
    expect((await requestOutcome(relay, lead)).status).toBe(404)
    expect((await request(relay, '/forms/other')).status).toBe(200)
    await relay.reload(configure())
    expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' })
  },
)

it('another receiver gets the messages of leads from then on', { timeout }, async () => {
  const url = 'https://tracker.example/postback?lead={leadId}'
  await postLead(relay, inventLead())
  await relay.reload(configure({ postbacks: [{ on: ['accepted'], url }] }))
  const before = lenders.calls.length
  await postLead(relay, inventLead())
  await advanceUntil(clock, 1000, () =>
    expect(lenders.called().slice(before)).toEqual(['first/create', 'postback']),
  )
  await relay.reload(configure())
  await postLead(relay, inventLead())
  expect((await requestHealth(relay)).body).not.toHaveProperty('messages')
})

it('another reserve of space counts from then on', { timeout }, async () => {
  freeMegabytes = 300
  const post = async () => (await postLead(relay, inventLead())).status
  expect(await post()).toBe(200)
  await relay.reload(configure({ reserveMegabytes: 400 }))
  await expect.poll(post).toBe(503)
  await relay.reload(configure({ reserveMegabytes: 256 }))
  await expect.poll(post).toBe(200)
})

it('other limits count what was posted before', { timeout }, async () => {
  const values = { ...inventLead().values, phone: '+79000000099' }
  const post = async () => (await postLead(relay, { ...inventLead(), values })).status
  await relay.reload(configure({ limits: { perPhone: 2 } }))
  expect([await post(), await post(), await post()]).toEqual([200, 200, 429])
  await relay.reload(configure({ limits: { perPhone: 4 } }))
  expect(await post()).toBe(200)
  await relay.reload(configure({ limits: { perPhone: 1 } }))
  expect(await post()).toBe(429)
})

it('thirty reloads leave no timers and no former configuration behind', { timeout }, async () => {
  // Its lists of places and the settings of its campaigns are kept up to date in the background.
  const following = { ...formTo(), destinations: [...formEntry().destinations, campaigns] }
  const configureFollowing = (count: number) =>
    configure({ forms: { main: following, other: formTo('first') }, limits: { perPhone: 100 + count } })
  await relay.reload(configureFollowing(0))
  const timers = countTimers()
  // Those of the first configuration have been set before.
  await relay.reload(configureFollowing(1))
  await expect.poll(() => timers.live()).toBeGreaterThan(0)
  const intervals = process.getActiveResourcesInfo().length
  const seen: WeakRef<object>[] = []
  for (let count = 2; count < 32; count += 1) {
    await write('token', `invented-token-${count}`)
    await relay.reload(configureFollowing(count))
    seen.push(new WeakRef(relay.config))
  }
  // One pause of the lists, one of the campaigns, and what the queue does at this moment.
  await expect.poll(() => timers.live()).toBeLessThan(6)
  await expect.poll(() => process.getActiveResourcesInfo().length).toBeLessThan(intervals + 5)
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  await expect
    .poll(() => {
      collect()
      return seen.filter((config) => config.deref()).length
    })
    .toBeLessThan(4)
  timers.end()
})

const campaigns = {
  provider: 'admitad',
  mode: 'create',
  websiteId: 7,
  campaigns: [17_809],
  clientId: 'client',
  clientSecret: { file: 'token' },
  baseUrl: 'http://127.0.0.1:9',
}

/** Counts the timers of the relay's clock that are set from now on, and have neither run nor been cleared. */
function countTimers() {
  const live = new Set<unknown>()
  const own = {
    setTimeout: clock.setTimeout.bind(clock),
    setInterval: clock.setInterval.bind(clock),
    clearTimeout: clock.clearTimeout.bind(clock),
    clearInterval: clock.clearInterval.bind(clock),
  }
  Object.assign(clock, {
    setTimeout(run: () => void, ms: number) {
      const timer = own.setTimeout(() => {
        live.delete(timer)
        run()
      }, ms)
      live.add(timer)
      return timer
    },
    setInterval(run: () => void, ms: number) {
      const timer = own.setInterval(run, ms)
      live.add(timer)
      return timer
    },
    clearTimeout(timer: ReturnType<typeof own.setTimeout>) {
      live.delete(timer)
      own.clearTimeout(timer)
    },
    clearInterval(timer: ReturnType<typeof own.setInterval>) {
      live.delete(timer)
      own.clearInterval(timer)
    },
  })
  return { live: () => live.size, end: () => Object.assign(clock, own) }
}
