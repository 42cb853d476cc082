import { describe, expect, it } from 'vitest'
import { createAdmitadSandbox } from '../../../demo/sandbox/admitad/sandbox.ts'
import type { AdmitadSwitches } from '../../../demo/sandbox/admitad/switches.ts'
import { type Fetch, sendHttp } from '../../../src/delivery/send-http.ts'
import { admitad } from '../../../src/providers/admitad/index.ts'
import type { HttpRequest, LeadContext } from '../../../src/providers/core/context.ts'
import { createPatternMatcher } from '../../../src/relay/campaigns/python-regex.ts'
import { configWith, createContext } from './support.ts'

// The sandbox is written from the document without the adapter, so each tests the other.
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
    advance: (ms: number) => (now += ms),
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
  environment: ReturnType<typeof startSandbox>,
  options = config,
  context: LeadContext = createContext({}),
) {
  return create.outcome(await environment.call(create.request(options, context)), options, context)
}

describe('with the sandbox', () => {
  it('a full application is accepted, and its status is fetched until it is decided', async () => {
    const environment = startSandbox()
    const accepted = await send(environment)
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
    environment.advance(60_000)
    const context = { now, applicationId: '1' }
    expect(
      status?.outcome(await environment.call(status?.request(config, context)), config, context),
    ).toMatchObject({
      progress: [17809, 17288, 16651].map((id) => ({
        receiver: String(id),
        status: 'approved',
        orderId: `1-${id}`,
      })),
    })
  })

  it('a token is issued, is accepted, expires and is issued again', async () => {
    const environment = startSandbox({ tokenSeconds: 60 })
    const requestToken = async () =>
      token?.outcome(await environment.call(token?.request(config, { now })), config, { now })
    const issued = await requestToken()
    expect(issued).toEqual({ accessToken: expect.stringMatching(/^[0-9a-f]{40}$/), expiresInSeconds: 60 })
    const accessToken = issued && 'accessToken' in issued ? issued.accessToken : ''
    expect(await send(environment, config, createContext({}, { accessToken }))).toMatchObject({
      outcome: 'accepted',
    })
    environment.advance(60_000)
    const result = await environment.call(create.request(config, createContext({}, { accessToken })))
    expect(admitad.isTokenRejected?.(result)).toBe(true)
    expect(await requestToken()).not.toEqual(issued)
  })

  it('a code is requested, a wrong one refused and the correct one accepted', async () => {
    const environment = startSandbox()
    const context = createContext(
      {},
      { campaignSettings: await settingsOf(environment, 65), matches: createPatternMatcher() },
    )
    expect(await send(environment, sync, context)).toEqual({ outcome: 'verification', applicationId: '1' })
    const enter = async (code: string) => {
      const entered = { now, applicationId: '1', code }
      return confirm?.outcome(await environment.call(confirm?.request(sync, entered)), sync, entered)
    }
    expect(await enter('0000')).toMatchObject({ outcome: 'verification', issues: [{ code: 'wrong-code' }] })
    expect(await enter('1234')).toMatchObject({ outcome: 'accepted', providerId: '1' })
    const statusContext = { now, applicationId: '1' }
    expect(
      status?.outcome(await environment.call(status?.request(sync, statusContext)), sync, statusContext),
    ).toMatchObject({
      progress: [{ receiver: '65', status: 'processing' }],
    })
  })

  it('values are formatted for the campaigns, including their own fields', async () => {
    const environment = startSandbox()
    const requiring = configWith({ baseUrl, ...credentials, campaigns: [16126, 16633, 16651] })
    const settingsOfAll = await Promise.all([16126, 16633, 16651].map((id) => settingsOf(environment, id)))
    const context = createContext(
      { productType: '7', 'custom.loan_reason': 'ремонт' },
      { campaignSettings: settingsOfAll.flat(), matches: createPatternMatcher() },
    )
    expect(admitad.check?.(requiring, context)).toEqual([])
    const outcome = await send(environment, requiring, context)
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
    ['bad-request', { outcome: 'declined' }],
    ['error-200', { outcome: 'declined' }],
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
  ])('the response in the mode %s is understood', async (mode, expected) => {
    const environment = startSandbox({ mode })
    const accepting = configWith({ baseUrl, ...credentials, campaigns: [[17809, 17288, 16651]] })
    expect(await send(environment, accepting)).toMatchObject(expected)
  })

  it('test mode is recognised', async () => {
    const environment = startSandbox()
    const testing = configWith({ baseUrl, ...credentials, testMode: true })
    expect(await send(environment, testing)).toEqual({
      outcome: 'accepted',
      notices: ['test mode: nothing was sent to the campaigns'],
    })
    const syncTesting = configWith({ baseUrl, ...credentials, mode: 'sync', campaignId: 65, testMode: true })
    const context = createContext(
      {},
      { campaignSettings: await settingsOf(environment, 65), matches: createPatternMatcher() },
    )
    expect(await send(environment, syncTesting, context)).toMatchObject({ outcome: 'accepted' })
  })

  it('more than 60 requests a minute are refused and certainly have not arrived', async () => {
    const environment = startSandbox()
    for (let count = 0; count < 60; count += 1) await send(environment)
    expect(await send(environment)).toEqual({
      outcome: 'unavailable',
      reason: 'too many requests',
      mayHaveArrived: false,
    })
  })
})

async function settingsOf({ call }: ReturnType<typeof startSandbox>, campaignId: number) {
  const context = { now, campaignId }
  const list = settings?.outcome(await call(settings?.request(config, context)), config, context)
  return list && 'items' in list ? list.items : []
}
