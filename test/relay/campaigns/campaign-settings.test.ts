import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAdmitadSandbox } from '../../../demo/sandbox/admitad/sandbox.ts'
import type { Fetch } from '../../../src/delivery/send-http.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { adminToken, formEntry, inventLead } from '../support/invented.ts'
import { advanceToRest, advanceUntil } from '../support/advance-time.ts'
import { readDatabase } from '../support/read-database.ts'
import {
  requestOutcome,
  createRelayFixture,
  postLead,
  request,
  requestHealth,
} from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 60_000
const begin = Date.parse('2026-11-22T09:00:00Z')
const hour = 3600 * 1000
const baseUrl = 'http://127.0.0.1:9'
const env = { CLIENT_SECRET: 'invented-client-secret' }

/** Starts Admitad's sandbox and a relay that delivers to it. */
function createStage() {
  const clock = new TestClock(begin)
  const sandbox = createAdmitadSandbox({
    websiteId: 7,
    clientId: 'client',
    clientSecret: env.CLIENT_SECRET,
    accessToken: 'sandbox-access-token',
    now: () => new Date(clock.now()),
  })
  const state: { settings?: object; created?: object } = {}
  const fetch: Fetch = async (url, init) => {
    if (state.settings && url.includes('/campaign_settings/')) return Response.json(state.settings)
    if (state.created && url.includes('/create/')) return Response.json(state.created, { status: 400 })
    return sandbox.app.request(url.replace(baseUrl, ''), init)
  }
  const start = (folder: string, options: object, form: object = {}): Promise<Relay> =>
    fixture.start(folder, {
      clock,
      env,
      fetch,
      forms: {
        main: {
          ...formEntry(),
          ...form,
          destinations: [
            {
              provider: 'admitad',
              websiteId: 7,
              clientId: 'client',
              clientSecret: { env: 'CLIENT_SECRET' },
              baseUrl,
              ...options,
            },
          ],
        },
      },
    })
  const received = (part: string) => sandbox.received().filter(({ path }) => path.includes(part))
  return { clock, sandbox, start, received, state }
}

/** A lead whose person agreed to the recipients. */
function inventClient(values: object = {}) {
  const lead = inventLead()
  return {
    ...lead,
    values: { ...lead.values, ...values },
    consents: [...lead.consents, ...lead.consents.map((receipt) => ({ ...receipt, id: 'transfer' }))],
  }
}

async function namesOf(relay: Relay): Promise<readonly string[]> {
  const { text } = await request(relay, '/forms/main')
  const { steps }: { readonly steps: readonly { readonly fields: readonly { readonly name: string }[] }[] } =
    JSON.parse(text)
  return steps.flatMap(({ fields }) => fields.map(({ name }) => name))
}

