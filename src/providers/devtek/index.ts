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
import type { FieldIssue } from '../../lead/issue.ts'
import type { ConsentReceipt, DeliverableLead } from '../../lead/lead.ts'
import { formatMoscowDateTime } from '../../lead/calendar-date.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { CanonicalName, LeadValue } from '../../lead/values.ts'
import { listCities, listRegions } from './places.ts'
import { fieldRulesSchema } from '../core/field-rules.ts'
import { buildNestedBody } from '../core/nested-body.ts'
import type { OptionalWireValue, Parameter } from '../core/parameter.ts'
import { parseJson } from '../core/json.ts'
import type { Operation, Provider } from '../core/provider.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { redactMessage } from '../core/redact-message.ts'
import { sourceFieldNames, formatText, writeParameters } from '../core/write-parameters.ts'

const devtekConfig = object({
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
  fields: optional(fieldRulesSchema),
})

/** Options of a Devtek destination. */
export type DevtekConfig = InferOutput<typeof devtekConfig>

const mainParameters: readonly Parameter<DevtekConfig>[] = [
  { ...textParameter('main.last_name', 'lastName'), required: true, format: formatName },
  { ...textParameter('main.first_name', 'firstName'), required: true, format: formatName },
  {
    path: 'main.middle_name',
    type: 'string',
    max: 255,
    required: true,
    formField: 'middleName',
    from: { inputs: ['middleName', 'noMiddleName'], compute: computeMiddleName },
  },
  { ...textParameter('main.birthday', 'birthDate'), type: 'date', required: true },
  { ...textParameter('main.phone', 'phone'), required: true },
  textParameter('main.email', 'email'),
  // A place that is typed, and not chosen, has no code; its names are sent instead.
  { ...textParameter('main.kladr', 'cityKladr', 13), required: true, formField: 'city' },
  { ...textParameter('main.amount', 'amount', 10), type: 'integer', required: true },
  { ...textParameter('main.credit_history', 'creditHistory', 1), type: 'integer' },
]

