import { describe, expect, it } from 'vitest'
import { createAdmitadSandbox } from '../../../demo/sandbox/admitad/sandbox.ts'
import type { AdmitadSwitches } from '../../../demo/sandbox/admitad/switches.ts'
import { type Fetch, sendHttp } from '../../../src/delivery/send-http.ts'
import { admitad } from '../../../src/providers/admitad/index.ts'
import type { HttpRequest, LeadContext } from '../../../src/providers/core/context.ts'
import { createPatternMatcher } from '../../../src/relay/campaigns/python-regex.ts'
import { configWith, createContext } from './support.ts'

// The sandbox knows the document by itself: where both understand it alike, they understand each other.
const credentials = {
  clientId: 'client',
  clientSecret: 'sandbox-secret',
  accessToken: 'sandbox-access-token',
}
const baseUrl = 'http://sandbox.test'
const { create, confirm, status, settings, token } = admitad.operations

function startSandbox(switches: Partial<AdmitadSwitches> = {}) {
  let now = new Date('2026-11-22T09:00:00Z').getTime()
  const sandbox = createAdmitadSandbox({ websiteId: 7, ...credentials, now: () => new Date(now), switches })
  const fetch: Fetch = async (url, init) => sandbox.app.request(url.replace(baseUrl, ''), init)
  return {
    sandbox,
    pass: (ms: number) => (now += ms),
    call: (request: HttpRequest | undefined) => {
      if (!request) throw new Error('Admitad has no such call')
      return sendHttp(request, { fetch, timeoutMs: 10_000 })
    },
  }
}

const config = configWith({
  baseUrl,
  ...credentials,
  campaigns: [17809, [17288, 16651], { ids: [17810], pause: 80 }],
})
const sync = configWith({ baseUrl, ...credentials, mode: 'sync', campaigns: undefined, campaignId: 65 })
const now = new Date('2026-11-22T09:00:00Z')

async function send(
  stage: ReturnType<typeof startSandbox>,
  to = config,
  context: LeadContext = createContext({}),
) {
  return create.outcome(await stage.call(create.request(to, context)), to, context)
}