describe('a form for campaigns', { timeout }, () => {
  it('asks for the fields that they require', async () => {
    const { clock, start } = createStage()
    const relay = await start(await fixture.usedDatabase(), { campaigns: [[17288, 16126]] })
    await advanceUntil(clock, 10_000, async () => expect(await namesOf(relay)).toContain('productType'))
    const { text } = await request(relay, '/forms/main')
    expect(JSON.parse(text)).toMatchObject({
      steps: [
        {
          fields: [
            { name: 'amount' },
            {
              name: 'productType',
              options: [{ value: '1', label: 'credit' }, { value: '3' }, { value: '7' }, { value: '8' }],
            },
          ],
        },
        {},
        {},
      ],
    })
    expect(text).not.toMatch(/17288|16126|invented-client-secret/)
  })

  it("asks for a campaign's own field with the campaign's text, and sends it there", async () => {
    const { clock, start, received } = createStage()
    const relay = await start(await fixture.usedDatabase(), { campaigns: [16126] })
    await advanceUntil(clock, 10_000, async () =>
      expect(await namesOf(relay)).toContain('custom.loan_reason'),
    )
    const { text } = await request(relay, '/forms/main')
    expect(JSON.parse(text)).toHaveProperty('steps.2.fields.1', {
      name: 'custom.loan_reason',
      label: 'Вопрос кредитора',
      hint: 'На что пойдут деньги, одним словом',
    })
    expect((await requestHealth(relay)).body).not.toHaveProperty('campaigns')

    const lead = inventClient({ productType: '3', 'custom.loan_reason': 'Ремонт кухни' })
    expect((await postLead(relay, lead)).body).toMatchObject({
      outcome: 'invalid',
      issues: [{ field: 'custom.loan_reason', code: 'campaign-format' }],
    })
    const corrected = { ...lead, values: { ...lead.values, 'custom.loan_reason': 'ремонт' } }
    expect((await postLead(relay, corrected)).body).toMatchObject({ outcome: 'accepted' })
    expect(received('/create/')).toMatchObject([{ body: { product_type: '3', loan_reason: 'ремонт' } }])
  })

  it("offers the options of a campaign's list, and shows the campaign's issue at that field", async () => {
    const { clock, start, state, received } = createStage()
    const description = '1 - обычная, 2 - золотая'
    state.settings = { results: [{ field_name: 'card', regexp: '', required: true, description }] }
    const relay = await start(await fixture.usedDatabase(), { campaigns: [17809] })
    await advanceUntil(clock, 10_000, async () => expect(await namesOf(relay)).toContain('custom.card'))
    const { text } = await request(relay, '/forms/main')
    expect(JSON.parse(text)).toHaveProperty('steps.2.fields.1', {
      name: 'custom.card',
      label: 'Вопрос кредитора',
      hint: 'card',
      options: [
        { value: '1', label: 'обычная' },
        { value: '2', label: 'золотая' },
      ],
    })
    expect((await postLead(relay, inventClient({ 'custom.card': '3' }))).body).toMatchObject({
      outcome: 'invalid',
      issues: [{ field: 'custom.card', code: 'choice-unknown' }],
    })
    state.created = { errors: { card: ['Недоступна в регионе'] } }
    expect((await postLead(relay, inventClient({ 'custom.card': '2' }))).body).toMatchObject({
      outcome: 'invalid',
      issues: [{ field: 'custom.card', message: 'Недоступна в регионе' }],
    })
    delete state.created
    // The sandbox's own campaign, which lists no cards, may answer anything.
    await postLead(relay, inventClient({ 'custom.card': '2' }))
    expect(received('/create/')).toMatchObject([{ body: { card: '2' } }])
  })

  it('is served unchanged while no settings are known, accepts leads, and is extended later', async () => {
    const { clock, sandbox, start, received } = createStage()
    sandbox.change({ mode: 'error-500', calls: 'settings' })
    const folder = await fixture.usedDatabase()
    let relay = await start(folder, { campaigns: [17809, 16126] })
    await advanceUntil(clock, 10_000, () => expect(received('campaign_settings')).not.toHaveLength(0))
    const own = await namesOf(relay)
    expect(own).not.toContain('productType')
    expect((await requestHealth(relay)).body).toMatchObject({
      status: 'degraded',
      campaigns: {
        main: [
          expect.stringMatching(/^admitad-[0-9a-f]{8}: the fields of 2 of its campaigns are not known yet$/),
        ],
      },
    })
    expect((await postLead(relay, inventClient())).status).toBe(200)
    sandbox.change({ mode: 'strict' })
    await advanceUntil(clock, 70_000, async () =>
      expect((await requestHealth(relay)).text).not.toContain('are not known yet'),
    )
    expect(await namesOf(relay)).toContain('productType')
    // A page that loaded the definition earlier asks for fewer fields.
    expect((await postLead(relay, inventClient())).body).toMatchObject({ outcome: 'accepted' })
    expect((await postLead(relay, inventClient({ productType: 'nonsense' }))).body).toMatchObject({
      outcome: 'invalid',
      issues: [{ field: 'productType', code: 'choice-unknown' }],
    })

    // Known settings survive a restart during an outage, and are requested again after a day.
    await relay.close()
    sandbox.change({ mode: 'error-500', calls: 'settings' })
    const asked = received('campaign_settings').length
    relay = await start(folder, { campaigns: [17809, 16126] })
    expect(await namesOf(relay)).toContain('productType')
    await advanceToRest(clock, 2 * hour)
    expect(received('campaign_settings')).toHaveLength(asked)
    await advanceUntil(clock, 2 * hour, async () =>
      expect(JSON.stringify((await requestHealth(relay)).body)).toContain('could not be read for two days'),
    )
    expect(received('campaign_settings').length).toBeGreaterThan(asked)
    expect(await namesOf(relay)).toContain('productType')
  })

  it('warns about a value once, and accepts it when it is posted again', async () => {
    const { clock, start, state, received } = createStage()
    state.settings = {
      results: [
        { field_name: 'birth_place', regexp: '^г\\. \\w+$', required: true, description: 'Место рождения' },
        { field_name: 'email', regexp: '(', required: false, description: '' },
      ],
    }
    const relay = await start(await fixture.usedDatabase(), { campaigns: [17809] })
    await advanceUntil(clock, 10_000, async () => expect(await namesOf(relay)).toContain('birthPlace'))
    expect((await requestHealth(relay)).body).toMatchObject({
      campaigns: { main: [expect.stringContaining("email: the campaign's pattern cannot be used")] },
    })
    const lead = inventClient({ birthPlace: 'Тюмень' })
    const issue = { field: 'birthPlace', code: 'campaign-format' }
    expect(await postLead(relay, lead)).toMatchObject({
      status: 422,
      body: { outcome: 'invalid', issues: [issue] },
    })
    const other = { ...lead, values: { ...lead.values, birthPlace: 'Омск' } }
    expect((await postLead(relay, other)).status).toBe(422)
    expect(received('/create/')).toHaveLength(0)
    expect(await postLead(relay, other)).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    expect(received('/create/')).toHaveLength(1)
  })
})