/** The consent to processing: when it was left (by the receiver's clock, Moscow time), where, and under which text. */
const consentParameters: readonly Parameter<DevtekConfig>[] = [
  consentParameter('main.sopd_date', ({ receivedAt }) => formatMoscowDateTime(receivedAt)),
  {
    ...consentParameter('main.sopd_site', ({ page }) => page.url.replace(/[?#].*$/s, '')),
    shorten: truncate,
  },
  consentParameter('main.sopd_general', (_, { documentUrl }) => documentUrl),
  { path: 'main.sopd_signed', type: 'string', max: 255, from: { option: 'signedConsentUrl' } },
]

const attributionParameters = ['channel', 'subId1', 'subId2', 'subId3', 'subId4', 'subId5'].map(
  (mark): Parameter<DevtekConfig> => ({
    path: `main.${mark.replace('subId', 'sub_id')}`,
    type: 'string',
    max: 255,
    from: { mark },
    shorten: truncate,
  }),
)

const detailedParameters: readonly Parameter<DevtekConfig>[] = [
  textParameter('detailed.passport_series', 'passportSeries'),
  textParameter('detailed.passport_number', 'passportNumber'),
  { ...textParameter('detailed.passport_issued_date', 'passportIssuedDate'), type: 'date' },
  textParameter('detailed.passport_issued', 'passportIssuedBy'),
  textParameter('detailed.passport_issued_code', 'passportIssuedCode'),
  textParameter('detailed.registration_region', 'registrationRegion'),
  textParameter('detailed.registration_city', 'registrationCity'),
  textParameter('detailed.registration_index', 'registrationIndex'),
  textParameter('detailed.registration_street', 'registrationStreet'),
  textParameter('detailed.registration_street_kladr', 'registrationStreetKladr'),
  textParameter('detailed.registration_city_kladr', 'registrationCityKladr'),
  textParameter('detailed.registration_region_kladr', 'registrationRegionKladr'),
  textParameter('detailed.registration_house', 'registrationHouse'),
  textParameter('detailed.registration_house_kladr', 'registrationHouseKladr'),
  textParameter('detailed.registration_housing', 'registrationHousing'),
  textParameter('detailed.registration_housing_kladr', 'registrationHousingKladr'),
  textParameter('detailed.registration_apartment', 'registrationApartment'),
  { ...textParameter('detailed.deposit', 'deposit', 1), type: 'integer' },
]

const jobParameters: readonly Parameter<DevtekConfig>[] = [
  textParameter('job.region', 'jobRegion'),
  textParameter('job.city', 'jobCity'),
  textParameter('job.street', 'jobStreet'),
  textParameter('job.house', 'jobHouse'),
  textParameter('job.housing', 'jobHousing'),
  textParameter('job.region_kladr', 'jobRegionKladr'),
  textParameter('job.city_kladr', 'jobCityKladr'),
  textParameter('job.street_kladr', 'jobStreetKladr'),
  textParameter('job.place', 'jobPlace'),
  { ...textParameter('job.monthly_income', 'jobIncome', 10), type: 'integer' },
  // Devtek counts experience from one month on.
  {
    ...textParameter('job.experience', 'jobExperienceMonths', 10),
    type: 'integer',
    format: (value) => (Number(value) > 0 ? Number(value) : undefined),
  },
  { ...textParameter('job.phone', 'jobPhone', 12), format: formatMobilePhone },
  { ...textParameter('job.employment', 'employment'), type: 'integer' },
  textParameter('job.position', 'jobPosition'),
]

/** The document's parameters: https://devtek.io/docs/guide, "new-lead". */
const documentedParameters: readonly Parameter<DevtekConfig>[] = [
  ...mainParameters,
  ...consentParameters,
  ...attributionParameters,
  ...detailedParameters,
  ...jobParameters,
]

/**
 * What the document does not tell, but the public SDK: where the code of a place is not known, the ids of Devtek's own
 * lists stand for it, or the names, under the same keys.
 */
const placeParameters: readonly Parameter<DevtekConfig>[] = [
  placeParameter('main.registration_region', 'regionId', 'region'),
  placeParameter('main.registration_city', 'cityId', 'city'),
]

const createLead: Operation<DevtekConfig> = {
  // A repeat of a lead that had arrived is answered "Lead duplicate", which then counts as accepted.
  retry: 'safe',

  request(options, context) {
    const { baseUrl, idWebmaster, token } = options
    const data = buildNestedBody(
      writeParameters([...documentedParameters, ...placeParameters], options, context),
    )
    return {
      method: 'POST',
      // The slash matters: without it the server redirects, and a redirected POST becomes a GET.
      url: `${baseUrl.replace(/\/+$/, '')}/new-lead/`,
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      body: JSON.stringify({ id_webmaster: idWebmaster, token, data: { main: {}, ...data } }),
    }
  },

  outcome: devtekOutcome,
}

/** Devtek, a buyer of loan leads. Contract: https://devtek.io/docs/guide and the public PHP SDK. */
export const devtek: Provider<DevtekConfig> = {
  name: 'devtek',
  config: devtekConfig,
  secrets: ['token'],
  identity: ['idWebmaster'],
  reservedParameters: [
    { path: 'id_webmaster', type: 'integer', required: true, from: { option: 'idWebmaster' } },
    { path: 'token', type: 'string', max: 32, required: true, from: { option: 'token' } },
  ],
  parameters: () => [...documentedParameters, ...placeParameters],
  operations: { create: createLead, regions: listRegions, cities: listCities },
}

const answerSchema = object({
  result: string(),
  data: optional(unknown()),
  errors: optional(unknown()),
})
const acceptedSchema = object({ id_lead: union([number(), string()]) })

function devtekOutcome(result: HttpResult, options: DevtekConfig, context: LeadContext): Outcome {
  if ('failure' in result) {
    return { outcome: 'unavailable', reason: `no answer: ${result.failure}`, mayHaveArrived: result.sent }
  }
  const { status } = result
  // The body first, at any status: "bad" comes with 200 and with 4xx.
  const answer = safeParse(answerSchema, parseJson(result.body))
  if (answer.success && answer.output.result === 'ok') {
    const accepted = safeParse(acceptedSchema, answer.output.data)
    return accepted.success
      ? { outcome: 'accepted', providerId: redactMessage(String(accepted.output.id_lead), [options.token]) }
      : { outcome: 'accepted' }
  }
  if (status >= 500) return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: true }
  const bad = answer.success && answer.output.result === 'bad'
  const documented = bad ? parseRefusal(collectErrorTexts(answer.output.errors), options, context) : undefined
  if (documented) return documented
  if (status === 401 || status === 403) return { outcome: 'refused', reason: `status ${status}` }
  if (status === 429 || status === 408) {
    return { outcome: 'unavailable', reason: `status ${status}`, mayHaveArrived: false }
  }
  // Keeping on trying loses nothing, and the operator is told.
  return { outcome: 'unreadable', reason: `status ${status}, not a documented answer`, mayHaveArrived: !bad }
}

/** What the errors of a "bad" say, if any of them is a documented one. */
function parseRefusal(
  errors: readonly string[],
  options: DevtekConfig,
  context: LeadContext,
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
    const named = [...documentedParameters, ...placeParameters].filter(({ path }) =>
      path.endsWith(`.${wireName}`),
    )
    const sent = named.filter((parameter) => writeParameters([parameter], options, context).length > 0)
    const [field] = [...sent, ...named].flatMap((parameter) => sourceFieldNames(parameter, options))
    issues.push({ field: field ?? '', message: redactMessage(message, [options.token]) })
  }
  return issues.length > 0 ? { outcome: 'invalid', issues } : undefined
}

/**
 * Devtek's SDK meets errors as strings, as objects with a message, and as lists, which PHP writes as objects when they
 * have gaps. Garbage may be nested without end, so nothing deeper than a few levels is read.
 */
function collectErrorTexts(errors: unknown, levels = 4): readonly string[] {
  if (typeof errors === 'string') return [errors]
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  return Object.values(errors).flatMap((error) => collectErrorTexts(error, levels - 1))
}

function textParameter(path: string, value: CanonicalName, max = 255): Parameter<DevtekConfig> {
  return { path, type: 'string', max, from: { value } }
}

function consentParameter(
  path: string,
  tell: (lead: DeliverableLead, receipt: ConsentReceipt) => string,
): Parameter<DevtekConfig> {
  const compute = ({ lead }: LeadContext): string | undefined => {
    const processing = lead.consents.find(({ id }) => id === 'processing')
    return processing && tell(lead, processing)
  }
  return { path, type: 'string', max: 255, from: { inputs: [], compute } }
}

function placeParameter(path: string, id: CanonicalName, name: CanonicalName): Parameter<DevtekConfig> {
  const compute = ({ lead: { values: given } }: LeadContext): OptionalWireValue => {
    if (given.cityKladr !== undefined) return undefined
    const known = /^devtek:(\d{1,10})$/.exec(String(given[id]))?.[1]
    const typed = given[name]
    return known === undefined ? (typeof typed === 'string' ? typed.trim() : undefined) : Number(known)
  }
  return { path, type: 'string', max: 255, undocumented: true, from: { inputs: [id, name], compute } }
}

/** Devtek's names know letters, hyphens and spaces: an apostrophe is dropped. */
function formatName(value: LeadValue): OptionalWireValue {
  return formatText(value).replaceAll("'", '')
}

function computeMiddleName(
  { lead: { values: given } }: LeadContext,
  { noPatronymic }: DevtekConfig,
): OptionalWireValue {
  if (given.middleName !== undefined) return formatName(given.middleName)
  return given.noMiddleName ? noPatronymic : undefined
}

/** A work phone is a mobile one for Devtek, 12 characters; a landline cannot be sent. */
function formatMobilePhone(value: LeadValue): OptionalWireValue {
  return /^\+79\d{9}$/.test(String(value)) ? String(value) : undefined
}

function truncate(value: string, max: number): string {
  return value.slice(0, max)
}
