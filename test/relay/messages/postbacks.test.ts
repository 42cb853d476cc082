import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { adminToken, formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, request, requestHealth } from '../support/relay-fixture.ts'
import { createMessageScenario, refuseConnection, silence } from '../support/messages/receivers.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 90_000
const postback = {
  name: 'tracker',
  on: ['new', 'accepted', 'declined', 'approved', 'rejected', 'uncertain'],
  url: 'https://tracker.example/postback?clickid={clickid}&status={status}&payout={payout}&lead={lead}',
}

async function startWith(changes: object = {}) {
  const scenario = createMessageScenario(fixture)
  const database = await fixture.usedDatabase()
  const start = (): Promise<Relay> => scenario.start(database, { postbacks: [{ ...postback, ...changes }] })
  const relay = await start()
  return {
    ...scenario,
    relay,
    restart: start,
    pass: scenario.pass,
    statuses: () => scenario.calls.map(({ url }) => url.searchParams.get('status')),
  }
}

describe('a postback', { timeout }, () => {
  it('is called once for each change of a status, in order, and for a later decision', async () => {
    const { relay, lenders, calls, pass, statuses } = await startWith()
    const progress = (status: string) => [{ receiver: '1', status }]
    lenders.answer('first/create', {
      outcome: 'accepted',
      providerId: '7',
      payout: '450.50 ₽',
      progress: progress('processing'),
    })
    lenders.answer('first/status', { progress: progress('processing') })
    const lead = { ...inventLead(), attribution: { sub1: 'second', subid: 'a b&c=ж/1?', utm_source: 'vk' } }
    await postLead(relay, lead)
    await pass(60)
    expect(statuses()).toEqual(['new', 'accepted'])
    lenders.answer('first/status', { progress: progress('approved') })
    await pass(120)
    expect(statuses()).toEqual(['new', 'accepted', 'approved'])
    await pass(60)
    expect(calls).toHaveLength(3)
    expect(calls[1]?.url.href).toBe(
      `https://tracker.example/postback?clickid=${encodeURIComponent('a b&c=ж/1?')}&status=accepted&payout=${encodeURIComponent('450.50 ₽')}&lead=${lead.id}`,
    )
    expect(calls.map(({ url }) => url.searchParams.get('payout'))).toEqual(['', '450.50 ₽', '450.50 ₽'])
  })

  it('tells of a rejection by all receivers, and of a decline by the last lender', async () => {
    const { relay, lenders, pass, calls } = await startWith({ on: ['declined', 'rejected'] })
    lenders.answer('first/create', {
      outcome: 'accepted',
      providerId: '7',
      progress: [
        { receiver: '1', status: 'declined' },
        { receiver: '2', status: 'error' },
      ],
    })
    const rejected = inventLead()
    await postLead(relay, rejected)
    await pass(2)
    lenders.answer('first/create', { outcome: 'declined' })
    lenders.answer('second/create', { outcome: 'declined' })
    const declined = inventLead()
    await postLead(relay, declined)
    await pass(2)
    expect(
      calls.map(({ url: { searchParams } }) => [searchParams.get('status'), searchParams.get('lead')]),
    ).toEqual([
      ['rejected', rejected.id],
      ['declined', declined.id],
    ])
  })

  it('that got no answer is uncertain and not repeated; the state of the relay and the metrics count it', async () => {
    const { relay, calls, pass, answer } = await startWith({ on: ['new'] })
    answer(silence)
    await postLead(relay, inventLead())
    await pass(60)
    expect(calls).toHaveLength(1)
    expect((await requestHealth(relay)).body).toMatchObject({
      status: 'degraded',
      messages: { tracker: { channel: 'postback', waiting: 0, failed: 0, uncertain: 1 } },
    })
    const { text } = await request(relay, '/metrics', { headers: { authorization: `Bearer ${adminToken}` } })
    expect(text).toContain('anketa_messages{receiver="tracker",state="uncertain"} 1')
    expect(text).toContain('anketa_messages{receiver="tracker",state="waiting"} 0')
  })

  it('that got no answer is repeated where the tracker permits it', async () => {
    const { relay, calls, pass, answer } = await startWith({ on: ['new'], repeat: true })
    answer(silence)
    await postLead(relay, inventLead())
    await pass(1)
    answer(() => new Response(null, { status: 302, headers: { location: 'https://other.example/' } }))
    await pass(20)
    // A redirect is an answer, and is not followed.
    expect(calls).toHaveLength(2)
    expect(calls[1]?.url.href).toBe(calls[0]?.url.href)
  })

  it('that could not be connected to, or is busy, is sent later, also after a restart', async () => {
    const { relay, restart, calls, pass, answer, statuses } = await startWith({ on: ['new', 'accepted'] })
    answer(refuseConnection)
    await postLead(relay, inventLead())
    await pass(3)
    expect(new Set(statuses())).toEqual(new Set(['new']))
    await relay.close()
    await restart()
    answer(() => new Response('', { status: 429, headers: { 'retry-after': '20' } }))
    await pass(10)
    const before = calls.length
    answer(() => new Response('', { status: 200 }))
    await pass(60)
    expect(statuses().slice(before)).toEqual(['new', 'accepted'])
  })

  it('is not called where nobody asks for the event', async () => {
    const { relay, calls, pass } = await startWith({ on: ['failed'] })
    await postLead(relay, inventLead())
    await pass(5)
    expect(calls).toHaveLength(0)
  })
})

