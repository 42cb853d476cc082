import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { withDatabase } from '../../support/read-database.ts'
import { createRelayFixture, request } from '../../support/relay-fixture.ts'
import { askAdmin } from './console-client.ts'

const lenders = createFakeLenders()
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let database: string
let relay: Relay

/** A delivery as it is stored, and what pressing "send again" and "resolve" do with it. */
interface DeliveryCase {
  readonly status: string
  readonly outcome: object | null
  /** How its attempt ended; `null` if it has not. */
  readonly attempt: object | null
  readonly retry: 200 | 409
  readonly resolve: 200 | 409
}

const unavailable = { outcome: 'unavailable', reason: 'status 503', mayHaveArrived: false }
const refused = { outcome: 'refused', reason: 'status 401' }
const uncertain = { outcome: 'uncertain', reason: 'no answer' }
const invalid = { outcome: 'invalid', issues: [{ field: 'phone' }] }

const cases: readonly DeliveryCase[] = [
  { status: 'failed', outcome: unavailable, attempt: unavailable, retry: 200, resolve: 409 },
  { status: 'failed', outcome: refused, attempt: refused, retry: 200, resolve: 409 },
  {
    status: 'failed',
    outcome: invalid,
    attempt: { outcome: 'invalid', fields: ['phone'], remarks: [] },
    retry: 200,
    resolve: 409,
  },
  { status: 'passed', outcome: refused, attempt: refused, retry: 200, resolve: 409 },
  { status: 'passed', outcome: unavailable, attempt: unavailable, retry: 409, resolve: 409 },
  { status: 'uncertain', outcome: uncertain, attempt: uncertain, retry: 409, resolve: 200 },
  ...[
    { outcome: 'accepted' },
    { outcome: 'duplicate' },
    { outcome: 'declined' },
    { outcome: 'verification' },
  ].map((outcome): DeliveryCase => ({
    status: 'decided',
    outcome,
    attempt: outcome,
    retry: 409,
    resolve: 409,
  })),
  {
    status: 'decided',
    outcome: invalid,
    attempt: { outcome: 'invalid', fields: ['phone'], remarks: [] },
    retry: 409,
    resolve: 409,
  },
]

const ids: string[] = []

beforeAll(async () => {
  fixture = await createRelayFixture()
  database = await fixture.usedDatabase()
  await start()
  for (const [index] of cases.entries()) ids.push(await post('main', 20_000 + index))
  await relay.close({ graceMs: 2000 })
  await withDatabase(database, async (opened) => {
    for (const [index, { status, outcome, attempt }] of cases.entries()) {
      const [delivery, ended] = [outcome, attempt].map((value) => JSON.stringify(value))
      await opened.query('update anketa.deliveries set status = $2, outcome = $3::jsonb where lead = $1', [
        ids[index],
        status,
        delivery,
      ])
      await opened.query('update anketa.attempts set outcome = $2::jsonb where lead = $1', [
        ids[index],
        ended,
      ])
    }
  })
  lenders.calls.length = 0
  await start()
}, 120_000)
afterAll(() => fixture.end())

async function start() {
  const of = (...names: string[]) => ({
    ...formEntry(),
    answerWithinSeconds: 0.5,
    destinations: names.map((name) => ({ provider: 'lender', id: name, name })),
  })
  relay = await fixture.start(database, {
    fetch: lenders.fetch,
    providers: lenders.providers,
    forms: { main: of('first'), both: of('first', 'second') },
  })
}

