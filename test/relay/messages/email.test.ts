import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatLeadNumber } from '../../../src/lead/lead-number.ts'
import { inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'
import { startMailServer } from '../support/messages/mail-server.ts'
import { createMessageScenario } from '../support/messages/receivers.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let server: Awaited<ReturnType<typeof startMailServer>>
beforeAll(async () => {
  fixture = await createRelayFixture()
  server = await startMailServer()
})
afterAll(async () => {
  await fixture.end()
  await server.stop()
})

const email = {
  smtp: { env: 'SMTP' },
  from: 'Заявки <leads@example.ru>',
  to: ['one@example.ru', 'two@example.ru'],
  allowPrivate: true,
}

async function startWith(changes: object = {}) {
  const scenario = createMessageScenario(fixture)
  const relay = await scenario.start(
    await fixture.usedDatabase(),
    { notify: [{ on: ['new'], email, ...changes }] },
    { env: { SMTP: server.url } },
  )
  return { ...scenario, relay }
}

/** A mail's head and its text. */
function readMail(source: string) {
  const [, head = '', body = ''] = /^(.*?)\r\n\r\n(.*)$/s.exec(source) ?? []
  const isBase64 = /^content-transfer-encoding: base64/im.test(head)
  const text = isBase64 ? Buffer.from(body, 'base64').toString() : body.replace(/=\r\n/g, '')
  const decoded = isBase64
    ? text
    : Buffer.from(
        text.replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString()
  return { id: /^message-id: <(.*)>/im.exec(head)?.[1], head, text: decoded }
}

describe('an e-mail', { timeout: 90_000 }, () => {
  it('goes to all recipients in plain text, without personal data', async () => {
    const { relay, passUntil } = await startWith()
    const lead = inventLead()
    await postLead(relay, lead)
    await passUntil(() => server.mails.length > 0)
    expect(server.mails.map(({ recipients }) => recipients)).toEqual([['one@example.ru', 'two@example.ru']])
    const { text, head, id } = readMail(server.mails[0]?.source ?? '')
    expect(text).toContain(`Новая заявка ${formatLeadNumber(lead.id)}`)
    expect(text).toContain('Форма: main')
    expect(text).toContain(`https://leads.example.ru/console/leads/${lead.id}`)
    expect(text).not.toMatch(/Пример|7900/)
    expect(head).toMatch(/^content-type: text\/plain; charset=utf-8/im)
    expect(head).toMatch(/^auto-submitted: auto-generated/im)
    expect(id).toMatch(/^[\da-f-]{36}@example\.ru$/)
  })

  it('names the person where that is asked for', async () => {
    server.mails.length = 0
    const { relay, passUntil } = await startWith({ personal: true })
    const lead = inventLead()
    await postLead(relay, lead)
    await passUntil(() => server.mails.length > 0)
    const { text } = readMail(server.mails[0]?.source ?? '')
    expect(text).toContain('Имя: Примеров Иван')
    expect(text).toContain(`Телефон: ${lead.values.phone}`)
  })

  it('is sent again with the same Message-ID when its answer is lost, and when the server is away', async () => {
    server.mails.length = 0
    const { relay, pass, passUntil } = await startWith()
    server.answer({ end: undefined })
    await postLead(relay, inventLead())
    await passUntil(() => server.mails.length === 1)
    await server.stop()
    await pass(12)
    await server.restart()
    server.answer({ end: '451 Later' })
    await passUntil(() => server.mails.length === 2)
    server.answer({ end: '250 OK' })
    await passUntil(() => server.mails.length === 3)
    await pass(60)
    expect(server.mails).toHaveLength(3)
    expect(new Set(server.mails.map(({ source }) => readMail(source).id)).size).toBe(1)
  })

  it('that the server refuses for good is given up, and the log says so without a sentence of the server', async () => {
    server.mails.length = 0
    const { relay, passUntil, lines } = await startWith({ name: 'mail' })
    server.answer({ recipient: '550 No mailbox one@example.ru' })
    await postLead(relay, inventLead())
    await passUntil(() => lines.some(({ level }) => level === 'error'))
    server.answer({ end: '250 OK' })
    expect(server.mails).toHaveLength(0)
    expect(lines.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({
        facts: expect.objectContaining({ receiver: 'mail', reason: 'status 550 after RCPT TO' }),
      }),
    ])
  })

  it('does not leave for a mail server of a private network unless that is permitted', async () => {
    server.mails.length = 0
    const { relay, passUntil, lines } = await startWith({ email: { ...email, allowPrivate: false } })
    await postLead(relay, inventLead())
    await passUntil(() => lines.some(({ level }) => level === 'warning'))
    expect(server.mails).toHaveLength(0)
    expect(lines.find(({ level }) => level === 'warning')?.facts).toMatchObject({
      reason: expect.stringContaining('private network'),
    })
  })
})
