import { editDistance } from './edit-distance.ts'
import type { FieldKind } from './field-kind.ts'
import { textCheck } from './text-check.ts'

const local = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const shape = new RegExp(`^${local}@(?:${label}\\.)+(?=.*[A-Za-z])${label}$`)
const longest = 254

/** An e-mail address in ASCII, at most 254 characters (RFC 5321); a Russian domain stands in its xn-- form. */
export const email: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'email', autoComplete: 'email', autoCapitalize: 'none', spellCheck: false },
  check: textCheck(
    'email-format',
    // First: the shape of a text without end would take seconds to look at.
    [(address) => address.length <= longest, 'email-length'],
    [shape, 'email-format'],
  ),
  normalise: (text) =>
    text
      .replace(/\p{Cf}/gu, '')
      .trim()
      .replace(/^mailto:/, ''),
  suggest,
  format: (address) => address,
}

/** Mail services that a slip of the finger is likely to have been meant for. */
const services = [
  'gmail.com',
  'yandex.ru',
  'mail.ru',
  'rambler.ru',
  'inbox.ru',
  'icloud.com',
  'outlook.com',
  'hotmail.com',
]

/** The address at the service that is one slip away. */
function suggest(text: string): string | undefined {
  const [, local, written = ''] = /^(.{1,64})@(.{1,20})$/.exec(text.trim()) ?? []
  const domain = written.toLowerCase()
  const meant =
    domain === 'gmail.ru' ? 'gmail.com' : services.find((service) => editDistance(domain, service) === 1)
  const address = `${local}@${meant}`
  return meant === undefined || services.includes(domain) || !shape.test(address) ? undefined : address
}
