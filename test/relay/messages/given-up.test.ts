import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { formatLeadNumber } from '../../../src/lead/lead-number.ts'
import { adminToken, inventLead } from '../support/invented.ts'
import { readDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead, request, requestHealth } from '../support/relay-fixture.ts'
import { createMessageScenario, refuseConnection, silence, startTime } from '../support/messages/receivers.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 90_000
const dayMs = 24 * 3600 * 1000
const config = {
  notify: [
    {
      on: ['new'],
      name: 'crm',
      webhook: { url: 'https://crm.example.ru/notices', secret: { env: 'HOOK' } },
    },
  ],
  postbacks: [{ on: ['new'], name: 'tracker', url: 'https://tracker.example/p?l={lead}' }],
}
const authorized = { authorization: `Bearer ${adminToken}` }

function retry(relay: Relay, selection: object) {
  return request(relay, '/admin/messages/retry', {
    method: 'POST',
    headers: { ...authorized, 'content-type': 'application/json' },
    body: JSON.stringify(selection),
  })
}

async function list(relay: Relay) {
  const { body }: { body: { messages?: readonly { id: string }[] } } = Object(
    await request(relay, '/admin/messages', { headers: authorized }),
  )
  return body.messages ?? []
}

/** A relay with a notification that was refused, and a postback whose answer was lost. */
async function startWithGivenUp() {
  const scenario = createMessageScenario(fixture)
  const database = await fixture.usedDatabase()
  const relay = await scenario.start(database, config)
  scenario.answer(({ url }) =>
    url.hostname === 'tracker.example' ? silence() : new Response('', { status: 410 }),
  )
  const lead = inventLead()
  await postLead(relay, lead)
  await scenario.pass(3)
  expect(scenario.calls).toHaveLength(2)
  scenario.calls.length = 0
  scenario.answer(() => new Response('', { status: 200 }))
  return { ...scenario, database, relay, lead, pass: scenario.pass }
}

describe('messages that were given up', { timeout }, () => {
  it('are named by the state of the relay and listed without personal data', async () => {
    const { relay, lead } = await startWithGivenUp()
    expect((await requestHealth(relay)).text).toContain(
      '1 messages to crm failed or are uncertain: \\"anketa-relay messages list\\" says why',
    )
    const shared = { lead: lead.id, number: formatLeadNumber(lead.id), event: 'new' }
    expect(await list(relay)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...shared, receiver: 'crm', state: 'failed', reason: 'status 410' }),
        expect.objectContaining({ ...shared, receiver: 'tracker', state: 'uncertain' }),
      ]),
    )
    expect(JSON.stringify(await list(relay))).not.toMatch(/7900|Пример/)
  })

  it('are sent again by request; uncertain ones only if the operator says so', async () => {
    const { relay, lead, calls, pass } = await startWithGivenUp()
    expect((await retry(relay, { all: true })).body).toEqual({ retried: 1, unknownReceivers: [] })
    await pass(3)
    expect(calls.map(({ url }) => url.hostname)).toEqual(['crm.example.ru'])
    expect((await retry(relay, { receiver: 'tracker' })).body).toMatchObject({ retried: 0 })
    expect((await retry(relay, { receiver: 'tracker', uncertain: true })).body).toMatchObject({ retried: 1 })
    await pass(3)
    expect(calls.map(({ url }) => url.href).slice(1)).toEqual([`https://tracker.example/p?l=${lead.id}`])
    expect(await list(relay)).toEqual([])
    await pass(30)
    expect(calls).toHaveLength(2)
    const audit: unknown = (await request(relay, '/admin/audit', { headers: authorized })).body
    const line = { user: 'admin', action: 'message-retry' }
    expect(Object(audit).entries).toMatchObject([
      { ...line, details: { by: 'receiver', uncertain: true }, count: 1 },
      { ...line, details: { by: 'receiver' }, count: 0 },
      { ...line, details: { by: 'all' }, count: 1 },
    ])
  })

  it('are sent again one by one', async () => {
    const { relay, calls, pass } = await startWithGivenUp()
    const uncertain = (await list(relay)).find((row) => Object(row).state === 'uncertain')
    expect((await retry(relay, { id: uncertain?.id })).body).toMatchObject({ retried: 1 })
    await pass(3)
    expect(calls.map(({ url }) => url.hostname)).toEqual(['tracker.example'])
    expect(await list(relay)).toHaveLength(1)
  })

  it.each([
    {},
    { id: 'x' },
    { all: true, receiver: 'crm' },
    { all: false },
    { receiver: 1 },
    { other: true },
  ])('stay as they are after a request with %j', async (selection) => {
    shared ??= await startWithGivenUp()
    expect(await retry(shared.relay, selection)).toMatchObject({
      status: 400,
      text: expect.stringContaining('Expected JSON'),
    })
    expect(await list(shared.relay)).toHaveLength(2)
  })
  let shared: Awaited<ReturnType<typeof startWithGivenUp>> | undefined

  it('are tried for another week, also if they are old, and deleted without any receiver', async () => {
    const { relay, database } = await startWithGivenUp()
    await relay.close()

    const later = createMessageScenario(fixture, startTime + 20 * dayMs)
    const second = await later.start(database, { notify: config.notify })
    later.answer(refuseConnection)
    expect((await retry(second, { all: true, uncertain: true })).body).toEqual({
      retried: 1,
      unknownReceivers: ['tracker'],
    })
    await later.pass(10)
    // The clean-up of a restart gives up what is too old.
    await second.close()
    const third = await later.start(database, config)
    later.calls.length = 0
    later.answer(() => new Response('', { status: 200 }))
    await later.pass(30)
    expect(later.calls.map(({ url }) => url.hostname)).toEqual(['crm.example.ru'])
    await third.close()

    const last = createMessageScenario(fixture, startTime + 60 * dayMs)
    const without = await last.start(database, {})
    await last.pass(1)
    await expect.poll(() => list(without)).toEqual([])
    await without.close()
    expect(await readDatabase(database, 'select state from anketa.messages')).toEqual([])
  })
})
