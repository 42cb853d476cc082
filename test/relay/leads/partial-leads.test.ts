import { assert, asyncProperty, array, constantFrom, record } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead, type InventedLead } from '../support/invented.ts'
import { readDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead, request, requestOutcome } from '../support/relay-fixture.ts'

const lenders = createFakeLenders()
const hooks: { readonly type: string; readonly data: { readonly revision: number } }[] = []
const destination = { provider: 'lender', name: 'first' }
const partialForm = { ...formEntry(), partial: true, duplicateDays: 30, destinations: [destination] }
const hookForm = {
  ...formEntry(),
  partial: true,
  destinations: [{ provider: 'webhook', url: 'https://crm.example/hook', secret: { env: 'HOOK_SECRET' } }],
}

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let database: string
let relay: Relay
beforeAll(async () => {
  fixture = await createRelayFixture()
  database = await fixture.usedDatabase()
  relay = await fixture.start(database, {
    providers: lenders.providers,
    env: { HOOK_SECRET: `whsec_${'c2VjcmV0'.repeat(4)}`, DEVTEK_TOKEN: 'invented-token-0123456789abcdef00' },
    fetch: async (url, init) => {
      if (!url.startsWith('https://crm.example')) return lenders.fetch(url, init)
      hooks.push(JSON.parse(await new Response(init.body ?? '').text()))
      return Response.json({})
    },
    forms: { main: partialForm, hooked: hookForm, closed: { ...partialForm, partial: false } },
  })
}, 60_000)
afterAll(() => fixture.end())

/** A lead as it is after the first step: the phone, and what else the person has entered. */
function partialOf(lead: InventedLead, step = 'loan', values: object = {}) {
  return { ...lead, partial: true, step, values: { phone: lead.values.phone, ...values } }
}

const withdraw = ({ id, key }: Pick<InventedLead, 'id' | 'key'>) =>
  request(relay, `/forms/main/leads/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${key}` },
  })