it('tells of an application that the form had accepted before', { timeout }, async () => {
  const scenario = createMessageScenario(fixture)
  const main = {
    ...formEntry(),
    duplicateDays: 30,
    destinations: [{ provider: 'lender', name: 'first' }],
  }
  const relay = await scenario.start(
    await fixture.usedDatabase(),
    { postbacks: [{ ...postback, on: ['new', 'duplicate', 'accepted'] }] },
    { forms: { main } },
  )
  const first = inventLead()
  await postLead(relay, first)
  await scenario.pass(2)
  const second = { ...inventLead(), values: first.values }
  await postLead(relay, second)
  await scenario.pass(3)
  const told = scenario.calls.map(({ url: { searchParams } }) => [
    searchParams.get('lead'),
    searchParams.get('status'),
  ])
  expect(told).toEqual([
    [first.id, 'new'],
    [first.id, 'accepted'],
    [second.id, 'new'],
    [second.id, 'duplicate'],
  ])
})

describe('a click id', { timeout }, () => {
  it.each(['json', 'html'])('is kept without a macro that names it, from %s', async (kind) => {
    const { relay, calls, pass } = await startWith({ on: ['new'] })
    const lead = inventLead()
    const attribution = { transaction_id: 'late', aff_sub5: 'click-17' }
    if (kind === 'json') await postLead(relay, { ...lead, attribution })
    else {
      const inputs = { ...lead.values, amount: '30000', noMiddleName: 'on', 'consent.processing': 'on' }
      await request(relay, '/forms/main/leads', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...inputs, ...attribution }).toString(),
      })
    }
    await pass(2)
    expect(calls.map(({ url }) => url.searchParams.get('clickid'))).toEqual(['click-17'])
  })

  it('of digits is sent to the tracker, unless it is the phone of the person', async () => {
    const { relay, calls, pass } = await startWith({ on: ['new'] })
    const lead = inventLead()
    const phone = lead.values.phone.slice(2)
    await postLead(relay, { ...lead, attribution: { clickid: '9001234567' } })
    await postLead(relay, {
      ...inventLead(),
      values: lead.values,
      attribution: { clickid: phone, sub1: 'x' },
    })
    await pass(2)
    expect(calls.map(({ url }) => url.searchParams.get('clickid'))).toEqual(['9001234567', 'x'])
    expect(calls.map(({ url }) => url.href).join()).not.toContain(phone)
  })
})
