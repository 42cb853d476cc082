import { createAdmitadSandbox } from '../../../demo/sandbox/admitad/sandbox.ts'
import type { AdmitadSwitches } from '../../../demo/sandbox/admitad/switches.ts'

/** The credentials that the sandbox of these tests accepts. */
export const credentials = {
  clientId: 'client',
  clientSecret: 'sandbox-secret',
  accessToken: 'sandbox-access-token',
}
/** The content type of a form. */
export const form = 'application/x-www-form-urlencoded; charset=utf-8'
/** The path of the calls for applications. */
export const broker = '/website/7/broker/applications'
/** A valid application. */
export const application = {
  campaigns: '[17809]',
  user_notified: '1',
  first_name: 'Ынна',
  last_name: 'Вымыслова',
  mobile_phone: '+79000000042',
  birth_date: '05.09.1990',
  credit_sum: '50000.00',
  credit_days: '30',
  subid: 'vk',
}

/** Creates a sandbox with a clock that tests advance. */
export function createTestAdmitadSandbox(switches: Partial<AdmitadSwitches> = {}) {
  let now = new Date('2026-11-22T09:00:00Z').getTime()
  const sandbox = createAdmitadSandbox({ websiteId: 7, ...credentials, now: () => new Date(now), switches })
  const call = async (path: string, body?: Record<string, string>, token = credentials.accessToken) => {
    const response = await sandbox.app.request(path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': form } : {}) },
      ...(body ? { body: new URLSearchParams(body) } : {}),
    })
    const text = await response.text()
    const json: unknown = /^[[{]/.test(text) && !text.endsWith('\n') ? parseJson(text) : undefined
    return { status: response.status, text, json }
  }
  return {
    sandbox,
    call,
    advance: (ms: number) => (now += ms),
    create: (overrides: Record<string, string> = {}) =>
      call(`${broker}/create/`, { ...application, ...overrides }),
    list: (query = '') => call(`${broker}/${query}`),
    async requestToken(scope = 'broker_application manage_broker_application') {
      const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64')
      const response = await sandbox.app.request('/token/', {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'content-type': form },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: credentials.clientId,
          scope,
        }),
      })
      const { access_token: token }: { access_token: string } = await response.json()
      return token
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
