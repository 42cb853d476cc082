import { readFileSync } from 'node:fs'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import nodemailer from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmailReceiver, type Mailer } from '../../../src/relay/messages/receivers/email.ts'
import { startMailServer } from '../support/messages/mail-server.ts'
import { startTime } from '../support/messages/receivers.ts'

const read = (name: string) =>
  readFileSync(new URL(`../../fixtures/mail-server/${name}.pem`, import.meta.url), 'utf8')
/** A certificate for mail.example.ru and localhost that no authority has issued, and its key. */
const certificate = read('cert')

let encrypting: Awaited<ReturnType<typeof startMailServer>>
let plain: Awaited<ReturnType<typeof startMailServer>>
beforeAll(async () => {
  encrypting = await startMailServer({ key: read('key'), cert: certificate })
  plain = await startMailServer()
})
afterAll(async () => {
  await encrypting.stop()
  await plain.stop()
})

/** Sends a mail to a server on this machine, as if it had a public address. */
async function send(url: string, { servername = 'mail.example.ru', allowPrivate = false } = {}) {
  const { port } = new URL(url)
  return sendBy(`smtp://user:secret-of-a-mailbox@8.8.8.8:${port}`, allowPrivate, {
    createTransport: (options) =>
      nodemailer.createTransport({ ...options, host: '127.0.0.1', port: Number(port), tls: { servername } }),
  })
}

function sendBy(smtp: string, allowPrivate: boolean, mailer: Mailer) {
  const receiver = createEmailReceiver(
    { key: 'mail', kind: 'notification', on: new Set(['new'] as const) },
    {
      smtp,
      from: 'leads@example.ru',
      to: ['duty@example.ru'],
      allowPrivate,
      isPersonal: false,
    },
    mailer,
  )
  const notice = {
    lead: '0199a2c4-0000-7000-8000-000000000000',
    form: 'main',
    event: 'new',
    details: {},
  } as const
  const message = {
    id: '0199a2c4-0000-7000-8000-000000000001',
    notices: [{ ...notice, createdAt: new Date(startTime), values: {}, attribution: {} }],
  }
  const none = () => Promise.reject(new Error('not called'))
  return receiver.send(message, { fetch: none, publicFetch: none, now: () => startTime })
}

describe('a mail server with STARTTLS', () => {
  it('whose certificate nobody has issued gets nothing, and the reason says what to do', async () => {
    expect(await send(encrypting.url)).toEqual({
      result: 'retry',
      reason:
        'the certificate of the mail server is refused (DEPTH_ZERO_SELF_SIGNED_CERT): if an authority of your own has issued it, name the file of that authority in NODE_EXTRA_CA_CERTS',
    })
    // Nor where plain text is permitted.
    expect(await send(encrypting.url, { allowPrivate: true })).toMatchObject({ result: 'retry' })
    expect(encrypting.mails).toEqual([])
  })

  it('gets the mail encrypted if its certificate is for its name, by a trusted authority', async () => {
    const usual = getCACertificates('default')
    setDefaultCACertificates([...usual, certificate])
    try {
      expect(await send(encrypting.url, { servername: 'other.example.ru' })).toEqual({
        result: 'retry',
        reason:
          'the certificate of the mail server is refused (ERR_TLS_CERT_ALTNAME_INVALID): it is for another name than that in "smtp"',
      })
      expect(encrypting.mails).toEqual([])
      expect(await send(encrypting.url)).toEqual({ result: 'sent' })
      // The name in the certificate is compared with that of the address.
      const byName = encrypting.url.replace('127.0.0.1', 'localhost')
      expect(await sendBy(byName, true, nodemailer)).toEqual({ result: 'sent' })
    } finally {
      setDefaultCACertificates(usual)
    }
    const mail = { recipients: ['duty@example.ru'], isEncrypted: true }
    expect(encrypting.mails).toMatchObject([mail, mail])
  })
})

it('a mail server without STARTTLS gets nothing unless that is permitted', async () => {
  expect(await send(plain.url)).toEqual({
    result: 'retry',
    reason: expect.stringContaining('does not encrypt by STARTTLS'),
  })
  expect(plain.mails).toEqual([])
  expect(await send(plain.url, { allowPrivate: true })).toEqual({ result: 'sent' })
  expect(plain.mails).toMatchObject([{ isEncrypted: false }])
})
