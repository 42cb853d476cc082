import {
  type InferOutput,
  integer,
  minLength,
  number,
  object,
  optional,
  pipe,
  safeParse,
  string,
  union,
  unknown,
  url,
  literal,
} from 'valibot'
import type { FieldIssue } from '../lead/issue.ts'
import type { ConsentReceipt, DeliverableLead } from '../lead/lead.ts'
import { moscowDateTime } from '../lead/moscow-time.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { CanonicalName, LeadValue } from '../lead/values.ts'
import { cities, regions } from './devtek-places.ts'
import { fieldRules } from './field-rules.ts'
import { nest } from './nest.ts'
import type { MaybeWire, Parameter } from './parameter.ts'
import { parseJson } from './parse-json.ts'
import type { HttpResult, Operation, Provider, ProviderContext } from './provider.ts'
import { quote } from './quote.ts'
import { enteredAs, textOf, writeParameters } from './write-parameters.ts'

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
  /** Link to a signed consent, a PDF that is served to Devtek only. */
  signedConsentUrl: optional(pipe(string(), url('an address, https://…'))),
  fields: optional(fieldRules),
})

/** Options of a Devtek destination. */
export type DevtekConfig = InferOutput<typeof config>

const values: readonly Parameter<DevtekConfig>[] = [
  { ...text('main.last_name', 'lastName'), required: true, write: nameText },
  { ...text('main.first_name', 'firstName'), required: true, write: nameText },
  {
    path: 'main.middle_name',
    type: 'string',
    max: 255,
    required: true,
    asks: 'middleName',
    from: { of: ['middleName', 'noMiddleName'], read: patronymic },
  },
  { ...text('main.birthday', 'birthDate'), type: 'date', required: true },
  { ...text('main.phone', 'phone'), required: true },
  text('main.email', 'email'),
  // A place that is typed, and not chosen, has no code; its names are sent instead.
  { ...text('main.kladr', 'cityKladr', 13), required: true, asks: 'city' },
  { ...text('main.amount', 'amount', 10), type: 'integer', required: true },
  { ...text('main.credit_history', 'creditHistory', 1), type: 'integer' },
]