describe('applications to campaigns', { timeout }, () => {
  it('are sent with a token that is renewed, and polled until all campaigns have decided', async () => {
    const { clock, start, sandbox, received } = createStage()
    const folder = await fixture.usedDatabase()
    const relay = await start(folder, { campaigns: [17809] })
    const lead = inventClient()
    expect(await postLead(relay, lead)).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', providerId: '1' },
    })
    sandbox.revokeTokens()
    const other = inventClient()
    expect((await postLead(relay, other)).body).toMatchObject({ outcome: 'accepted', providerId: '2' })
    expect(received('/token/')).toHaveLength(2)
    const readDetails = (id: string) =>
      request(relay, `/admin/leads/${id}`, { headers: { authorization: `Bearer ${adminToken}` } })
    for (const { id } of [lead, other]) {
      await advanceUntil(clock, 60_000, async () =>
        expect((await readDetails(id)).text).toContain('"status":"approved"'),
      )
    }
    expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' })
    await relay.close()
    const rows = await readDatabase(folder, "select outcome -> 'progress' as progress from anketa.deliveries")
    expect(rows).toMatchObject([
      { progress: [{ status: 'approved' }] },
      { progress: [{ status: 'approved' }] },
    ])
  })

  it('that a bank confirms with a code are accepted after the right code', async () => {
    const { start, received } = createStage()
    const relay = await start(await fixture.usedDatabase(), { mode: 'sync', campaignId: 65 })
    const lead = inventClient()
    expect((await postLead(relay, lead)).body).toMatchObject({ id: lead.id, outcome: 'verification' })
    const sendCode = (code: string) =>
      request(relay, `/forms/main/leads/${lead.id}/code`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key: lead.key, code }),
      })
    expect((await sendCode('0000')).body).toMatchObject({
      outcome: 'verification',
      issues: [{ field: 'code', code: 'wrong-code' }],
      attemptsLeft: 4,
    })
    expect((await sendCode('1234')).body).toMatchObject({ id: lead.id, outcome: 'accepted' })
    expect(received('/confirm')).toHaveLength(2)
  })

  it('are not made without the consent of the person', async () => {
    const { start, received } = createStage()
    const relay = await start(await fixture.usedDatabase(), { campaigns: [17809] })
    expect((await postLead(relay, inventLead())).body).toMatchObject({ outcome: 'declined' })
    expect(received('/create/')).toHaveLength(0)
  })
})