const post = (form: string, lead: object) =>
  request(relay, `/forms/${form}/leads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(lead),
  })

/** The calls of the lender about a phone. */
const callsFor = (lead: InventedLead) =>
  lenders.calls.filter(({ body }) => body['phone'] === lead.values.phone)

let phones = 0
/** Repeated applications with one phone are not delivered, so that each lead here has its own. */
function inventPerson(): InventedLead {
  phones += 1
  const lead = inventLead()
  return { ...lead, values: { ...lead.values, phone: `+7900000${String(phones).padStart(4, '0')}` } }
}

describe('a partial lead', () => {
  it('is stored with its step, goes to no destination, and is completed by the same id', async () => {
    const lead = inventPerson()
    const answer = await postLead(relay, partialOf(lead, 'loan'))
    expect(answer).toMatchObject({ status: 202, body: { id: lead.id, outcome: 'queued', partial: true } })
    expect(await postLead(relay, partialOf(lead, 'person', { amount: 30_000 }))).toMatchObject({
      status: 202,
    })
    expect((await requestOutcome(relay, lead)).body).toEqual({
      id: lead.id,
      outcome: 'queued',
      partial: true,
    })
    expect(callsFor(lead)).toEqual([])
    expect(await postLead(relay, lead)).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    expect(await requestOutcome(relay, lead)).toMatchObject({ body: { outcome: 'accepted' } })
    expect(callsFor(lead)).toHaveLength(1)
  })

  it('is shown to operators with the step where it stopped, until it is finished', async () => {
    const lead = inventPerson()
    await postLead(relay, partialOf(lead, 'person'))
    const show = () =>
      request(relay, `/admin/leads/${lead.id}`, { headers: { authorization: `Bearer ${adminToken}` } })
    expect((await show()).body).toMatchObject({ status: 'partial', step: 'person', deliveries: [] })
    await postLead(relay, lead)
    expect((await show()).body).not.toHaveProperty('step')
  })

  it('may have the same values as the finished one', async () => {
    const lead = inventPerson()
    expect(await postLead(relay, partialOf(lead, 'place', lead.values))).toMatchObject({ status: 202 })
    expect(await postLead(relay, lead)).toMatchObject({ body: { outcome: 'accepted' } })
    expect(callsFor(lead)).toHaveLength(1)
  })

  it('is new to a receiver once it is finished', async () => {
    const lead = inventPerson()
    await post('hooked', partialOf(lead))
    await post('hooked', partialOf(lead, 'person', { amount: 20_000 }))
    await post('hooked', lead)
    expect(hooks).toMatchObject([{ type: 'lead.created', data: { revision: 1 } }])
  })

  it('never changes a finished one, and gets its answer', async () => {
    const lead = inventPerson()
    await postLead(relay, lead)
    const late = await postLead(relay, partialOf(lead, 'person', { amount: 50_000 }))
    expect(late).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    expect(late.body).not.toHaveProperty('partial')
    const wrong = await postLead(relay, { ...partialOf(lead), consents: [] })
    expect(wrong).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    expect(callsFor(lead)).toHaveLength(1)
  })

  it('makes nobody a repeated applicant', async () => {
    const lead = inventPerson()
    const other = { ...inventPerson(), values: lead.values }
    await postLead(relay, partialOf(lead))
    expect(await postLead(relay, other)).toMatchObject({ body: { outcome: 'accepted' } })
    expect(callsFor(lead)).toHaveLength(1)
  })

  it('may be withdrawn with its key, and its id is never taken again', async () => {
    const lead = inventPerson()
    await postLead(relay, partialOf(lead))
    expect(await withdraw({ ...lead, key: inventLead().key })).toMatchObject({
      status: 409,
      body: { error: { code: 'key' } },
    })
    expect(await withdraw(lead)).toMatchObject({ status: 204, text: '' })
    expect(await withdraw(lead)).toMatchObject({ status: 410, body: { error: { code: 'erased' } } })
    expect(await postLead(relay, partialOf(lead))).toMatchObject({ status: 410 })
    expect(await postLead(relay, lead)).toMatchObject({ status: 410 })
    expect(callsFor(lead)).toEqual([])
  })

  it('cannot be withdrawn once it is finished', async () => {
    const lead = inventPerson()
    await postLead(relay, partialOf(lead))
    await postLead(relay, lead)
    expect(await withdraw(lead)).toMatchObject({ status: 409, body: { error: { code: 'not-partial' } } })
    expect(await requestOutcome(relay, lead)).toMatchObject({ body: { outcome: 'accepted' } })
    expect(await withdraw(inventPerson())).toMatchObject({ status: 404 })
  })

  it('is erased with the person', async () => {
    const lead = inventPerson()
    await postLead(relay, partialOf(lead))
    const erased = await request(relay, '/admin/erase', {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ phone: lead.values.phone }),
    })
    expect(erased).toMatchObject({ status: 200, body: { erased: 1 } })
    expect(await postLead(relay, lead)).toMatchObject({ status: 410 })
  })

  const refused: Readonly<Record<string, readonly [object, number, object]>> = {
    'without the phone': [
      { values: { amount: 30_000 } },
      422,
      { outcome: 'invalid', issues: [{ field: 'phone', code: 'required' }] },
    ],
    'with a wrong phone': [{ values: { phone: '+7900' } }, 422, { issues: [{ field: 'phone' }] }],
    'with a wrong value': [
      { values: { phone: '+79000000001', amount: 1 } },
      422,
      { issues: [{ field: 'amount', code: 'amount-minimum' }] },
    ],
    'without the consent': [
      { consents: [] },
      422,
      { issues: [{ field: 'consent.processing', code: 'consent-required' }] },
    ],
    'without its step': [{ step: undefined }, 400, { error: { code: 'not-a-lead' } }],
    'with a step that the form does not have': [{ step: 'other' }, 400, { error: { code: 'not-a-lead' } }],
    'with a text for a flag': [{ partial: 'yes' }, 400, { error: { code: 'not-a-lead' } }],
  }
  it.each(Object.entries(refused))('is not stored %s', async (_, [change, status, body]) => {
    const lead = inventPerson()
    expect(await postLead(relay, { ...partialOf(lead), ...change })).toMatchObject({ status, body })
    expect(await requestOutcome(relay, lead)).toMatchObject({ status: 404 })
  })

  it('is refused where the form takes none, and the definition says so', async () => {
    const lead = inventPerson()
    expect(await post('closed', partialOf(lead))).toMatchObject({
      status: 400,
      body: { error: { code: 'no-partial' } },
    })
    expect((await request(relay, '/forms/closed')).body).not.toHaveProperty('partial')
    expect((await request(relay, '/forms/main')).body).toMatchObject({ partial: true })
  })

  it('may be withdrawn by pages of other origins', async () => {
    const response = await request(relay, '/forms/main/leads/0', {
      method: 'OPTIONS',
      headers: { origin: 'https://landing.example.ru' },
    })
    expect(response.headers.get('access-control-allow-methods')).toContain('DELETE')
  })
})

it('erases partial leads that nobody finished in time, and no others', { timeout: 120_000 }, async () => {
  const own = await fixture.usedDatabase()
  const start = () =>
    fixture.start(own, {
      providers: lenders.providers,
      fetch: lenders.fetch,
      forms: { main: partialForm },
      config: { partialDays: 2 },
    })
  const [left, finished, young] = [inventPerson(), inventPerson(), inventPerson()]
  const first = await start()
  await postLead(first, partialOf(left))
  await postLead(first, partialOf(finished))
  await postLead(first, finished)
  await first.close()
  await readDatabase(own, `update anketa.leads set received_at = received_at - interval '3 days'`)
  const second = await start()
  await postLead(second, partialOf(young))
  // A round that a slow end of the relay before has kept from its lease comes a minute later.
  await expect.poll(async () => (await requestOutcome(second, left)).status, { timeout: 75_000 }).toBe(410)
  expect(await postLead(second, finished)).toMatchObject({ body: { outcome: 'accepted' } })
  expect(await postLead(second, young)).toMatchObject({ body: { outcome: 'accepted' } })
})

/** What may happen to one lead. The number says when the page sent it. */
type Action = 'partial' | 'changed' | 'older' | 'finish' | 'withdraw' | 'other key'

function run(lead: InventedLead, action: Action, minute: number) {
  const at = (minutes: number) => ({
    ...lead.page,
    submittedAt: new Date(Date.parse('2026-11-22T12:00:00+03:00') + minutes * 60_000).toISOString(),
  })
  switch (action) {
    case 'partial':
      return postLead(relay, { ...partialOf(lead), page: at(minute) })
    case 'changed':
      return postLead(relay, { ...partialOf(lead, 'person', { amount: 2000 + minute }), page: at(minute) })
    case 'older':
      return postLead(relay, { ...partialOf(lead, 'loan', { amount: 1999 }), page: at(-1) })
    case 'finish':
      return postLead(relay, { ...lead, page: at(minute) })
    case 'withdraw':
      return withdraw(lead)
    case 'other key':
      return postLead(relay, { ...partialOf({ ...lead, key: inventLead().key }), page: at(minute) })
  }
}

const actions = constantFrom<Action>('partial', 'changed', 'older', 'finish', 'withdraw', 'other key')

describe('in every order of requests', () => {
  it('one lead is delivered at most once, when it was finished, and never after it was withdrawn', async () => {
    await assert(
      asyncProperty(array(actions, { minLength: 1, maxLength: 7 }), async (order) => {
        const lead = inventPerson()
        // The plain rules: the first request decides whose lead it is.
        let state: 'none' | 'partial' | 'finished' | 'withdrawn' | 'foreign' = 'none'
        for (const [minute, action] of order.entries()) {
          const { status } = await run(lead, action, minute)
          expect(status, `${action} of a lead that is ${state}`).toBe(expectedStatus(state, action))
          if (state === 'withdrawn' || state === 'finished' || state === 'foreign') continue
          if (action === 'withdraw') state = state === 'partial' ? 'withdrawn' : state
          else if (action === 'other key') state = state === 'none' ? 'foreign' : state
          else state = action === 'finish' ? 'finished' : 'partial'
        }
        expect(callsFor(lead)).toHaveLength(state === 'finished' ? 1 : 0)
      }),
      { numRuns: 25 },
    )
  })

  it('requests that come at the same time leave one state, and at most one delivery', async () => {
    await assert(
      asyncProperty(
        record({ before: actions, together: array(actions, { minLength: 2, maxLength: 5 }) }),
        async ({ before, together }) => {
          const lead = inventPerson()
          await run(lead, before, 0)
          await Promise.all(together.map((action, index) => run(lead, action, index + 1)))
          const { status, body } = await requestOutcome(relay, lead)
          const isFinished = status === 200 && !Object.hasOwn(Object(body), 'partial')
          expect(callsFor(lead)).toHaveLength(isFinished ? 1 : 0)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('the latest values of the page are kept', async () => {
    const lead = inventPerson()
    await run(lead, 'changed', 5)
    await run(lead, 'older', 0)
    await run(lead, 'partial', 4)
    await relay.close()
    expect(
      await readDatabase(
        database,
        `select l.status, l.partial_step as step, r."values" -> 'amount' as amount
         from anketa.leads l join anketa.revisions r on r.lead = l.id and r.revision = l.revision
         where l.id = '${lead.id}'`,
      ),
    ).toEqual([{ status: 'partial', step: 'person', amount: 2005 }])
  })
})

/** The status that a request is answered with. */
function expectedStatus(
  state: 'none' | 'partial' | 'finished' | 'withdrawn' | 'foreign',
  action: Action,
): number {
  if (state === 'withdrawn') return 410
  if (state === 'foreign') return 409
  if (action === 'other key') return state === 'none' ? 202 : 409
  if (action === 'withdraw') return state === 'none' ? 404 : state === 'partial' ? 204 : 409
  return action === 'finish' || state === 'finished' ? 200 : 202
}
