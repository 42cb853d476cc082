import { maxLength, pipe, regex, string } from 'valibot'
import type { FieldKind } from './field-kind.ts'

const local = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'

/** An e-mail address in ASCII, at most 254 characters (RFC 5321); a Russian domain stands in its xn-- form. */
export const email: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'email', autoComplete: 'email', autoCapitalize: 'none', spellCheck: false },
  schema: pipe(
    string('email-format'),
    maxLength(254, 'email-length'),
    regex(new RegExp(`^${local}@(?:${label}\\.)+(?=.*[A-Za-z])${label}$`), 'email-format'),
  ),
  normalise: (text) => text.replace(/\p{Cf}/gu, '').replace(/^\s*(?:mailto:)?|\s+$/g, ''),
  format: (address) => address,
}
