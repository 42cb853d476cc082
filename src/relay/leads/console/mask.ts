import type { LeadValue, LeadValues } from '../../../lead/values.ts'

/** What an operator sees of every lead: it tells of the loan and of nobody in particular. */
const clearNames: ReadonlySet<string> = new Set([
  'amount',
  'termDays',
  'productType',
  'creditHistory',
  'deposit',
  'employment',
  'region',
  'regionId',
])

const phonePattern = /^\+7\d{10}$/
const datePattern = /^\d{4}-\d{2}-\d{2}$/
const emailPattern = /^[^@]+@[^@]+$/

/** The names by which people are called: their first and last letters are left. */
const personNames: ReadonlySet<string> = new Set(['lastName', 'firstName', 'middleName', 'guarantorName'])

/** Masks a value for people: `+7 900 ***-**-01`, `И…в`, `i***@e***.ru`, `1990-**-**`. */
export function maskValue(name: string, value: LeadValue): LeadValue {
  if (clearNames.has(name) || typeof value === 'boolean') return value
  if (typeof value === 'number') return '***'
  if (phonePattern.test(value)) return `+7 ${value.slice(2, 5)} ***-**-${value.slice(-2)}`
  return maskText(name, value)
}

/** Masks a value so that an adapter still reads its form: a phone keeps its length, a date its order. */
function maskForAdapter(name: string, value: LeadValue): LeadValue {
  const isPhone = typeof value === 'string' && phonePattern.test(value)
  return isPhone ? `${value.slice(0, 5)}*****${value.slice(-2)}` : maskValue(name, value)
}

function maskText(name: string, value: string): string {
  if (value === '') return ''
  if (datePattern.test(value)) return `${value.slice(0, 4)}-**-**`
  if (emailPattern.test(value)) return maskEmail(value)
  return personNames.has(name) ? maskName(value) : '***'
}

function maskName(name: string): string {
  const letters = Array.from(name)
  if (letters.length < 2) return '…'
  return letters.length < 4 ? `${letters[0] ?? ''}…` : `${letters[0] ?? ''}…${letters.at(-1) ?? ''}`
}

function maskEmail(address: string): string {
  const [user = '', host = ''] = address.split('@')
  const zone = /\.[a-zа-яё]{2,6}$/i.exec(host)?.[0] ?? ''
  return `${user.slice(0, 1)}***@${host.slice(0, 1)}***${zone}`
}

/** Masks the values of a lead for people. */
export function maskValues(values: LeadValues): Readonly<Record<string, LeadValue>> {
  return mapValues(values, maskValue)
}

/** Masks the values of a lead for an adapter, which then builds a request without anything personal in it. */
export function maskValuesForAdapter(values: LeadValues): LeadValues {
  return Object(mapValues(values, maskForAdapter))
}

function mapValues(
  values: LeadValues,
  mask: (name: string, value: LeadValue) => LeadValue,
): Readonly<Record<string, LeadValue>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, mask(name, value)]],
    ),
  )
}

/** The person of a lead in one line: `И…в И., +7 900 ***-**-01`; empty without a name and a phone. */
export function maskPerson({ lastName = '', firstName = '', phone = '' }: LeadValues): string {
  const [initial = '', ...others] = Array.from(firstName)
  const given = firstName === '' ? '' : `${others.length === 0 ? '…' : initial}.`
  const name = [lastName === '' ? '' : maskName(lastName), given].filter(Boolean).join(' ')
  return [name, phone === '' ? '' : String(maskValue('phone', phone))].filter(Boolean).join(', ')
}

/** Digits of a value that may be written with other signs between them. */
const separators = '[\\s().,/+_-]*'

/**
 * Creates a function that hides the values of a lead in a text that came from outside: a provider's sentence may quote
 * them, in another spelling. Phones and e-mail addresses of other people are hidden, too.
 */
export function createTextMasker(revisions: readonly LeadValues[]): (text: string) => string {
  const patterns = revisions.flatMap((values) =>
    Object.entries(values).flatMap(([name, value]) =>
      clearNames.has(name) || value === undefined || typeof value === 'boolean'
        ? []
        : spellings(String(value)),
    ),
  )
  // The longest first, so that no part of a value is left over.
  const sources = [...new Set(patterns)].toSorted((one, other) => other.length - one.length)
  const values = sources.length === 0 ? undefined : new RegExp(sources.join('|'), 'giu')
  return (text) => {
    const masked = values ? text.replace(values, '***') : text
    return masked
      .replace(/[^\s@<>"'=:;,]+@[^\s@<>"'=:;,]+\.[\p{L}\d-]+/gu, '***')
      .replace(/(?<!\d)(?:\+?7|8)?[\s(-]*9\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/g, '***')
  }
}

/** Regular expressions of the ways in which a value may be quoted. */
function spellings(value: string): readonly string[] {
  const text = value.trim()
  if (text === '') return []
  const digits = text.replace(/\D/g, '')
  const isNumeric = digits.length >= 4 && !/\p{L}/u.test(text)
  if (isNumeric) return [numberPattern(phonePattern.test(text) ? digits.slice(1) : digits), ...dates(text)]
  const encoded = [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)].map(escapePattern)
  const words = text.split(/[\s,]+/).filter((word) => Array.from(word).length >= 3)
  // A text of one or two letters is a part of many words.
  const whole = (source: string): string => `(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`
  return [...new Set([...encoded, ...words.map(escapePattern)])].map(whole)
}

function dates(text: string): readonly string[] {
  if (!datePattern.test(text)) return []
  const [year = '', month = '', day = ''] = text.split('-')
  return [numberPattern(`${day}${month}${year}`)]
}

function numberPattern(digits: string): string {
  return `(?<!\\d)(?:[78]${separators})?${Array.from(digits).join(separators)}(?!\\d)`
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