describe('against the sandbox', () => {
  it('an application with everything in it is taken, and asked after until it is decided', async () => {
    const stage = startSandbox()
    const accepted = await send(stage)
    expect(accepted).toMatchObject({
      outcome: 'accepted',
      providerId: '1',
      progress: [
        { receiver: '17809', status: 'processing' },
        { receiver: '17288', status: 'processing' },
        { receiver: '16651', status: 'processing' },
      ],
      notices: ['campaign 17810: Кампания не принимает заявки брокеров.'],
    })
    stage.pass(60_000)
    const context = { now, applicationId: '1' }
    expect(
      status?.outcome(await stage.call(status?.request(config, context)), config, context),
    ).toMatchObject({
      progress: [17809, 17288, 16651].map((id) => ({
        receiver: String(id),
        status: 'approved',
        orderId: `1-${id}`,
      })),
    })
  })

  it('a token is bought, holds, is found expired, and bought anew', async () => {
    const stage = startSandbox({ tokenSeconds: 60 })
    const buy = async () => token?.outcome(await stage.call(token?.request(config, { now })), config, { now })
    const bought = await buy()
    expect(bought).toEqual({ accessToken: expect.stringMatching(/^[0-9a-f]{40}$/), expiresInSeconds: 60 })
    const accessToken = bought && 'accessToken' in bought ? bought.accessToken : ''
    expect(await send(stage, config, createContext({}, { accessToken }))).toMatchObject({
      outcome: 'accepted',
    })
    stage.pass(60_000)
    const result = await stage.call(create.request(config, createContext({}, { accessToken })))
    expect(admitad.isTokenRejected?.(result)).toBe(true)
    expect(await buy()).not.toEqual(bought)
  })

  it('a code is asked for, found wrong, and taken', async () => {
    const stage = startSandbox()
    const context = createContext(
      {},
      { campaignSettings: await settingsOf(stage, 65), matches: createPatternMatcher() },
    )
    expect(await send(stage, sync, context)).toEqual({ outcome: 'verification', applicationId: '1' })
    const enter = async (code: string) => {
      const entered = { now, applicationId: '1', code }
      return confirm?.outcome(await stage.call(confirm?.request(sync, entered)), sync, entered)
    }
    expect(await enter('0000')).toMatchObject({ outcome: 'verification', issues: [{ code: 'wrong-code' }] })
    expect(await enter('1234')).toMatchObject({ outcome: 'accepted', providerId: '1' })
    const asked = { now, applicationId: '1' }
    expect(status?.outcome(await stage.call(status?.request(sync, asked)), sync, asked)).toMatchObject({
      progress: [{ receiver: '65', status: 'processing' }],
    })
  })

  it('values go out as the campaigns want them, own fields included', async () => {
    const stage = startSandbox()
    const wanting = configWith({ baseUrl, ...credentials, campaigns: [16126, 16633, 16651] })
    const settingsOfAll = await Promise.all([16126, 16633, 16651].map((id) => settingsOf(stage, id)))
    const context = createContext(
      { productType: '7', 'custom.loan_reason': 'ремонт' },
      { campaignSettings: settingsOfAll.flat(), matches: createPatternMatcher() },
    )
    expect(admitad.check?.(wanting, context)).toEqual([])
    const outcome = await send(stage, wanting, context)
    expect(outcome).not.toHaveProperty('notices')
    expect(outcome).toMatchObject({ outcome: 'accepted' })
  })

  it.each<[AdmitadSwitches['mode'], object]>([
    ['none', { outcome: 'declined' }],
    ['declined', { outcome: 'declined' }],
    ['error', { outcome: 'declined' }],
    ['approved', { outcome: 'accepted', progress: [{ status: 'approved' }, {}, {}] }],
    ['waiting', { outcome: 'accepted', progress: [{ status: 'waiting' }, {}, {}] }],
    ['field-error', { outcome: 'invalid', issues: [{ field: 'phone' }] }],
    ['bad-request', { outcome: 'unreadable' }],
    ['error-200', { outcome: 'unreadable' }],
    ['invalid-token', { outcome: 'refused' }],
    ['no-rights', { outcome: 'refused' }],
    ['error-503', { outcome: 'unavailable', mayHaveArrived: false }],
    ['error-429', { outcome: 'unavailable', mayHaveArrived: false }],
    ['error-500', { outcome: 'uncertain' }],
    ['redirect', { outcome: 'unreadable' }],
    ['garbage', { outcome: 'uncertain' }],
    ['html', { outcome: 'uncertain' }],
    ['empty', { outcome: 'uncertain' }],
    ['truncated', { outcome: 'uncertain' }],
    ['jsonp', { outcome: 'uncertain' }],
  ])('the answer %s is understood', async (mode, expected) => {
    const stage = startSandbox({ mode })
    const taken = configWith({ baseUrl, ...credentials, campaigns: [[17809, 17288, 16651]] })
    expect(await send(stage, taken)).toMatchObject(expected)
  })

  it('test mode is taken for what it is', async () => {
    const stage = startSandbox()
    const testing = configWith({ baseUrl, ...credentials, testMode: true })
    expect(await send(stage, testing)).toEqual({
      outcome: 'accepted',
      notices: ['test mode: nothing was sent to the campaigns'],
    })
    const syncTesting = configWith({ baseUrl, ...credentials, mode: 'sync', campaignId: 65, testMode: true })
    const context = createContext(
      {},
      { campaignSettings: await settingsOf(stage, 65), matches: createPatternMatcher() },
    )
    expect(await send(stage, syncTesting, context)).toMatchObject({ outcome: 'accepted' })
  })

  it('more than sixty requests a minute are turned away, and nothing of them arrives', async () => {
    const stage = startSandbox()
    for (let count = 0; count < 60; count += 1) await send(stage)
    expect(await send(stage)).toEqual({
      outcome: 'unavailable',
      reason: 'too many requests',
      mayHaveArrived: false,
    })
  })
})

async function settingsOf({ call }: ReturnType<typeof startSandbox>, campaignId: number) {
  const context = { now, campaignId }
  const told = settings?.outcome(await call(settings?.request(config, context)), config, context)
  return told && 'items' in told ? told.items : []
}
