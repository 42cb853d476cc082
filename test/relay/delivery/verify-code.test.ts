import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { formatLeadNumber } from '../../../src/lead/lead-number.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { formEntry, type InventedLead, inventLead } from '../support/invented.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { connectionRefused, connectionReset } from '../support/network-errors.ts'
import { readStoredBytes, withDatabase } from '../support/read-database.ts'
import { requestOutcome, createRelayFixture, postLead, request } from '../support/relay-fixture.ts'

const timeout = 60_000
const verification = { outcome: 'verification', applicationId: 'app-17' } as const
const accepted = { outcome: 'accepted', providerId: '17' } as const
const wrong = { ...verification, issues: [{ field: 'code', code: 'wrong-code' }] } as const
const wrongIssue = {
  field: 'code',
  code: 'wrong-code',
  message: expect.stringContaining('Этот код не подходит'),
}
const unanswered = {
  field: 'code',
  message: 'Ответа пока нет. Подождите немного и отправьте код ещё раз',
}

const fakes = createFakeLenders()
const log: string[] = []
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay
let folder = ''

beforeAll(async () => {
  fixture = await createRelayFixture()
  folder = await fixture.usedDatabase()
  relay = await start()
}, timeout)
afterAll(() => fixture.end())
beforeEach(() => {
  fakes.answer('first/create', verification)
  fakes.answer('second/create', { outcome: 'accepted', providerId: '2' })
})

function start(): Promise<Relay> {
  const destinations = ['first', 'second'].map((name) => ({ provider: 'lender', name }))
  return fixture.start(folder, {
    fetch: fakes.fetch,
    providers: fakes.providers,
    log: (...line) => log.push(JSON.stringify(line)),
    forms: { main: { ...formEntry(), destinations } },
  })
}

function sendCode({ id, key }: Pick<InventedLead, 'id' | 'key'>, code: unknown, form = 'main') {
  return request(relay, `/forms/${form}/leads/${id}/code`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ key, code }),
  })
}

async function postPendingLead(): Promise<InventedLead> {
  const lead = inventLead()
  expect(await postLead(relay, lead)).toMatchObject({
    status: 200,
    body: { id: lead.id, outcome: 'verification' },
  })
  return lead
}

const confirms = () => fakes.calls.filter(({ to }) => to === 'first/confirm')

