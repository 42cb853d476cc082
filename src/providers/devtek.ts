import {
  integer,
  minLength,
  number,
  object,
  optional,
  parse,
  pipe,
  safeParse,
  string,
  union,
  unknown,
  url,
  literal,
} from 'valibot'
import { formatRussianDate } from '../lead/calendar-date.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { DeliverableLead } from '../lead/lead.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { CanonicalName, LeadValue, LeadValues } from '../lead/values.ts'
import { cities, regions } from './devtek-places.ts'
import type { HttpResult, Operation, Provider, ProviderContext } from './provider.ts'

const config = object({
  provider: optional(literal('devtek')),
  /** Id of the webmaster, from Devtek's administrator. */
  idWebmaster: pipe(number(), integer('a whole number')),
  /** Secret. 32 characters in the document's example. */
  token: pipe(string(), minLength(1, 'a text that is not empty')),
  /** Origin of the API; a sandbox stands in for it here. */
  baseUrl: optional(pipe(string(), url('an address, https://…')), 'https://api.devtek.ru'),
  /** Origin of the lists of regions and cities, where it is another: the document names https://api.devtek.io for them. */
  placesBaseUrl: optional(pipe(string(), url('an address, https://…'))),
  /** What stands for a patronymic that the person does not have; nothing is sent unless given. */
  noPatronymic: optional(string()),
})

/** Options of a Devtek destination. */
export type DevtekConfig = ReturnType<typeof readConfig>

/** Reads a destination's options; throws valibot's error on wrong ones. */
function readConfig(options: unknown) {
  return parse(config, options)
}

type Section = 'main' | 'detailed' | 'job'
type Wire = string | number | undefined

interface Row {
  readonly section: Section
  readonly name: string
  readonly from: CanonicalName
  readonly write: (value: LeadValue) => Wire
}

/** The document's parameters that come from values: https://devtek.io/docs/guide, "new-lead". */
const rows: readonly Row[] = [
  { section: 'main', name: 'last_name', from: 'lastName', write: nameText },
  { section: 'main', name: 'first_name', from: 'firstName', write: nameText },
  { section: 'main', name: 'middle_name', from: 'middleName', write: nameText },
  { section: 'main', name: 'birthday', from: 'birthDate', write: dateText },
  { section: 'main', name: 'phone', from: 'phone', write: text },
  { section: 'main', name: 'email', from: 'email', write: text },
  { section: 'main', name: 'kladr', from: 'cityKladr', write: text },
  { section: 'main', name: 'amount', from: 'amount', write: whole },
  { section: 'main', name: 'credit_history', from: 'creditHistory', write: whole },
  { section: 'detailed', name: 'passport_series', from: 'passportSeries', write: text },
  { section: 'detailed', name: 'passport_number', from: 'passportNumber', write: text },
  { section: 'detailed', name: 'passport_issued_date', from: 'passportIssuedDate', write: dateText },
  { section: 'detailed', name: 'passport_issued', from: 'passportIssuedBy', write: text },
  { section: 'detailed', name: 'passport_issued_code', from: 'passportIssuedCode', write: text },
  { section: 'detailed', name: 'registration_region', from: 'registrationRegion', write: text },
  { section: 'detailed', name: 'registration_city', from: 'registrationCity', write: text },
  { section: 'detailed', name: 'registration_index', from: 'registrationIndex', write: text },
  { section: 'detailed', name: 'registration_street', from: 'registrationStreet', write: text },
  { section: 'detailed', name: 'registration_house', from: 'registrationHouse', write: text },
  { section: 'detailed', name: 'registration_housing', from: 'registrationHousing', write: text },
  { section: 'detailed', name: 'registration_apartment', from: 'registrationApartment', write: text },
  { section: 'detailed', name: 'registration_region_kladr', from: 'registrationRegionKladr', write: text },
  { section: 'detailed', name: 'registration_city_kladr', from: 'registrationCityKladr', write: text },
  { section: 'detailed', name: 'registration_street_kladr', from: 'registrationStreetKladr', write: text },
  { section: 'detailed', name: 'registration_house_kladr', from: 'registrationHouseKladr', write: text },
  { section: 'detailed', name: 'registration_housing_kladr', from: 'registrationHousingKladr', write: text },
  { section: 'detailed', name: 'deposit', from: 'deposit', write: whole },
  { section: 'job', name: 'region', from: 'jobRegion', write: text },
  { section: 'job', name: 'city', from: 'jobCity', write: text },
  { section: 'job', name: 'street', from: 'jobStreet', write: text },
  { section: 'job', name: 'house', from: 'jobHouse', write: text },
  { section: 'job', name: 'housing', from: 'jobHousing', write: text },
  { section: 'job', name: 'region_kladr', from: 'jobRegionKladr', write: text },
  { section: 'job', name: 'city_kladr', from: 'jobCityKladr', write: text },
  { section: 'job', name: 'street_kladr', from: 'jobStreetKladr', write: text },
  { section: 'job', name: 'place', from: 'jobPlace', write: text },
  { section: 'job', name: 'monthly_income', from: 'jobIncome', write: whole },
  { section: 'job', name: 'experience', from: 'jobExperienceMonths', write: months },
  { section: 'job', name: 'phone', from: 'jobPhone', write: mobile },
  { section: 'job', name: 'employment', from: 'employment', write: whole },
  { section: 'job', name: 'position', from: 'jobPosition', write: text },
]

