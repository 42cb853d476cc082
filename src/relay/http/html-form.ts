import { createHash } from 'node:crypto'
import { parseText } from '../../fields/field-kind.ts'
import { isFieldName, kindOf, spreadValue } from '../../fields/fields.ts'
import { findFieldDefinition, type FormDefinition } from '../../form/definition.ts'
import { formatMoscowIsoTime } from '../../lead/calendar-date.ts'
import type { FormConfig } from '../config/form-config.ts'

/** What a page's plain form may name besides fields and consents. */
const attributionName = /^(?:channel|subId[1-5]|utm_\w+|yclid|gclid|rb_clickid|admitad_uid|erid)$/

/**
 * Reads what a plain HTML form has sent (`application/x-www-form-urlencoded`), for pages where no script runs: inputs
 * under the names of fields, typed as people type; boxes under `consent.<id>`; marks of the traffic. The result is a
 * candidate for `parseLead`. The same answers on the same day are the same lead, however often the button was pressed.
 */
export function parseHtmlForm(
  body: string,
  formId: string,
  { definition }: FormConfig,
  { now, page }: { readonly now: Date; readonly page: string },
): unknown {
  const given = [...new URLSearchParams(body)].filter(([, text]) => text.trim() !== '')
  const ticked = new Set(given.flatMap(([name]) => (name.startsWith('consent.') ? [name.slice(8)] : [])))
  const acceptedAt = formatMoscowIsoTime(now)
  const values = Object.fromEntries(
    given
      .filter(([name]) => !name.startsWith('consent.') && !attributionName.test(name))
      .flatMap(([name, text]) => Object.entries(parseFieldText(name, text, definition))),
  )
  const identity = createHash('sha256')
    .update(JSON.stringify([formId, acceptedAt.slice(0, 10), Object.entries(values).toSorted(compareNames)]))
    .digest()
  return {
    ...deriveIdentity(identity),
    values,
    consents: definition.consents
      .filter(({ id }) => ticked.has(id))
      .map(({ id, documentUrl, version }) => ({ id, documentUrl, version, acceptedAt })),
    attribution: Object.fromEntries(given.filter(([name]) => attributionName.test(name))),
    page: { url: page, startedAt: acceptedAt, submittedAt: acceptedAt },
    widget: 'plain',
  }
}

/** A text under its canonical names; what is no value goes on in its usual form, for the check to say what is wrong. */
function parseFieldText(name: string, text: string, definition: FormDefinition): object {
  if (!isFieldName(name)) return { [name]: text }
  const kind = kindOf({ name, options: findFieldDefinition(definition, name)?.options })
  // What a ticked box sends, whatever its value.
  const typed = kind.control === 'flag' ? 'да' : text
  const read = parseText(kind, typed)
  if (read && 'value' in read) return spreadValue(name, read.value)
  const usual = kind.normalise(typed)
  return { [name]: typeof usual === 'string' ? usual : text }
}

function compareNames([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** A UUID of version 8 (RFC 9562: the maker's own bits) and a key. */
function deriveIdentity(hash: Buffer): { readonly id: string; readonly key: string } {
  const hex = hash.toString('hex')
  const variant = '89ab'.charAt((hash[8] ?? 0) & 3)
  return {
    id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    key: hash.subarray(16).toString('base64url'),
  }
}
