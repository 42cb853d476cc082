import { array, assert, asyncProperty, constantFrom, integer, oneof, record, string } from 'fast-check'
import { expect, it } from 'vitest'
import { parseReceivers } from '../../../src/relay/config/message-config.ts'
import type { LeadNotice, MessageReceiver } from '../../../src/relay/messages/receiver.ts'

async function createReceiver(): Promise<MessageReceiver> {
  const telegram = { token: { env: 'BOT' }, chat: -100_123 }
  const result = await parseReceivers(
    { notify: [{ on: ['new', 'failed'], telegram }], postbacks: [] },
    { env: { BOT: '1:invented-token-0123456789' }, readText: () => Promise.reject(new Error('none')) },
  )
  const [receiver] = 'receivers' in result ? result.receivers : []
  if (!receiver) throw new Error('no receiver')
  return receiver
}

/** Sends notices, and returns the text of the message. */
async function send(notices: readonly LeadNotice[], publicUrl?: string): Promise<string> {
  let sent = ''
  const fetch = async (_: string, init: { readonly body?: unknown }) => {
    sent = String(JSON.parse(String(init.body)).text)
    return Response.json({ ok: true })
  }
  const receiver = await createReceiver()
  const result = await receiver.send(
    { id: 'm', notices },
    { fetch, publicFetch: fetch, publicUrl, now: Date.now },
  )
  expect(result).toEqual({ result: 'sent' })
  return sent
}

function notice(changes: Partial<LeadNotice> = {}): LeadNotice {
  return {
    lead: '0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee',
    form: 'main',
    event: 'new',
    details: {},
    createdAt: new Date('2026-11-29T09:00:00Z'),
    values: {},
    attribution: {},
    ...changes,
  }
}

/** Texts of any length, also of characters that are two UTF-16 units. */
const texts = oneof(
  string({ unit: 'grapheme', maxLength: 400 }),
  record({ unit: constantFrom('Я', '😀', '👩‍👩‍👧', '&'), times: integer({ min: 0, max: 500 }) }).map(
    ({ unit, times }) => unit.repeat(times),
  ),
)

it('a message of Telegram is never longer than Telegram takes, and never ends inside of a character', async () => {
  const notices = array(record({ form: texts, region: texts, reason: texts, destination: texts }), {
    minLength: 1,
    maxLength: 60,
  })
  await assert(
    asyncProperty(
      notices,
      constantFrom(undefined, 'https://leads.example.ru', `https://${'a'.repeat(5000)}.ru`),
      async (all, url) => {
        const text = await send(
          all.map(({ form, region, reason, destination }) =>
            notice({
              form,
              event: 'failed',
              values: { amount: 30_000, region },
              details: { reason, destination },
            }),
          ),
          url,
        )
        expect(text.length).toBeLessThanOrEqual(4096)
        expect(text.isWellFormed()).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)

it('a digest names as many leads as fit, counts the others, and ends with the link', async () => {
  const notices = Array.from({ length: 60 }, () =>
    notice({ values: { amount: 30_000, region: 'Я'.repeat(280) } }),
  )
  const text = await send(notices, 'https://leads.example.ru')
  const lines = text.split('\n')
  const named = lines.length - 3
  expect(named).toBeGreaterThan(8)
  expect(lines[0]).toBe('Новые заявки: 60')
  expect(lines.slice(-2)).toEqual([`и ещё ${60 - named}`, 'https://leads.example.ru/console/leads'])
})

it('a short digest names thirty leads', async () => {
  const text = await send(Array.from({ length: 31 }, () => notice()))
  expect(text.split('\n')).toHaveLength(32)
  expect(text).toMatch(/\nи ещё 1$/)
})
