import {
  check,
  type InferOutput,
  maxLength,
  object,
  optional,
  picklist,
  pipe,
  safeParse,
  strictObject,
  string,
  transform,
} from 'valibot'
import { isCalendarDate, isIsoMoment } from '../../../../lead/calendar-date.ts'
import { formatIssues } from '../../../../form/format-issues.ts'
import { parseLeadNumber } from '../../../leads/console/parse-lead-number.ts'
import { parseJson } from '../../../../providers/core/json.ts'
import { filterableParameters } from '../../../database/schema/console-steps.ts'
import { type ContactHasher, normalizePersonName } from '../../../database/encryption/key-ring.ts'
import type { LeadListFilter, ListPosition } from '../../../leads/console/lead-filter.ts'

/** The statuses that a lead can have. */
export const leadStatuses = [
  'partial',
  'queued',
  'verification',
  'invalid',
  'uncertain',
  'accepted',
  'duplicate',
  'declined',
  'failed',
  'stored',
] as const

const text = pipe(string(), maxLength(500, 'at most 500 characters'))

const momentSchema = pipe(
  text,
  check(
    (moment) => isCalendarDate(moment) || isIsoMoment(moment),
    'a day that exists, 2026-11-29, or a moment, 2026-11-29T10:00:00Z',
  ),
)

const attributionSchema = pipe(
  text,
  check(
    (pair) => parseAttribution(pair) !== undefined,
    `a name and a value, utm_source:yandex; names: ${filterableParameters.join(', ')}`,
  ),
)

/** The filters of lists and of exports. */
const filterEntries = {
  form: optional(text),
  status: optional(picklist(leadStatuses, 'the status of a lead')),
  destination: optional(text),
  from: optional(momentSchema),
  to: optional(momentSchema),
  attribution: optional(attributionSchema),
  number: optional(
    pipe(
      text,
      check((number) => parseLeadNumber(number) !== undefined, 'the number of a lead, A-7K3F'),
    ),
  ),
}

const cursorSchema = pipe(
  text,
  transform(parseCursor),
  check((position) => position !== undefined, 'the "next" of another answer'),
)

const listSchema = strictObject({ ...filterEntries, cursor: optional(cursorSchema) })
// `session`: a file that the browser loads comes without a header. The access to the routes checks it.
const exportSchema = strictObject({ ...filterEntries, session: optional(text) })
const searchSchema = strictObject({
  ...filterEntries,
  cursor: optional(cursorSchema),
  phone: optional(text),
  email: optional(text),
  name: optional(text),
})

/** A request for a list: which leads, and where the page begins. */
export interface ListRequest {
  readonly filter: LeadListFilter
  readonly after: ListPosition | undefined
  /** The filters without personal values, for the audit log. */
  readonly described: Readonly<Record<string, string>>
}

/** A request, or what is wrong with it. */
export type ParsedRequest = ListRequest | { readonly problem: string }

/** Parses the query of a list. */
export function parseListQuery(query: URLSearchParams): ParsedRequest {
  const result = safeParse(listSchema, Object.fromEntries(query))
  if (!result.success) return { problem: formatIssues(listSchema, result.issues).join('; ') }
  return { ...toRequest(result.output), after: result.output.cursor }
}

/** Parses the query of an export. */
export function parseExportQuery(query: URLSearchParams): ParsedRequest {
  const result = safeParse(exportSchema, Object.fromEntries(query))
  if (!result.success) return { problem: formatIssues(exportSchema, result.issues).join('; ') }
  return { ...toRequest(result.output), after: undefined }
}

/** Parses the body of a search. */
export function parseSearch(body: string, contacts: ContactHasher): ParsedRequest {
  const json = parseJson(body)
  if (!safeParse(object({}), json).success) return { problem: 'the body: expected a JSON object' }
  const result = safeParse(searchSchema, json)
  if (!result.success) return { problem: formatIssues(searchSchema, result.issues).join('; ') }
  const { phone, email, name, number, cursor, ...others } = result.output
  const given = [phone, email, name, number].filter((sought) => sought !== undefined)
  if (given.length !== 1) return { problem: 'expected exactly one of phone, email, name, number' }
  const { filter, described } = toRequest({ ...others, number })
  const kinds = Object.entries({ phone, email, name, number }).find(([, sought]) => sought !== undefined)
  const by = { by: kinds?.[0] ?? '' }
  if (phone !== undefined) {
    if (phone.replace(/\D/g, '').length < 10) return { problem: 'phone: expected a phone with 10 digits' }
    return found({ ...filter, contactHash: contacts.hash('phone', phone) })
  }
  if (email !== undefined) {
    if (!email.includes('@')) return { problem: 'email: expected an e-mail address' }
    return found({ ...filter, contactHash: contacts.hash('email', email) })
  }
  if (name !== undefined) {
    const [last = '', ...beginnings] = name.trim().split(/\s+/)
    if (last === '') return { problem: 'name: expected a last name' }
    return found({
      ...filter,
      name: { hash: contacts.hash('name', last), others: beginnings.slice(0, 2).map(normalizePersonName) },
    })
  }
  return found(filter)

  function found(sought: LeadListFilter): ListRequest {
    return { filter: sought, after: cursor, described: { ...described, ...by } }
  }
}

type FilterTexts = Omit<InferOutput<typeof exportSchema>, never>

function toRequest({ form, status, destination, from, to, attribution, number }: FilterTexts) {
  const texts = { form, status, destination, from, to, attribution, number }
  return {
    filter: {
      form,
      status,
      destination,
      from: from === undefined ? undefined : startOf(from),
      before: to === undefined ? undefined : endOf(to),
      attribution: attribution === undefined ? undefined : parseAttribution(attribution),
      number: number === undefined ? undefined : parseLeadNumber(number),
    },
    described: Object.fromEntries(
      Object.entries(texts).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
  }
}

function startOf(moment: string): Date {
  return new Date(isDay(moment) ? `${moment}T00:00:00+03:00` : moment)
}

function endOf(moment: string): Date {
  const start = startOf(moment)
  return isDay(moment) ? new Date(start.getTime() + 24 * 3600 * 1000) : start
}

function isDay(moment: string): boolean {
  return !moment.includes('T')
}

function parseAttribution(pair: string): LeadListFilter['attribution'] {
  const end = pair.indexOf(':')
  const name = filterableParameters.find((known) => known === pair.slice(0, end))
  return name === undefined || pair.length === end + 1 ? undefined : { name, value: pair.slice(end + 1) }
}

/** The `cursor` of the page that begins after a place. */
export function formatCursor({ at, number }: ListPosition): string {
  return Buffer.from(JSON.stringify([at, number])).toString('base64url')
}

const cursorTimePattern = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2}){0,2}$/

function parseCursor(cursor: string): ListPosition | undefined {
  const parsed = parseJson(Buffer.from(cursor, 'base64url').toString())
  const [at, number]: readonly unknown[] = Array.isArray(parsed) ? parsed : []
  if (typeof at !== 'string' || !cursorTimePattern.test(at) || Number.isNaN(Date.parse(at))) return undefined
  return typeof number === 'string' && /^\d{1,18}$/.test(number) ? { at, number } : undefined
}
