import { describe, expect, it } from 'vitest'
import { createAdmitadSandbox } from '../../../demo/sandbox/admitad/sandbox.ts'
import { sendHttp } from '../../../src/delivery/send-http.ts'
import { attemptDelivery } from '../../../src/relay/delivery/attempt.ts'
import { parseConfig } from '../../../src/relay/config/config.ts'
import type { UnkeyedDestination } from '../../../src/relay/destinations/destination.ts'
import { providerBindings } from '../../../src/relay/destinations/providers.ts'
import type { SendRequest } from '../../../src/relay/destinations/provider-client.ts'
import { fullContext } from '../../contracts/support/full-lead.ts'
import { formEntry } from '../support/invented.ts'

const accessToken = 'sandbox-access-token'
const options = { websiteId: 7, campaigns: [17809], accessToken, baseUrl: 'http://sandbox.test' }

async function createDestination(changes: object = {}): Promise<UnkeyedDestination> {
  const result = await providerBindings['admitad']?.createDestination({ ...options, ...changes })
  if (!result || 'problems' in result) throw new Error(result?.problems.join())
  return result.destination
}

function createSandbox() {
  const sandbox = createAdmitadSandbox({
    websiteId: 7,
    clientId: 'client',
    clientSecret: 'secret',
    accessToken,
    now: () => fullContext.now,
  })
  const fetch = async (url: string, init: RequestInit) =>
    sandbox.app.request(url.replace(options.baseUrl, ''), init)
  const send: SendRequest = (build) => sendHttp(build(undefined), { fetch, timeoutMs: 10_000 })
  return { sandbox, send }
}

describe('a destination at Admitad', () => {
  it('gets a lead whose person agreed to the recipients', async () => {
    const { sandbox, send } = createSandbox()
    expect(await attemptDelivery(await createDestination(), fullContext, send)).toMatchObject({
      outcome: 'accepted',
      providerId: '1',
    })
    expect(sandbox.received()).toHaveLength(1)
  })

  it('is not called without that consent', async () => {
    const { sandbox, send } = createSandbox()
    const context = { ...fullContext, lead: { ...fullContext.lead, consents: [] } }
    expect(await attemptDelivery(await createDestination(), context, send)).toMatchObject({
      outcome: 'declined',
    })
    expect(sandbox.received()).toEqual([])
  })

  it('is not called with values that it would reject', async () => {
    const { sandbox, send } = createSandbox()
    const values = { ...fullContext.lead.values, email: `${'e'.repeat(64)}@example-mail.ru` }
    const context = { ...fullContext, lead: { ...fullContext.lead, values } }
    expect(await attemptDelivery(await createDestination(), context, send)).toEqual({
      outcome: 'invalid',
      issues: [{ field: 'email', code: 'text-length', limit: 75 }],
    })
    expect(sandbox.received()).toEqual([])
  })

  it('is not called again after a call whose outcome is unknown', async () => {
    const { sandbox, send } = createSandbox()
    const context = { ...fullContext, attempt: 2, mayHaveArrived: true }
    expect(await attemptDelivery(await createDestination(), context, send)).toMatchObject({
      outcome: 'uncertain',
    })
    expect(sandbox.received()).toEqual([])
  })
})

describe('a form for Admitad', () => {
  const destination = { provider: 'admitad', websiteId: 7, campaigns: [17809], accessToken: { env: 'TOKEN' } }
  const problemsOf = async (changes: object, form: object = {}) => {
    const main = { ...formEntry(), destinations: [{ ...destination, ...changes }], ...form }
    const deps = { env: { TOKEN: accessToken, SECRET: 'x' }, readText: async () => '' }
    // As in a configuration's file, undefined options are absent.
    const { forms } = await parseConfig(JSON.parse(JSON.stringify({ forms: { main } })), deps)
    const result = forms.get('main')
    return result && 'problems' in result ? result.problems : []
  }

  it('accepts valid options', async () => {
    expect(await problemsOf({})).toEqual([])
    expect(await problemsOf({}, { definition: 'admitad' })).toEqual([])
    const client = { accessToken: undefined, clientId: 'client', clientSecret: { env: 'SECRET' } }
    expect(await problemsOf(client)).toEqual([])
    expect(await problemsOf({ mode: 'sync', campaigns: undefined, campaignId: 65 })).toEqual([])
  })

  it('must ask for the consent that names the recipients', async () => {
    expect(await problemsOf({ consent: 'partners' })).toEqual([
      'consents: admitad gets no application without the consent "partners", whose text names who receives the data: the form must ask for it',
    ])
  })

  it('reports all problems of its options without a secret', async () => {
    expect(
      await problemsOf({ campaigns: [17809, { ids: ['x'] }], websiteid: 1, clientSecret: 'SECRET1' }),
    ).toEqual([
      'destinations.0.websiteid: admitad has no such option; did you mean "websiteId"?',
      'destinations.0.clientSecret: expected { "env": "NAME" } or { "file": "PATH" }, the environment variable or the file that holds this secret; a secret itself does not belong into a configuration',
      'destinations.0.campaigns.1.ids.0: expected the id of a campaign, a whole number, got a text',
    ])
  })
})