/**
 * What stands in for a code that is not known: the ids of Devtek's own lists or else the names as typed, under the same
 * two keys, as in its SDK.
 */
const placeRows: readonly Row[] = [
  { section: 'main', name: 'registration_region', from: 'region', write: text },
  { section: 'main', name: 'registration_city', from: 'city', write: text },
  { section: 'main', name: 'registration_region', from: 'regionId', write: placeId },
  { section: 'main', name: 'registration_city', from: 'cityId', write: placeId },
]

const marks = ['channel', 'subId1', 'subId2', 'subId3', 'subId4', 'subId5'] as const

const create: Operation<DevtekConfig> = {
  // A repeat of a lead that had arrived is answered "Lead duplicate", which then counts as accepted.
  retry: 'safe',

  request({ baseUrl, idWebmaster, token, noPatronymic }, { lead }) {
    const { values } = lead
    const used = usedRows(values)
    const main: Record<string, Wire> = section('main', used, values)
    if (values.noMiddleName && noPatronymic !== undefined) main['middle_name'] = noPatronymic
    const detailed = withoutEmpty(section('detailed', used, values))
    const job = withoutEmpty(section('job', used, values))
    const data = {
      main: withoutEmpty({ ...main, ...consentFields(lead), ...markFields(lead) }),
      ...(Object.keys(detailed).length > 0 ? { detailed } : {}),
      ...(Object.keys(job).length > 0 ? { job } : {}),
    }
    return {
      method: 'POST',
      // The slash matters: without it the server redirects, and a redirected POST becomes a GET.
      url: `${baseUrl.replace(/\/+$/, '')}/new-lead/`,
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      body: JSON.stringify({ id_webmaster: idWebmaster, token, data }),
    }
  },

  outcome,
}

/** Devtek, a buyer of loan leads. Contract: https://devtek.io/docs/guide and the public PHP SDK. */
export const devtek: Provider<DevtekConfig> = {
  name: 'devtek',
  config,
  // What the document marks as required. A patronymic may be absent, but somebody who has one must be able to give it; a
  // code of the city may be unknown, then the city's id or name stands for it.
  requires: ['lastName', 'firstName', 'middleName', 'birthDate', 'phone', 'city', 'amount'],
  operations: { create, regions, cities },
}

const answerSchema = object({
  result: string(),
  data: optional(unknown()),
  errors: optional(unknown()),
})
const acceptedSchema = object({ id_lead: union([number(), string()]) })

function outcome(result: HttpResult, _config: DevtekConfig, context: ProviderContext): Outcome {
  if ('failure' in result) {
    return { outcome: 'unavailable', reason: `no answer: ${result.failure}`, mayHaveArrived: result.sent }
  }
  const { status } = result
  // The body first, at any status: "bad" comes with 200 and with 4xx.
  const answer = safeParse(answerSchema, parseJson(result.body))
  if (answer.success && answer.output.result === 'ok') {
    const accepted = safeParse(acceptedSchema, answer.output.data)
    return accepted.success
      ? { outcome: 'accepted', providerId: String(accepted.output.id_lead) }
      : { outcome: 'accepted' }
  }
  if (status >= 500) return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: true }
  const bad = answer.success && answer.output.result === 'bad'
  const documented = bad ? refusal(messages(answer.output.errors), context) : undefined
  if (documented) return documented
  if (status === 401 || status === 403) return { outcome: 'refused', reason: `status ${status}` }
  if (status === 429 || status === 408) {
    return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: false }
  }
  // Keeping on trying loses nothing, and the operator is told.
  return { outcome: 'unreadable', reason: `status ${status}, not a documented answer`, mayHaveArrived: !bad }
}