describe('a code', { timeout }, () => {
  it('confirms the application, and no other lender is asked', async () => {
    const lead = await postPendingLead()
    fakes.answer('first/confirm', accepted)
    const before = fakes.calls.length
    expect(await sendCode(lead, 'Код пришёл')).toMatchObject({
      status: 200,
      body: { outcome: 'verification' },
    })
    expect(fakes.calls).toHaveLength(before)
    expect(await sendCode(lead, 'Код: 12 34')).toMatchObject({
      status: 200,
      body: { id: lead.id, outcome: 'accepted', providerId: '17' },
    })
    expect(fakes.calls.slice(before)).toMatchObject([
      { to: 'first/confirm', body: { applicationId: 'app-17', code: '1234' } },
    ])
    expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' })
    expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'accepted', providerId: '17' })
    // From another tab, or again after the answer was lost.
    expect((await sendCode(lead, '1234')).body).toMatchObject({ outcome: 'accepted', providerId: '17' })
    expect(fakes.calls).toHaveLength(before + 1)
  })

  it('that is wrong can be corrected four times, and no more', async () => {
    const lead = await postPendingLead()
    fakes.answer('first/confirm', wrong)
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      expect(await sendCode(lead, `111${attemptsLeft}`)).toMatchObject({
        status: 200,
        body: { outcome: 'verification', issues: [wrongIssue], attemptsLeft },
      })
    }
    fakes.answer('first/confirm', accepted)
    const before = confirms().length
    expect(await sendCode(lead, '1234')).toMatchObject({
      status: 200,
      body: { outcome: 'verification', issues: [wrongIssue], attemptsLeft: 0 },
    })
    expect(confirms()).toHaveLength(before)
  })

  it('has as many attempts as the provider allows', async () => {
    const lead = await postPendingLead()
    fakes.answer('first/confirm', { ...wrong, attemptsLeft: 1 })
    expect((await sendCode(lead, '1111')).body).toMatchObject({ attemptsLeft: 1 })
    expect((await postLead(relay, lead)).body).toEqual({
      id: lead.id,
      number: formatLeadNumber(lead.id),
      outcome: 'verification',
      attemptsLeft: 1,
    })
  })

  it('that arrives twice simultaneously is sent to the lender once', async () => {
    const lead = await postPendingLead()
    const slow = Promise.withResolvers<object>()
    fakes.answer('first/confirm', () => slow.promise)
    const before = confirms().length
    const answers = [sendCode(lead, '1234'), sendCode(lead, '1234'), sendCode(lead, '1234')]
    await expect.poll(() => confirms().length).toBe(before + 1)
    slow.resolve(accepted)
    for (const answer of await Promise.all(answers)) {
      expect(answer.body).toMatchObject({ outcome: 'accepted', providerId: '17' })
    }
    expect(confirms()).toHaveLength(before + 1)
  })

  it('that corrects a wrong code is sent after it', async () => {
    const lead = await postPendingLead()
    const slow = Promise.withResolvers<object>()
    fakes.answer('first/confirm', ({ body }) => (body['code'] === '1234' ? accepted : slow.promise))
    const before = fakes.calls.length
    const first = sendCode(lead, '1111')
    await expect.poll(() => fakes.calls.length).toBe(before + 1)
    const second = sendCode(lead, '1234')
    slow.resolve(wrong)
    expect((await first).body).toMatchObject({ outcome: 'verification', issues: [wrongIssue] })
    expect((await second).body).toMatchObject({ outcome: 'accepted' })
  })

  it.each([
    ['declines', { outcome: 'declined' }],
    ['finds it has the person already', { outcome: 'duplicate' }],
  ])('after which the lender %s makes the relay ask the next one', async (_, answer) => {
    const lead = await postPendingLead()
    fakes.answer('first/confirm', answer)
    expect((await sendCode(lead, '1234')).body).toMatchObject({ outcome: 'accepted', providerId: '2' })
    expect(fakes.called().at(-1)).toBe('second/create')
  })

  it('whose answer was lost is not repeated by the relay, but the person can send it again', async () => {
    const lead = await postPendingLead()
    fakes.answer('first/confirm', connectionReset)
    const before = fakes.calls.length
    expect(await sendCode(lead, '1234')).toMatchObject({
      status: 200,
      body: { outcome: 'verification', issues: [unanswered] },
    })
    // It may have been accepted: other values would be a second application.
    const changed = { ...lead, values: { ...lead.values, phone: '+79000000096' } }
    expect((await postLead(relay, changed)).body).toMatchObject({ outcome: 'verification' })
    expect(fakes.calls).toHaveLength(before + 1)
    fakes.answer('first/confirm', accepted)
    expect((await sendCode(lead, '1234')).body).toMatchObject({ outcome: 'accepted' })
  })

  it.each([
    ['that could not be sent', connectionRefused],
    ['that the lender failed on', new Response('', { status: 500 })],
    ['whose credentials were refused', new Response('', { status: 401 })],
  ])('%s does not use up an attempt', async (_, script) => {
    const lead = await postPendingLead()
    fakes.answer('first/confirm', script)
    expect((await sendCode(lead, '1234')).body).toEqual({
      id: lead.id,
      number: formatLeadNumber(lead.id),
      outcome: 'verification',
      issues: [unanswered],
    })
    fakes.answer('first/confirm', wrong)
    expect((await sendCode(lead, '1235')).body).toMatchObject({ attemptsLeft: 4 })
  })

  it.each([
    ['no JSON', '{', 400, 'not-json'],
    ['no code', '{"key":"aaaaaaaaaaaaaaaaaaaaaa"}', 400, 'not-a-code'],
    ['another type', '{"key":"aaaaaaaaaaaaaaaaaaaaaa","code":1234}', 400, 'not-a-code'],
    ['a flood', JSON.stringify({ key: 'a'.repeat(22), code: '1'.repeat(5000) }), 413, 'too-large'],
    ["another lead's key", '{"key":"aaaaaaaaaaaaaaaaaaaaaa","code":"1234"}', 409, 'key'],
  ])('is refused in a request of %s', async (_, body, status, code) => {
    const lead = await postPendingLead()
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    const before = fakes.calls.length
    expect(await request(relay, `/forms/main/leads/${lead.id}/code`, init)).toMatchObject({
      status,
      body: { error: { code } },
    })
    expect(fakes.calls).toHaveLength(before)
  })

  it('for an unknown lead is not found', async () => {
    expect(await sendCode(inventLead(), '1234')).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown-lead' } },
    })
    expect((await sendCode({ id: 'x', key: 'k'.repeat(22) }, '1234')).status).toBe(404)
    expect((await sendCode(await postPendingLead(), '1234', 'other')).status).toBe(404)
  })

  it('survives a restart between the lead and the code', async () => {
    const lead = await postPendingLead()
    fakes.answer('first/confirm', wrong)
    await sendCode(lead, '1111')
    await relay.close()
    relay = await start()
    expect((await sendCode(lead, '1112')).body).toMatchObject({ outcome: 'verification', attemptsLeft: 3 })
    fakes.answer('first/confirm', accepted)
    expect((await sendCode(lead, '1234')).body).toMatchObject({ outcome: 'accepted' })
  })

  it('whose process died may have arrived, and the person can send it again', async () => {
    const lead = await postPendingLead()
    const forever = Promise.withResolvers<object>()
    fakes.answer('first/confirm', () => forever.promise)
    const before = confirms().length
    const lost = sendCode(lead, '1234')
    await expect.poll(() => confirms().length).toBe(before + 1)
    await relay.close({ graceMs: 10 })
    forever.resolve(accepted)
    await lost
    // A relay that shares its database cannot know that the other process is dead until some minutes have passed.
    if (fixture.engine === 'postgres')
      await withDatabase(folder, (database) =>
        database.query("update anketa.attempts set started_at = started_at - interval '4 minutes'"),
      )
    relay = await start()
    fakes.answer('first/confirm', accepted)
    const changed = { ...lead, values: { ...lead.values, phone: '+79000000094' } }
    expect((await postLead(relay, changed)).body).toMatchObject({ outcome: 'verification' })
    expect(confirms()).toHaveLength(before + 1)
    expect((await sendCode(lead, '1234')).body).toMatchObject({ outcome: 'accepted' })
  })
})