/** The consent to processing: when it was left (by the receiver's clock, Moscow time), where, and under which text. */
const consent: readonly Parameter<DevtekConfig>[] = [
  consented('main.sopd_date', ({ receivedAt }) => moscowDateTime(receivedAt)),
  { ...consented('main.sopd_site', ({ page }) => page.url.replace(/[?#].*$/s, '')), shorten: cut },
  consented('main.sopd_general', (_, { documentUrl }) => documentUrl),
  { path: 'main.sopd_signed', type: 'string', max: 255, from: { option: 'signedConsentUrl' } },
]

const marks = ['channel', 'subId1', 'subId2', 'subId3', 'subId4', 'subId5'].map(
  (mark): Parameter<DevtekConfig> => ({
    path: `main.${mark.replace('subId', 'sub_id')}`,
    type: 'string',
    max: 255,
    from: { mark },
    shorten: cut,
  }),
)

const detailed: readonly Parameter<DevtekConfig>[] = [
  text('detailed.passport_series', 'passportSeries'),
  text('detailed.passport_number', 'passportNumber'),
  { ...text('detailed.passport_issued_date', 'passportIssuedDate'), type: 'date' },
  text('detailed.passport_issued', 'passportIssuedBy'),
  text('detailed.passport_issued_code', 'passportIssuedCode'),
  text('detailed.registration_region', 'registrationRegion'),
  text('detailed.registration_city', 'registrationCity'),
  text('detailed.registration_index', 'registrationIndex'),
  text('detailed.registration_street', 'registrationStreet'),
  text('detailed.registration_street_kladr', 'registrationStreetKladr'),
  text('detailed.registration_city_kladr', 'registrationCityKladr'),
  text('detailed.registration_region_kladr', 'registrationRegionKladr'),
  text('detailed.registration_house', 'registrationHouse'),
  text('detailed.registration_house_kladr', 'registrationHouseKladr'),
  text('detailed.registration_housing', 'registrationHousing'),
  text('detailed.registration_housing_kladr', 'registrationHousingKladr'),
  text('detailed.registration_apartment', 'registrationApartment'),
  { ...text('detailed.deposit', 'deposit', 1), type: 'integer' },
]

const job: readonly Parameter<DevtekConfig>[] = [
  text('job.region', 'jobRegion'),
  text('job.city', 'jobCity'),
  text('job.street', 'jobStreet'),
  text('job.house', 'jobHouse'),
  text('job.housing', 'jobHousing'),
  text('job.region_kladr', 'jobRegionKladr'),
  text('job.city_kladr', 'jobCityKladr'),
  text('job.street_kladr', 'jobStreetKladr'),
  text('job.place', 'jobPlace'),
  { ...text('job.monthly_income', 'jobIncome', 10), type: 'integer' },
  // Devtek counts experience from one month on.
  {
    ...text('job.experience', 'jobExperienceMonths', 10),
    type: 'integer',
    write: (value) => (Number(value) > 0 ? Number(value) : undefined),
  },
  { ...text('job.phone', 'jobPhone', 12), write: mobile },
  { ...text('job.employment', 'employment'), type: 'integer' },
  text('job.position', 'jobPosition'),
]

/** The document's parameters: https://devtek.io/docs/guide, "new-lead". */
const documented: readonly Parameter<DevtekConfig>[] = [...values, ...consent, ...marks, ...detailed, ...job]

/**
 * What the document does not tell, but the public SDK: where the code of a place is not known, the ids of Devtek's own
 * lists stand for it, or the names, under the same keys.
 */
const placeRows: readonly Parameter<DevtekConfig>[] = [
  place('main.registration_region', 'regionId', 'region'),
  place('main.registration_city', 'cityId', 'city'),
]

const create: Operation<DevtekConfig> = {
  // A repeat of a lead that had arrived is answered "Lead duplicate", which then counts as accepted.
  retry: 'safe',

  request(options, context) {
    const { baseUrl, idWebmaster, token } = options
    const data = nest(writeParameters([...documented, ...placeRows], options, context))
    return {
      method: 'POST',
      // The slash matters: without it the server redirects, and a redirected POST becomes a GET.
      url: `${baseUrl.replace(/\/+$/, '')}/new-lead/`,
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      body: JSON.stringify({ id_webmaster: idWebmaster, token, data: { main: {}, ...data } }),
    }
  },

  outcome,
}

/** Devtek, a buyer of loan leads. Contract: https://devtek.io/docs/guide and the public PHP SDK. */
export const devtek: Provider<DevtekConfig> = {
  name: 'devtek',
  config,
  secrets: ['token'],
  identity: ['idWebmaster'],
  access: [
    { path: 'id_webmaster', type: 'integer', required: true, from: { option: 'idWebmaster' } },
    { path: 'token', type: 'string', max: 32, required: true, from: { option: 'token' } },
  ],
  parameters: () => [...documented, ...placeRows],
  operations: { create, regions, cities },
}

const answerSchema = object({
  result: string(),
  data: optional(unknown()),
  errors: optional(unknown()),
})
const acceptedSchema = object({ id_lead: union([number(), string()]) })

function outcome(result: HttpResult, options: DevtekConfig, context: ProviderContext): Outcome {
  if ('failure' in result) {
    return { outcome: 'unavailable', reason: `no answer: ${result.failure}`, mayHaveArrived: result.sent }
  }
  const { status } = result
  // The body first, at any status: "bad" comes with 200 and with 4xx.
  const answer = safeParse(answerSchema, parseJson(result.body))
  if (answer.success && answer.output.result === 'ok') {
    const accepted = safeParse(acceptedSchema, answer.output.data)
    return accepted.success
      ? { outcome: 'accepted', providerId: quote(String(accepted.output.id_lead), [options.token]) }
      : { outcome: 'accepted' }
  }
  if (status >= 500) return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: true }
  const bad = answer.success && answer.output.result === 'bad'
  const documented = bad ? refusal(messages(answer.output.errors), options, context) : undefined
  if (documented) return documented
  if (status === 401 || status === 403) return { outcome: 'refused', reason: `status ${status}` }
  if (status === 429 || status === 408) {
    return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: false }
  }
  // Keeping on trying loses nothing, and the operator is told.
  return { outcome: 'unreadable', reason: `status ${status}, not a documented answer`, mayHaveArrived: !bad }
}

/** What the errors of a "bad" say, if any of them is a documented one. */
function refusal(
  errors: readonly string[],
  options: DevtekConfig,
  context: ProviderContext,
): Outcome | undefined {
  if (errors.some((error) => /^lead duplicate$/i.test(error.trim()))) {
    return context.mayHaveArrived ? { outcome: 'accepted' } : { outcome: 'duplicate' }
  }
  const issues: FieldIssue[] = []
  for (const error of errors) {
    const [, wireName, message] = /^Field "([^"]+)" error: (.+)$/su.exec(error.trim()) ?? []
    if (wireName === undefined || message === undefined) continue
    if (wireName === 'token' || wireName === 'id_webmaster') {
      return { outcome: 'refused', reason: `field ${wireName} refused` }
    }
    // The message does not name the section, so what was sent under the name is meant.
    const named = [...documented, ...placeRows].filter(({ path }) => path.endsWith(`.${wireName}`))
    const sent = named.filter((parameter) => writeParameters([parameter], options, context).length > 0)
    const [field] = [...sent, ...named].flatMap((parameter) => enteredAs(parameter, options))
    issues.push({ field: field ?? '', message: quote(message, [options.token]) })
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

function text(path: string, value: CanonicalName, max = 255): Parameter<DevtekConfig> {
  return { path, type: 'string', max, from: { value } }
}

function consented(
  path: string,
  tell: (lead: DeliverableLead, receipt: ConsentReceipt) => string,
): Parameter<DevtekConfig> {
  const read = ({ lead }: ProviderContext): string | undefined => {
    const processing = lead.consents.find(({ id }) => id === 'processing')
    return processing && tell(lead, processing)
  }
  return { path, type: 'string', max: 255, from: { of: [], read } }
}

function place(path: string, id: CanonicalName, name: CanonicalName): Parameter<DevtekConfig> {
  const read = ({ lead: { values: given } }: ProviderContext): MaybeWire => {
    if (given.cityKladr !== undefined) return undefined
    const known = /^devtek:(\d{1,10})$/.exec(String(given[id]))?.[1]
    const typed = given[name]
    return known === undefined ? (typeof typed === 'string' ? typed.trim() : undefined) : Number(known)
  }
  return { path, type: 'string', max: 255, undocumented: true, from: { of: [id, name], read } }
}

/** Devtek's names know letters, hyphens and spaces: an apostrophe is dropped. */
function nameText(value: LeadValue): MaybeWire {
  return textOf(value).replaceAll("'", '')
}

function patronymic({ lead: { values: given } }: ProviderContext, { noPatronymic }: DevtekConfig): MaybeWire {
  if (given.middleName !== undefined) return nameText(given.middleName)
  return given.noMiddleName ? noPatronymic : undefined
}

/** A work phone is a mobile one for Devtek, 12 characters; a landline cannot be sent. */
function mobile(value: LeadValue): MaybeWire {
  return /^\+79\d{9}$/.test(String(value)) ? String(value) : undefined
}

function cut(value: string, max: number): string {
  return value.slice(0, max)
}
