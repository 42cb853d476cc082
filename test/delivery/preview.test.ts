import { describe, expect, it } from 'vitest'
import { createDirectPreview } from '../../src/delivery/direct-preview.ts'
import { createDryRun } from '../../src/delivery/dry-run.ts'
import { createRelayPreview } from '../../src/delivery/preview.ts'
import type { SendResult } from '../../src/lead/delivery.ts'
import { admitad } from '../../src/providers/admitad/index.ts'
import { devtek } from '../../src/providers/devtek/index.ts'
import { fivecrm } from '../../src/providers/fivecrm/index.ts'
import { lotinfo } from '../../src/providers/lotinfo/index.ts'
import type { Provider } from '../../src/providers/core/provider.ts'
import type { HttpRequest } from '../../src/providers/core/context.ts'
import type { BaseConfig } from '../../src/providers/core/field-rules.ts'
import { safeParse } from 'valibot'
import { inventedLead } from '../lead/invented-lead.ts'

const now = () => new Date('2026-11-22T12:00:00Z')

describe('the preview of a relay', () => {
  it('is the request to the relay, with a redacted key', () => {
    const [request, ...others] = list(
      createRelayPreview('https://leads.example.ru/forms/main/').lead(inventedLead),
    )
    expect(others).toEqual([])
    expect(request).toMatchObject({ method: 'POST', url: 'https://leads.example.ru/forms/main/leads' })
    expect(JSON.parse(request?.body ?? '')).toEqual({ ...inventedLead, key: '***' })
  })

  it('has the request for a code', () => {
    const [request] = createRelayPreview('https://leads.example.ru/forms/main').code(inventedLead, '1234')
    expect(request?.url).toBe(`https://leads.example.ru/forms/main/leads/${inventedLead.id}/code`)
    expect(JSON.parse(request?.body ?? '')).toEqual({ key: '***', code: '1234' })
  })
})

const secret = 'sEcret/+ &"тайна"'
/** The value of a header, which holds no Cyrillic letter. */
const headerSecret = 'sEcret/+ &"mystery"'

describe.each<[string, () => { requests: readonly HttpRequest[]; code: readonly HttpRequest[] }]>([
  ['devtek', () => preview(devtek, { idWebmaster: 123, token: secret })],
  ['lotinfo', () => preview(lotinfo, { token: secret, userId: 1 })],
  ['fivecrm', () => preview(fivecrm, { method: 'deal', publicToken: 'public', secretToken: secret })],
  [
    'admitad',
    () =>
      preview(admitad, {
        mode: 'sync',
        websiteId: 1,
        campaignId: 65,
        clientId: 'id',
        clientSecret: secret,
        consent: 'processing',
      }),
  ],
  [
    'admitad with a token',
    () =>
      preview(admitad, {
        mode: 'sync',
        websiteId: 1,
        campaignId: 65,
        accessToken: headerSecret,
        consent: 'processing',
      }),
  ],
])('the preview of %s', (_, createRequests) => {
  it('holds the answers and no credential in any encoding', () => {
    const { requests, code } = createRequests()
    expect(requests).toHaveLength(1)
    const text = JSON.stringify([...requests, ...code])
    for (const spelling of [
      ...[secret, headerSecret].flatMap((each) => [
        each,
        encodeURIComponent(each),
        new URLSearchParams({ each }).toString().slice(5),
      ]),
      'тайна',
      'mystery',
    ])
      expect(text).not.toContain(JSON.stringify(spelling).slice(1, -1))
    expect(decodeURIComponent(text)).toContain('9000000042')
  })
})

function preview<Config extends BaseConfig>(provider: Provider<Config>, options: object) {
  const config = safeParse(provider.config, options)
  if (!config.success) throw new TypeError(JSON.stringify(config.issues))
  const created = createDirectPreview(provider, config.output, now)
  return { requests: list(created.lead(inventedLead)), code: created.code(inventedLead, '1234') }
}

function list(result: ReturnType<ReturnType<typeof createRelayPreview>['lead']>): readonly HttpRequest[] {
  if ('issues' in result) throw new TypeError(JSON.stringify(result.issues))
  return result
}

describe('a dry run', () => {
  it.each<SendResult>([
    { outcome: 'accepted' },
    { outcome: 'verification' },
    { outcome: 'failed', code: 'network' },
  ])('shows the requests and returns %o', async (answer) => {
    const shown: unknown[] = []
    const dryRun = createDryRun(createRelayPreview('https://leads.example.ru/forms/main'), {
      show: (requests) => shown.push(...requests),
      answer: () => answer,
    })
    expect(await dryRun.send(inventedLead)).toEqual(answer)
    expect(await dryRun.confirm(inventedLead, '1234')).toEqual({ outcome: 'accepted' })
    expect(shown).toHaveLength(2)
  })

  it('finds the errors of fields that the delivery would find', async () => {
    const issues = [{ field: 'lastName', code: 'text-length', limit: 20 }] as const
    const dryRun = createDryRun(
      { lead: () => ({ issues }), code: () => [] },
      { show: () => expect.unreachable(), answer: () => ({ outcome: 'accepted' }) },
    )
    expect(await dryRun.send(inventedLead)).toEqual({ outcome: 'invalid', issues })
  })
})