describe('a lead that waits for a code', { timeout }, () => {
  it('is delivered again with another phone and gets new attempts', async () => {
    const lead = await postPendingLead()
    fakes.answer('first/confirm', wrong)
    await sendCode(lead, '1111')
    const before = fakes.calls.length
    expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'verification', attemptsLeft: 4 })
    expect(fakes.calls).toHaveLength(before)
    fakes.answer('first/create', { ...verification, applicationId: 'app-18' })
    const changed = { ...lead, values: { ...lead.values, phone: '+79000000095' } }
    expect((await postLead(relay, changed)).body).toMatchObject({ id: lead.id, outcome: 'verification' })
    expect(fakes.calls.at(-1)).toMatchObject({ to: 'first/create', body: { phone: '+79000000095' } })
    fakes.answer('first/confirm', ({ body }) => (body['applicationId'] === 'app-18' ? accepted : wrong))
    expect((await sendCode(changed, '1234')).body).toMatchObject({ outcome: 'accepted' })
  })
})

it('stores no code in the log or in the database', { timeout }, async () => {
  const lead = await postPendingLead()
  fakes.answer('first/confirm', wrong)
  await sendCode(lead, '70707071')
  expect(log.join()).toContain('"Code"')
  expect(log.join()).not.toContain('70707071')
  await relay.close()
  expect((await readStoredBytes(folder)).includes('70707071')).toBe(false)
  expect((await readStoredBytes(folder)).includes(lead.id)).toBe(true)
})
