import { describe, expect, it } from 'vitest'
import { redactedText } from '../../../demo/sandbox/core/request-log.ts'
import { createTestDevtekSandbox, credentials, postLead, withPhone } from './devtek-support.ts'

describe('a mode of the wire', () => {
  it.each([
    ['error-503', 503, /^Service Unavailable$/],
    ['error-429', 429, /^Too Many Requests$/],
    ['redirect', 302, /^$/],
    ['jsonp', 200, /^callback_001\(\{"result":"ok","data":\{"id_lead":999999\},"errors":\[\]\}\)$/],
  ] as const)('%s answers %d', async (mode, status, text) => {
    const sandbox = createTestDevtekSandbox({ mode, times: 1 })
    const response = await postLead(sandbox)
    expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(text)])
    expect(response.headers.has('location')).toBe(mode === 'redirect')
    // Only what was really answered counts as accepted.
    expect((await postLead(sandbox)).status).toBe(mode === 'jsonp' ? 400 : 200)
  })
})

it('no credential is shown of what was received', async () => {
  const sandbox = createTestDevtekSandbox()
  await postLead(sandbox, withPhone('+79000000003'))
  const page = await (await sandbox.app.request('/')).text()
  for (const shown of [page, JSON.stringify(sandbox.received())]) {
    expect(shown).not.toContain(credentials.token)
    expect(shown).toContain(redactedText)
    expect(shown).toContain('+79000000003')
  }
})
