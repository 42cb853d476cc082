import { describe, expect, it } from 'vitest'
import type { AdmitadSwitches } from '../../../demo/sandbox/admitad/switches.ts'
import { redactedText } from '../../../demo/sandbox/core/request-log.ts'
import { application, broker, createTestAdmitadSandbox, credentials, form } from './admitad-support.ts'

describe('an SMS code', () => {
  const sync = { ...application, campaign_id: '65', mobile_phone: '9000000042' }
  const { campaigns: _, ...fields } = sync

  async function createSyncApplication(switches: Partial<AdmitadSwitches> = {}) {
    const environment = createTestAdmitadSandbox(switches)
    const created = await environment.call(`${broker}/sync_create/`, fields)
    const confirm = (code: string, id = 1) =>
      environment.call(`${broker}/sync_create/${id}/confirm`, { code })
    return { ...environment, created, confirm }
  }

  it('is sent, and accepted if it is correct', async () => {
    const { created, confirm } = await createSyncApplication()
    const server_response = { bank: 'responded this' }
    expect(created.json).toEqual({ status: 'waiting_sms_verification', application_id: 1, server_response })
    expect((await confirm('0000')).json).toMatchObject({ status: 'waiting_sms_verification' })
    expect((await confirm('1234')).json).toMatchObject({ status: 'processing', application_id: 1 })
    expect((await confirm('1234')).status).toBe(404)
  })

  it('allows a number of wrong attempts', async () => {
    const { confirm } = await createSyncApplication({ attempts: 2 })
    await confirm('0000')
    expect((await confirm('0000')).json).toMatchObject({ status: 'declined' })
    expect((await confirm('1234')).json).toMatchObject({ status: 'error' })
  })

  it('expires', async () => {
    const { confirm, advance } = await createSyncApplication()
    advance(300_001)
    expect((await confirm('1234')).json).toMatchObject({ status: 'error' })
  })

  it('can respond to a wrong code with an error, and does to an unknown application', async () => {
    const { confirm } = await createSyncApplication({ wrongCode: 'error-400' })
    expect((await confirm('0000')).status).toBe(400)
    expect((await confirm('1234', 5)).status).toBe(404)
  })

  it('works only with campaigns that send one', async () => {
    const { call } = createTestAdmitadSandbox()
    const response = await call(`${broker}/sync_create/`, { ...fields, campaign_id: '17809' })
    expect(response.json).toMatchObject({ errors: [{ campaign_id: 17809 }] })
  })
})

describe('a token', () => {
  it('is issued to the client, expires and is limited to its scope', async () => {
    const { requestToken, call, advance } = createTestAdmitadSandbox({ tokenSeconds: 60 })
    const token = await requestToken('broker_application')
    expect((await call(`${broker}/`, undefined, token)).status).toBe(200)
    expect((await call(`${broker}/create/`, application, token)).json).toMatchObject({ error_code: 2 })
    advance(60_000)
    expect((await call(`${broker}/`, undefined, token)).json).toMatchObject({ error_code: 0 })
    expect((await call(`${broker}/`, undefined, 'another')).json).toMatchObject({ error_code: 1 })
  })

  it('can be revoked', async () => {
    const { requestToken, call, sandbox } = createTestAdmitadSandbox()
    const token = await requestToken()
    sandbox.revokeTokens()
    expect((await call(`${broker}/`, undefined, token)).status).toBe(401)
  })

  it('is not issued for a wrong secret', async () => {
    const { sandbox } = createTestAdmitadSandbox()
    const response = await sandbox.app.request('/token/', {
      method: 'POST',
      headers: { authorization: 'Basic eDp5', 'content-type': form },
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x' }),
    })
    expect(response.status).toBe(401)
  })
})

it('allows 60 requests a minute', async () => {
  const { list, advance, sandbox } = createTestAdmitadSandbox()
  for (let count = 0; count < 60; count += 1) expect((await list()).status).toBe(200)
  expect(await list()).toMatchObject({ status: 503, json: { error_code: 4 } })
  advance(61_000)
  expect((await list()).status).toBe(200)
  sandbox.change({ limitRate: false })
  for (let count = 0; count < 70; count += 1) expect((await list()).status).toBe(200)
})

it('redirects addresses without the final slash, and accepts one website', async () => {
  const { sandbox, call } = createTestAdmitadSandbox()
  const response = await sandbox.app.request(`${broker}/create`, { method: 'POST' })
  expect([response.status, response.headers.get('location')]).toEqual([301, `${broker}/create/`])
  expect((await call('/website/8/broker/applications/')).status).toBe(404)
  expect((await call(`${broker}/sync_create/1/confirm/`, { code: '1' })).status).toBe(404)
})

it('shows received requests on its page without credentials', async () => {
  const { sandbox, create, requestToken, call } = createTestAdmitadSandbox()
  await create()
  const token = await requestToken()
  await call(`${broker}/`, undefined, token)
  const page = await (await sandbox.app.request('/')).text()
  expect(page).toContain('Песочница Admitad')
  expect(page).toContain('first_name = Ынна')
  for (const shown of [page, JSON.stringify(sandbox.received())]) {
    expect(shown).toContain(redactedText)
    for (const secret of [token, credentials.clientSecret, credentials.accessToken]) {
      expect(shown).not.toContain(secret)
    }
  }
  expect(page).not.toMatch(/<script>|style="|\son\w+="/)
})
