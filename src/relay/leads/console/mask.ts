import type { LeadValue, LeadValues } from '../../../lead/values.ts'
import { redactValues } from '../../../providers/core/refusals/redact-values.ts'

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

/** Creates a function that hides the values of a lead in a text that came from outside, in whatever spelling. */
export function createTextMasker(revisions: readonly LeadValues[]): (text: string) => string {
  return (text) => revisions.reduce((masked, values) => redactValues(masked, values), text)
}