/** What the errors of a "bad" say, if any of them is a documented one. */
function refusal(errors: readonly string[], { mayHaveArrived, lead }: ProviderContext): Outcome | undefined {
  if (errors.some((error) => /^lead duplicate$/i.test(error.trim()))) {
    return mayHaveArrived ? { outcome: 'accepted' } : { outcome: 'duplicate' }
  }
  const issues: FieldIssue[] = []
  for (const error of errors) {
    const [, wireName, message] = /^Field "([^"]+)" error: (.+)$/su.exec(error.trim()) ?? []
    if (wireName === undefined || message === undefined) continue
    if (wireName === 'token' || wireName === 'id_webmaster') {
      return { outcome: 'refused', reason: `field ${wireName} refused` }
    }
    // The message does not name the section, so what was sent under the name is meant.
    const known = usedRows(lead.values).filter(({ name }) => name === wireName)
    const row = known.find(({ from }) => lead.values[from] !== undefined) ?? known[0]
    issues.push({ field: row?.from ?? '', message: message.slice(0, 500) })
  }
  return issues.length > 0 ? { outcome: 'invalid', issues } : undefined
}

/**
 * Devtek's SDK meets errors as strings, as objects with a message, and as lists, which PHP writes as objects when they
 * have gaps. Garbage may be nested without end, so nothing deeper than a few levels is read.
 */
function messages(errors: unknown, levels = 4): readonly string[] {
  if (typeof errors === 'string') return [errors]
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  return Object.values(errors).flatMap((error) => messages(error, levels - 1))
}

/** The rows that a lead is written by. */
function usedRows({ cityKladr }: LeadValues): readonly Row[] {
  return cityKladr === undefined ? [...rows, ...placeRows] : rows
}

function section(wanted: Section, used: readonly Row[], values: LeadValues): Record<string, Wire> {
  return Object.fromEntries(
    used
      .filter((row) => row.section === wanted)
      .flatMap(({ name, from, write }): [string, Wire][] => {
        const value = values[from]
        const written = value === undefined ? undefined : write(value)
        // Nothing to write does not undo what another row has written under the same name.
        return written === undefined ? [] : [[name, written]]
      }),
  )
}

/** The consent to processing: when it was left (by the receiver's clock, Moscow time), where, and under which text. */
function consentFields({ consents, page, receivedAt }: DeliverableLead): Record<string, Wire> {
  const processing = consents.find(({ id }) => id === 'processing')
  if (!processing) return {}
  return {
    sopd_date: moscowDateTime(receivedAt),
    sopd_site: page.url.replace(/[?#].*$/s, '').slice(0, 255),
    sopd_general: processing.documentUrl,
  }
}

function markFields({ attribution }: DeliverableLead): Record<string, Wire> {
  return Object.fromEntries(
    marks.map((mark) => [mark.replace('subId', 'sub_id'), attribution[mark]?.slice(0, 255)]),
  )
}

/** `dd.mm.yyyy HH:MM:SS` in Moscow, +03:00 all year. */
function moscowDateTime(instant: Date): string {
  const [day = '', time = ''] = new Date(instant.getTime() + 3 * 3_600_000).toISOString().split('T')
  return `${formatRussianDate(day)} ${time.slice(0, 8)}`
}

function withoutEmpty(record: Record<string, Wire>): Record<string, Wire> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== ''))
}

function text(value: LeadValue): Wire {
  return String(value).trim().slice(0, 255)
}

/** Devtek's names know letters, hyphens and spaces: an apostrophe is dropped. */
function nameText(value: LeadValue): Wire {
  return String(text(value)).replaceAll("'", '')
}

function dateText(value: LeadValue): Wire {
  return formatRussianDate(String(value))
}

function whole(value: LeadValue): Wire {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

/** Devtek counts experience from one month on. */
function months(value: LeadValue): Wire {
  return value === 0 ? undefined : whole(value)
}

/** A work phone is a mobile one for Devtek, 12 characters; a landline cannot be sent. */
function mobile(value: LeadValue): Wire {
  return /^\+79\d{9}$/.test(String(value)) ? String(value) : undefined
}

/** `devtek:536` to 536; ids of other lists mean nothing to Devtek. */
function placeId(value: LeadValue): Wire {
  const id = /^devtek:(\d{1,10})$/.exec(String(value))?.[1]
  return id === undefined ? undefined : Number(id)
}

function parseJson(body: string): unknown {
  try {
    // A byte order mark is common in PHP answers, and JSON.parse refuses it.
    return JSON.parse(body.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
