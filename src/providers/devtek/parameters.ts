import { optionParameters } from '../../lead/attribution.ts'
import { formatMoscowDateTime } from '../../lead/calendar-date.ts'
import type { ConsentReceipt, DeliverableLead } from '../../lead/lead.ts'
import type { CanonicalName, LeadValue } from '../../lead/values.ts'
import type { LeadContext } from '../core/context.ts'
import { fillTemplate } from '../core/field-rules.ts'
import { leadFact } from '../core/parameters/lead-facts.ts'
import type { OptionalWireValue, Parameter } from '../core/parameter.ts'
import { stripQuery } from '../core/url.ts'
import { formatText, truncate } from '../core/write-parameters.ts'
import type { DevtekConfig } from './config.ts'

const mobilePhone = { matches: /^\+79\d{9}$/, expected: 'a mobile phone, +79xxxxxxxxx' } as const

const mainParameters: readonly Parameter<DevtekConfig>[] = [
  { ...textParameter('main.last_name', 'lastName'), required: true, format: formatName },
  { ...textParameter('main.first_name', 'firstName'), required: true, format: formatName },
  {
    path: 'main.middle_name',
    type: 'string',
    max: 255,
    required: true,
    formField: 'middleName',
    option: 'noPatronymic',
    from: { inputs: ['middleName', 'noMiddleName'], compute: computeMiddleName },
  },
  { ...textParameter('main.birthday', 'birthDate'), type: 'date', required: true },
  { ...textParameter('main.phone', 'phone'), pattern: mobilePhone, required: true },
  textParameter('main.email', 'email'),
  // A place that was typed and not chosen has no code; its names are sent instead.
  {
    ...textParameter('main.kladr', 'cityKladr', 13),
    pattern: { matches: /^\d{13}$/, expected: 'a KLADR code of 13 digits' },
    required: true,
    formField: 'city',
  },
  { ...textParameter('main.amount', 'amount', 10), type: 'integer', required: true },
  { ...textParameter('main.credit_history', 'creditHistory', 1), type: 'integer', values: [1, 2, 3, 4, 5] },
]

/**
 * The consent to processing: when it was given (by the receiver's clock, in Moscow time), on which page, to which text.
 */
const consentParameters: readonly Parameter<DevtekConfig>[] = [
  consentParameter('main.sopd_date', ({ receivedAt }) => formatMoscowDateTime(receivedAt)),
  {
    ...consentParameter('main.sopd_site', ({ page }) => stripQuery(page.url)),
    shorten: truncate,
  },
  consentParameter('main.sopd_general', (_, { documentUrl }) => documentUrl),
  {
    path: 'main.sopd_signed',
    type: 'string',
    max: 255,
    option: 'signedConsentUrl',
    from: { inputs: [], compute: computeSignedConsentUrl },
  },
]

const attributionParameters = optionParameters.map((name): Parameter<DevtekConfig> => ({
  path: `main.${name.replace('subId', 'sub_id')}`,
  type: 'string',
  max: 255,
  from: { attribution: name },
  shorten: truncate,
}))

const detailedParameters: readonly Parameter<DevtekConfig>[] = [
  { ...textParameter('detailed.passport_series', 'passportSeries'), pattern: digits(4) },
  { ...textParameter('detailed.passport_number', 'passportNumber'), pattern: digits(6) },
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
  { ...textParameter('detailed.deposit', 'deposit', 1), type: 'integer', values: [1, 2, 3, 4, 5, 6, 7, 8] },
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
  // Devtek accepts experience of one month or more.
  {
    ...textParameter('job.experience', 'jobExperienceMonths', 10),
    type: 'integer',
    format: (value) => (Number(value) > 0 ? Number(value) : undefined),
  },
  { ...textParameter('job.phone', 'jobPhone', 12), pattern: mobilePhone, format: formatMobilePhone },
  { ...textParameter('job.employment', 'employment'), type: 'integer', values: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
  textParameter('job.position', 'jobPosition'),
]

/** The caller's own credentials. Rules of `fields` cannot change them. */
export const devtekReservedParameters: readonly Parameter<DevtekConfig>[] = [
  { path: 'id_webmaster', type: 'integer', required: true, from: { option: 'idWebmaster' } },
  { path: 'token', type: 'string', max: 32, required: true, from: { option: 'token' } },
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
 * Known from the public SDK only: if the code of a place is unknown, its id in Devtek's own lists is sent, or its name,
 * under the same keys.
 */
const placeParameters: readonly Parameter<DevtekConfig>[] = [
  placeParameter('main.registration_region', 'regionId', 'region'),
  placeParameter('main.registration_city', 'cityId', 'city'),
]

/** Every parameter of a lead's `data`. */
export const devtekParameters: readonly Parameter<DevtekConfig>[] = [
  ...documentedParameters,
  ...placeParameters,
]

function digits(count: number): NonNullable<Parameter<DevtekConfig>['pattern']> {
  return { matches: new RegExp(`^\\d{${count}}$`), expected: `${count} digits` }
}

function textParameter(path: string, value: CanonicalName, max = 255): Parameter<DevtekConfig> {
  return { path, type: 'string', max, from: { value } }
}

function consentParameter(
  path: string,
  format: (lead: DeliverableLead, receipt: ConsentReceipt) => string,
): Parameter<DevtekConfig> {
  const compute = ({ lead }: LeadContext): string | undefined => {
    const processing = lead.consents.find(({ id }) => id === 'processing')
    return processing && format(lead, processing)
  }
  return { path, type: 'string', max: 255, from: { inputs: [], compute } }
}

function placeParameter(path: string, id: CanonicalName, name: CanonicalName): Parameter<DevtekConfig> {
  const compute = ({ lead: { values } }: LeadContext): OptionalWireValue => {
    if (values.cityKladr !== undefined) return undefined
    const listId = /^devtek:(\d{1,10})$/.exec(String(values[id]))?.[1]
    if (listId !== undefined) return Number(listId)
    const typedName = values[name]
    return typeof typedName === 'string' ? typedName.trim() : undefined
  }
  return { path, type: 'string', max: 255, undocumented: true, from: { inputs: [id, name], compute } }
}

/** Devtek accepts letters, hyphens and spaces in names: apostrophes are dropped. */
function formatName(value: LeadValue): OptionalWireValue {
  return formatText(value).replaceAll("'", '')
}

function computeMiddleName(
  { lead: { values } }: LeadContext,
  { noPatronymic = 'Нет' }: DevtekConfig,
): OptionalWireValue {
  if (values.middleName !== undefined) return formatName(values.middleName)
  return values.noMiddleName && noPatronymic !== false ? noPatronymic : undefined
}

function computeSignedConsentUrl(
  context: LeadContext,
  { signedConsentUrl }: DevtekConfig,
): OptionalWireValue {
  if (context.signedConsentUrl !== undefined) return context.signedConsentUrl
  return (
    signedConsentUrl &&
    fillTemplate(signedConsentUrl, (name) => encodeURIComponent(leadFact(name, context) ?? ''))
  )
}

/** Devtek takes only mobile numbers as work phones, 12 characters: a landline is not sent. */
function formatMobilePhone(value: LeadValue): OptionalWireValue {
  return /^\+79\d{9}$/.test(String(value)) ? String(value) : undefined
}
