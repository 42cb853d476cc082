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

async function open(changed: object = {}): Promise<UnkeyedDestination> {
  const opened = await providerBindings['admitad']?.createDestination({ ...options, ...changed })
  if (!opened || 'problems' in opened) throw new Error(opened?.problems.join())
  return opened.destination
}

function play() {
  const sandbox = createAdmitadSandbox({
    websiteId: 7,
    clientId: 'client',
    clientSecret: 'secret',
    accessToken,
    now: () => fullContext.now,
  })
  const fetch = async (url: string, init: RequestInit) =>
    sandbox.app.request(url.replace(options.baseUrl, ''), init)
  const exchange: SendRequest = (build) => sendHttp(build(undefined), { fetch, timeoutMs: 10_000 })
  return { sandbox, exchange }
}

describe('a destination at Admitad', () => {
  it('gets a lead of somebody who agreed to who receives it', async () => {
    const { sandbox, exchange } = play()
    expect(await attemptDelivery(await open(), fullContext, exchange)).toMatchObject({
      outcome: 'accepted',
      providerId: '1',
    })
    expect(sandbox.received()).toHaveLength(1)
  })

  it('is not called for anybody else', async () => {
    const { sandbox, exchange } = play()
    const context = { ...fullContext, lead: { ...fullContext.lead, consents: [] } }
    expect(await attemptDelivery(await open(), context, exchange)).toMatchObject({ outcome: 'declined' })
    expect(sandbox.received()).toEqual([])
  })

  it('is not called with values that it would not take', async () => {
    const { sandbox, exchange } = play()
    const values = { ...fullContext.lead.values, email: `${'e'.repeat(64)}@example-mail.ru` }
    const context = { ...fullContext, lead: { ...fullContext.lead, values } }
    expect(await attemptDelivery(await open(), context, exchange)).toEqual({
      outcome: 'invalid',
      issues: [{ field: 'email', code: 'text-length', limit: 75 }],
    })
    expect(sandbox.received()).toEqual([])
  })

  it('is called once, if nobody knows what became of that', async () => {
    const { sandbox, exchange } = play()
    const context = { ...fullContext, attempt: 2, mayHaveArrived: true }
    expect(await attemptDelivery(await open(), context, exchange)).toMatchObject({ outcome: 'uncertain' })
    expect(sandbox.received()).toEqual([])
  })
})

describe('a form for Admitad', () => {
  const destination = { provider: 'admitad', websiteId: 7, campaigns: [17809], accessToken: { env: 'TOKEN' } }
  const problemsOf = async (changed: object, form: object = {}) => {
    const main = { ...formEntry(), destinations: [{ ...destination, ...changed }], ...form }
    const ports = { env: { TOKEN: accessToken, SECRET: 'x' }, readText: async () => '' }
    // What is undefined is not there, as in the file that a configuration is.
    const { forms } = await parseConfig(JSON.parse(JSON.stringify({ forms: { main } })), ports)
    const set = forms.get('main')
    return set && 'problems' in set ? set.problems : []
  }

  it('runs', async () => {
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

  it('is told all that is wrong with its options, and no secret', async () => {
    expect(
      await problemsOf({ campaigns: [17809, { ids: ['x'] }], websiteid: 1, clientSecret: 'SECRET1' }),
    ).toEqual([
      'destinations.0.websiteid: admitad has no such option; did you mean "websiteId"?',
      'destinations.0.clientSecret: expected { "env": "NAME" }, the name of the environment variable that holds this secret; a secret itself does not belong into a configuration',
      'destinations.0.campaigns.1.ids.0: expected the id of a campaign, a whole number, got a text',
    ])
  })
})
