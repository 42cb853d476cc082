import { describe, expect, it } from 'vitest'
import { redactedText } from '../../../demo/sandbox/core/request-log.ts'
import { createTestDevtekSandbox, credentials, postLead, withPhone } from './devtek-support.ts'

describe('a fault mode', () => {
  it.each([
    ['error-503', 503, /^Service Unavailable$/],
    ['error-429', 429, /^Too Many Requests$/],
    ['redirect', 302, /^$/],
    ['jsonp', 200, /^callback_001\(\{"result":"ok","data":\{"id_lead":999999\},"errors":\[\]\}\)$/],
  ] as const)('%s responds with %d', async (mode, status, text) => {
    const sandbox = createTestDevtekSandbox({ mode, times: 1 })
    const response = await postLead(sandbox)
    expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(text)])
    expect(response.headers.has('location')).toBe(mode === 'redirect')
    // Only a lead with a real response counts as accepted.
    expect((await postLead(sandbox)).status).toBe(mode === 'jsonp' ? 400 : 200)
  })
})

it('received requests are shown without credentials', async () => {
  const sandbox = createTestDevtekSandbox()
  await postLead(sandbox, withPhone('+79000000003'))
  const page = await (await sandbox.app.request('/')).text()
  for (const text of [page, JSON.stringify(sandbox.received())]) {
    expect(text).not.toContain(credentials.token)
    expect(text).toContain(redactedText)
    expect(text).toContain('+79000000003')
  }
})