/** Posts a lead that is recognized by its amount, and returns its id. */
async function post(form: string, amount: number): Promise<string> {
  const lead = inventLead()
  await request(relay, `/forms/${form}/leads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...lead, values: { ...lead.values, amount } }),
  })
  return lead.id
}

function callsOf(amount: number): readonly string[] {
  return lenders.calls.filter(({ body }) => body['amount'] === amount).map(({ to }) => to)
}

async function statusOf(id: string): Promise<unknown> {
  return Object((await askAdmin(relay, `GET /admin/leads/${id}`)).body).status
}

const retry = (id: string, body: object = {}) => askAdmin(relay, `POST /admin/leads/${id}/retry`, body)
const resolve = (id: string, arrived: boolean, destination = 'first') =>
  askAdmin(relay, `POST /admin/leads/${id}/resolve`, { destination, arrived })

describe('a delivery that is not waiting', () => {
  it.each(
    cases.map((one, index) => ({ ...one, index, name: `${one.status}: ${Object(one.outcome).outcome}` })),
  )('$name is sent again: $retry, resolved: $resolve', async ({ index, ...expected }) => {
    const id = ids[index] ?? ''
    const page = Object((await askAdmin(relay, `GET /admin/leads/${id}`)).body)
    expect(page.deliveries).toMatchObject([
      { destination: 'first', canRetry: expected.retry === 200, canResolve: expected.resolve === 200 },
    ])
    const [one, other] = await Promise.all([retry(id), retry(id)])
    expect([one.status, other.status].includes(200)).toBe(expected.retry === 200)
    await expect.poll(() => callsOf(20_000 + index).length).toBe(expected.retry === 200 ? 1 : 0)
    const resolved = await resolve(id, true)
    expect(resolved.status).toBe(expected.resolve)
    if (expected.retry === 200)
      await vi.waitUntil(async () => (await statusOf(id)) === 'accepted', { timeout: 15_000 })
    expect(callsOf(20_000 + index)).toHaveLength(expected.retry === 200 ? 1 : 0)
  })
})

it('sends what waits at once, and once', async () => {
  lenders.answer('first/create', new Response('', { status: 503 }))
  const id = await post('main', 30_001)
  await expect.poll(() => statusOf(id)).toBe('queued')
  lenders.answer('first/create', { outcome: 'accepted' })
  const answers = await Promise.all([retry(id), retry(id)])
  expect(answers.map(({ status }) => status)).toContain(200)
  await expect.poll(() => statusOf(id)).toBe('accepted')
  expect(callsOf(30_001)).toHaveLength(2)
  expect((await retry(id)).body).toMatchObject({ error: { code: 'not-retriable' } })
})

it('does not send what is being sent', async () => {
  const { promise, resolve: answer } = Promise.withResolvers<object>()
  lenders.answer('first/create', () => promise)
  const id = await post('main', 30_002)
  await expect.poll(() => callsOf(30_002)).toHaveLength(1)
  expect((await retry(id)).status).toBe(409)
  expect((await resolve(id, false)).status).toBe(409)
  answer({ outcome: 'accepted' })
  await expect.poll(() => statusOf(id)).toBe('accepted')
  expect(callsOf(30_002)).toHaveLength(1)
})

it('sends an unanswered lead again only after it did not arrive', async () => {
  lenders.answer('first/create', new Response('', { status: 500 }))
  const id = await post('main', 30_003)
  await expect.poll(() => statusOf(id)).toBe('uncertain')
  expect((await retry(id)).status).toBe(409)
  expect((await resolve(id, false)).body).toMatchObject({ lead: { status: 'failed', problem: 'failed' } })
  expect((await resolve(id, true)).body).toMatchObject({ error: { code: 'not-resolvable' } })
  lenders.answer('first/create', { outcome: 'accepted' })
  expect((await retry(id)).body).toMatchObject({ retried: ['first'] })
  await expect.poll(() => statusOf(id)).toBe('accepted')
  expect(callsOf(30_003)).toHaveLength(2)
})

it('counts an unanswered lead that has arrived as accepted, and asks nobody else', async () => {
  lenders.answer('first/create', new Response('', { status: 500 }))
  const id = await post('both', 30_004)
  await expect.poll(() => statusOf(id)).toBe('uncertain')
  expect((await resolve(id, true)).body).toMatchObject({ lead: { status: 'accepted', destination: 'first' } })
  expect((await retry(id)).status).toBe(409)
  expect(callsOf(30_004)).toEqual(['first/create'])
})

it('sends a refused lead again only while no other destination has it', async () => {
  lenders.answer('first/create', new Response('', { status: 401 }))
  lenders.answer('second/create', { outcome: 'accepted' })
  const taken = await post('both', 30_005)
  await expect.poll(() => statusOf(taken)).toBe('accepted')
  expect((await retry(taken, { destination: 'first' })).status).toBe(409)
  expect(callsOf(30_005)).toEqual(['first/create', 'second/create'])
})

it('sends several at once, and lists what it has skipped', async () => {
  lenders.answer('first/create', new Response('', { status: 503 }))
  const waiting = await post('main', 30_006)
  const decided = ids.at(-2) ?? ''
  await expect.poll(() => statusOf(waiting)).toBe('queued')
  lenders.answer('first/create', { outcome: 'accepted' })
  await expect
    .poll(async () =>
      Object((await askAdmin(relay, 'POST /admin/leads/retry', { ids: [waiting, decided] })).body),
    )
    .toMatchObject({ skipped: expect.arrayContaining([{ id: decided, code: 'not-retriable' }]) })
  await expect.poll(() => statusOf(waiting)).toBe('accepted')
  expect(callsOf(30_006)).toHaveLength(2)
})
