import { isUtf8 } from 'node:buffer'
import { parseText } from '../../../fields/field-kind.ts'
import { isFieldName, kindOf, spreadValue } from '../../../fields/fields.ts'
import { findFieldDefinition, type FormDefinition } from '../../../form/definition.ts'
import { isAttributionParameter } from '../../../lead/attribution.ts'
import { formatMoscowIsoTime } from '../../../lead/calendar-date.ts'
import type { FormConfig } from '../../config/form-config.ts'
import { hiddenFieldName } from '../protection/parse-lead-guards.ts'
import { deriveHtmlFormIdentity } from './html-form-identity.ts'

/**
 * Converts the body of a plain HTML form (`application/x-www-form-urlencoded`) into a candidate for `parseLead`, for
 * pages that run no script. Inputs are named by their fields and hold text as typed; checkboxes of consents are named
 * `consent.<id>`; attribution parameters keep their names. Id and key are derived from the values and the Moscow date
 * with the relays' secret.
 */
export function parseHtmlForm(
  body: Uint8Array,
  formId: string,
  { definition }: FormConfig,
  { now, page, secret }: { readonly now: Date; readonly page: string; readonly secret: string },
): unknown {
  const inputs = parseUrlEncoded(body).filter(
    ([name, text]) => text.trim() !== '' && name !== hiddenFieldName,
  )
  const consentIds = new Set(
    inputs.flatMap(([name]) => (name.startsWith('consent.') ? [name.slice('consent.'.length)] : [])),
  )
  const acceptedAt = formatMoscowIsoTime(now)
  const values = Object.fromEntries(
    inputs
      .filter(([name]) => !name.startsWith('consent.') && !isAttributionParameter(name))
      .flatMap(([name, text]) => Object.entries(parseFieldText(name, text, definition))),
  )
  const content = JSON.stringify([
    formId,
    acceptedAt.slice(0, 10),
    Object.entries(values).toSorted(compareNames),
  ])
  return {
    ...deriveHtmlFormIdentity(secret, content),
    values,
    consents: definition.consents
      .filter(({ id }) => consentIds.has(id))
      .map(({ id, documentUrl, version }) => ({ id, documentUrl, version, acceptedAt })),
    attribution: Object.fromEntries(inputs.filter(([name]) => isAttributionParameter(name))),
    page: { url: page, startedAt: acceptedAt, submittedAt: acceptedAt },
    widget: 'plain',
  }
}

/** The text in the field of a plain HTML form that no person sees; `undefined` if it was not sent. */
export function readHtmlHiddenField(body: Uint8Array): string | undefined {
  return parseUrlEncoded(body).find(([name]) => name === hiddenFieldName)?.[1]
}

/**
 * The names and texts of a urlencoded body. A form on a page in windows-1251 sends that encoding, and a character that it
 * has not as `&#…;`.
 */
function parseUrlEncoded(body: Uint8Array): readonly (readonly [string, string])[] {
  const pairs = Buffer.from(body)
    .toString('latin1')
    .split('&')
    .map((pair) => /^([^=]*)=?(.*)$/s.exec(pair)?.slice(1).map(decodePercents) ?? [])
  const isInUtf8 = pairs.flat().every(isUtf8)
  const decode = (bytes: Uint8Array = new Uint8Array()): string =>
    isInUtf8
      ? new TextDecoder().decode(bytes)
      : new TextDecoder('windows-1251')
          .decode(bytes)
          .replace(/&#(\d{1,7});/g, (reference, code: string) =>
            Number(code) <= 0x10_ff_ff ? String.fromCodePoint(Number(code)) : reference,
          )
  return pairs.map(([name, text]) => [decode(name), decode(text)] as const)
}

function decodePercents(text: string): Uint8Array {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}

/** The canonical values of a field's text. A text that is not a valid value is kept, normalized, for validation to report. */
function parseFieldText(name: string, text: string, definition: FormDefinition): object {
  if (!isFieldName(name)) return { [name]: text }
  const kind = kindOf({ name, options: findFieldDefinition(definition, name)?.options })
  // Browsers send a checkbox only if it is checked, with any value.
  const typed = kind.control === 'flag' ? 'да' : text
  const parsed = parseText(kind, typed)
  if (parsed && 'value' in parsed) return spreadValue(name, parsed.value)
  const normalized = kind.normalize(typed)
  return { [name]: typeof normalized === 'string' ? normalized : text }
}

function compareNames([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0
}
