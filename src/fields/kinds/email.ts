import { maxLength, pipe, regex, string } from 'valibot'
import { editDistance } from '../text/edit-distance.ts'
import type { FieldKind } from '../field-kind.ts'
import { narrowText } from '../text/plain-text.ts'

const localPart = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
const domainLabel = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const emailPattern = new RegExp(`^${localPart}@(?:${domainLabel}\\.)+(?=.*[A-Za-z])${domainLabel}$`)

/** An e-mail address in ASCII, at most 254 characters (RFC 5321); an internationalised domain in its xn-- form. */
export const email: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'email', autoComplete: 'email', autoCapitalize: 'none', spellCheck: false },
  schema: pipe(
    string('email-format'),
    // Length first: matching the pattern against a very long text would take seconds.
    maxLength(254, 'email-length'),
    regex(emailPattern, 'email-format'),
  ),
  normalize: (text) =>
    narrowText(text)
      .replace(/[\u2010\u2011]/g, '-')
      // An address book writes "Anna <anna@example.ru>". A keyboard puts a stop after a word.
      .replace(/^[^<>]*<([^<>]*)>[\s.,;]*$/, '$1')
      .trim()
      .replace(/^mailto:|[.,;]{1,3}$/gi, ''),
  suggest: suggestEmail,
  format: (address) => address,
}

/** Mail services that a mistyped domain probably means. */
const knownMailServices = [
  'gmail.com',
  'yandex.ru',
  'mail.ru',
  'rambler.ru',
  'inbox.ru',
  'icloud.com',
  'outlook.com',
  'hotmail.com',
]

/** The address with a known service's domain, if that is one edit away. */
function suggestEmail(text: string): string | undefined {
  const [, local, written = ''] = /^(.{1,64})@(.{1,20})$/.exec(text.trim()) ?? []
  const domain = written.toLowerCase()
  const meant =
    domain === 'gmail.ru'
      ? 'gmail.com'
      : knownMailServices.find((service) => editDistance(domain, service) === 1)
  const address = `${local}@${meant}`
  return meant === undefined || knownMailServices.includes(domain) || !emailPattern.test(address)
    ? undefined
    : address
}
