import { maxLength, pipe, regex, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { narrowText } from '../text/plain-text.ts'

const localPart = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
const domainLabel = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const emailPattern = new RegExp(`^${localPart}@(?:${domainLabel}\\.)+(?=.*[A-Za-z])(?=..)${domainLabel}$`)

/**
 * An e-mail address in ASCII, at most 254 characters (RFC 5321); an internationalised domain in its xn-- form. A top
 * domain has at least two characters.
 */
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
  format: (address) => address,
}
