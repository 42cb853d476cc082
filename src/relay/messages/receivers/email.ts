import { isIP } from 'node:net'
import type * as nodemailer from 'nodemailer'
import { resolvePublicAddress } from '../../destinations/public-fetch.ts'
import { describeNotices } from '../describe-notice.ts'
import type { OutgoingMessage, MessageReceiver, SendDeps, MessageResult, Subscription } from '../receiver.ts'

/** The package that sends mail. It is installed only where e-mails are configured. */
export interface Mailer {
  createTransport(options: nodemailer.SMTPTransportOptions): nodemailer.Transporter
}

/** Loads the package; `undefined` if it is not installed. */
export async function loadMailer(): Promise<Mailer | undefined> {
  try {
    return await import('nodemailer')
  } catch {
    return undefined
  }
}

/** Mailboxes that get notifications. */
export interface EmailOptions {
  /** The address of the mail server with its user and password. Secret. */
  readonly smtp: string
  readonly from: string
  readonly to: readonly string[]
  readonly allowPrivate: boolean
  readonly isPersonal: boolean
}

/** Time limits of the mail server, in milliseconds. The last one is for the whole message. */
const connectMs = 10_000
const silenceMs = 20_000
const totalMs = 40_000

/** Creates a receiver of plain e-mails. */
export function createEmailReceiver(
  subscription: Subscription,
  options: EmailOptions,
  mailer: Mailer,
): MessageReceiver {
  return {
    ...subscription,
    channel: 'email',
    hasDigests: true,
    // A repetition has the same Message-ID.
    repeats: true,
    concurrency: 1,
    send: (message, deps) => sendMail(mailer, options, message, deps),
  }
}

async function sendMail(
  mailer: Mailer,
  options: EmailOptions,
  { id, notices }: OutgoingMessage,
  { publicUrl }: SendDeps,
): Promise<MessageResult> {
  const { from, to, isPersonal } = options
  const { title, lines } = describeNotices(notices, { publicUrl, isPersonal })
  let transport: nodemailer.Transporter
  try {
    transport = await openTransport(mailer, options)
  } catch (error) {
    const { refusal = 'the name of the mail server cannot be resolved' }: { readonly refusal?: string } =
      Object(error)
    return { result: 'retry', reason: refusal }
  }
  const timeout = AbortSignal.timeout(totalMs)
  const silent = new Promise<MessageResult>((resolve) => {
    timeout.addEventListener('abort', () => resolve({ result: 'unanswered', reason: 'no answer: timeout' }))
  })
  const sent = transport
    .sendMail({
      from,
      to: [...to],
      subject: title,
      text: `${[title, '', ...lines].join('\n')}\n`,
      messageId: `<${id}@${domainOf(from)}>`,
      // Mail that a program sends gets no automatic answers.
      headers: { 'auto-submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    .then((): MessageResult => ({ result: 'sent' }), readMailError)
  try {
    return await Promise.race([sent, silent])
  } finally {
    transport.close()
  }
}

async function openTransport(
  { createTransport }: Mailer,
  { smtp, allowPrivate }: EmailOptions,
): Promise<nodemailer.Transporter> {
  const url = new URL(smtp)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'smtps:'
  // The address that has been checked is the one that is connected to.
  const address = allowPrivate ? host : await resolvePublicAddress(host)
  return createTransport({
    host: address,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    // A password does not leave this machine in plain text, apart from private networks.
    requireTLS: !secure && !allowPrivate,
    ...(isIP(host) === 0 ? { tls: { servername: host } } : {}),
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
  })
}

/** Reads why a message was not sent. Sentences of servers may repeat the password or a mailbox, and are left out. */
function readMailError(error: unknown): MessageResult {
  const { responseCode, code, command, originalCode }: Readonly<Record<string, unknown>> = Object(error)
  // Nothing was sent before the connection was encrypted.
  if (code === 'ETLS') return { result: 'retry', reason: noEncryption }
  if (typeof originalCode === 'string' && certificateProblem.test(originalCode))
    return { result: 'retry', reason: describeCertificateProblem(originalCode) }
  const at = typeof command === 'string' ? ` after ${command}` : ''
  if (typeof responseCode === 'number') {
    return { result: responseCode >= 500 ? 'rejected' : 'retry', reason: `status ${responseCode}${at}` }
  }
  const reason = `no answer: ${typeof code === 'string' ? code : 'an error'}${at}`
  return { result: command === 'CONN' ? 'retry' : 'unanswered', reason }
}

/** Codes of Node and OpenSSL for certificates. */
const certificateProblem = /CERT|ISSUER|SIGNATURE|CRL/

const noEncryption =
  'the mail server does not encrypt by STARTTLS: give the address of another one, or "smtps://" if it encrypts from the beginning'

function describeCertificateProblem(code: string): string {
  const advice =
    code === 'ERR_TLS_CERT_ALTNAME_INVALID'
      ? 'it is for another name than that in "smtp"'
      : code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID'
        ? 'renew it, and look whether the clock of this machine is right'
        : 'if an authority of your own has issued it, name the file of that authority in NODE_EXTRA_CA_CERTS'
  return `the certificate of the mail server is refused (${code}): ${advice}`
}

function domainOf(mailbox: string): string {
  return /@([^\s<>@]+?)>?\s*$/.exec(mailbox)?.[1] ?? 'anketa'
}
