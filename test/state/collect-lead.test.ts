import { describe, expect, it } from 'vitest'
import { collectLead } from '../../src/state/collect-lead.ts'
import { formatLocalTime } from '../../src/state/consents-model.ts'
import { processing } from '../form/define.ts'
import { createPorts, now } from './support/form-ports.ts'

const identity = { id: 'lead-1', key: 'key-1' }
const acceptedAt = '2026-11-22T11:59:00+03:00'

describe('a lead', () => {
  it('holds the values, the page and the consents that were given, with the hash of their sentence', async () => {
    const { ports } = createPorts()
    const consents = [
      { consent: processing, acceptedAt },
      { consent: { ...processing, id: 'advertising' }, acceptedAt: undefined },
    ]
    const startedAt = new Date('2026-11-22T08:55:00Z')
    expect(await collectLead(identity, { amount: 30_000 }, consents, startedAt, ports)).toEqual({
      id: 'lead-1',
      key: 'key-1',
      values: { amount: 30_000 },
      consents: [
        {
          id: 'processing',
          documentUrl: processing.documentUrl,
          version: processing.version,
          acceptedAt,
          textSha256: 'sha256 of sentence of processing',
        },
      ],
      attribution: { channel: 'vk' },
      page: {
        url: 'https://example.ru/',
        startedAt: '2026-11-22T08:55:00.000Z',
        submittedAt: now.toISOString(),
      },
      widget: '0.0.0',
    })
  })

  it('has no hash where the browser has no digest, and began when it was sent if nothing else is known', async () => {
    const { ports } = createPorts({ digest: async () => undefined })
    const lead = await collectLead(identity, {}, [{ consent: processing, acceptedAt }], undefined, ports)
    expect(lead.consents[0]).not.toHaveProperty('textSha256')
    expect(lead.page.startedAt).toBe(now.toISOString())
  })

  it('holds the variant of the form, if the page names one', async () => {
    const { ports } = createPorts({
      origin: () => ({ url: 'https://example.ru/', variant: 'b', attribution: {} }),
    })
    expect((await collectLead(identity, {}, [], now, ports)).page).toEqual({
      url: 'https://example.ru/',
      variant: 'b',
      startedAt: now.toISOString(),
      submittedAt: now.toISOString(),
    })
  })

  it('holds what the page said when it was sent, however long the hash takes', async () => {
    let channel = 'vk'
    const { promise, resolve } = Promise.withResolvers<string>()
    const { ports } = createPorts({
      digest: () => promise,
      origin: () => ({ url: 'https://example.ru/', attribution: { channel } }),
    })
    const collecting = collectLead(identity, {}, [{ consent: processing, acceptedAt }], now, ports)
    channel = 'mail'
    resolve('')
    expect((await collecting).attribution).toEqual({ channel: 'vk' })
  })
})

it('local time is exact to the second, with the offset of the clock', () => {
  const text = formatLocalTime(new Date('2026-11-22T09:00:07.890Z'))
  expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:07[+-]\d\d:\d\d$/)
  expect(new Date(text).toISOString()).toBe('2026-11-22T09:00:07.000Z')
})
