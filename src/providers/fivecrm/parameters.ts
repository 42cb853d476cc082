import { addYears, moscowDate, parseCalendarDate } from '../../lead/calendar-date.ts'
import type { CanonicalName, LeadValues } from '../../lead/values.ts'
import { formatAddress, addressFieldNames } from '../core/parameters/format-address.ts'
import { formatCrmNote, crmNoteFields } from '../core/parameters/crm-note.ts'
import type { OptionalWireValue, Parameter } from '../core/parameter.ts'
import { stripQuery } from '../core/url.ts'
import { truncate } from '../core/write-parameters.ts'
import type { LeadContext } from '../core/context.ts'
import { type FiveCrmConfig, type FiveCrmMethod, fiveCrmMethods } from './config.ts'

type FiveCrmParameter = Parameter<FiveCrmConfig>
type ParameterTable = (config: FiveCrmConfig) => readonly FiveCrmParameter[]

/** The document's parameters of the destination's method, except the token. No method takes the passport. */
export function fiveCrmParameters(config: FiveCrmConfig): readonly FiveCrmParameter[] {
  return parametersByMethod[config.method](config)
}

/** The caller's own credential. Rules of `fields` cannot change it. */
export const fiveCrmReservedParameters: readonly FiveCrmParameter[] = [
  { path: 'public_token', type: 'string', required: true, from: { option: 'publicToken' } },
]

const maxTextLength = 255
const nameFields = ['lastName', 'firstName', 'middleName'] as const
const utmNames = ['utm_source', 'utm_campaign', 'utm_medium', 'utm_term', 'utm_content'] as const

const formParameters: ParameterTable = ({ description }) => [
  // The document gives no limit for this one.
  computedParameter('url', [], ({ lead }) => stripQuery(lead.page.url)),
  textParameter('email', 'email'),
  textParameter('phone', 'phone'),
  fullNameParameter('name'),
  ...utmParameters,
  { path: 'sum', type: 'integer', from: { value: 'amount' } },
  noteParameter('description', 500, description, ['amount', ...utmNames]),
  rulesOnlyParameter('guid'),
  rulesOnlyParameter('gaid'),
  // Known from a public client, which sends the deal's custom fields with a form.
  ...customParameters.map((parameter) => ({ ...parameter, undocumented: true }) as const),
]

const dealParameters: ParameterTable = ({ name, description }) => [
  idParameter('stage_id', 'stageId'),
  idParameter('funnel_id', 'funnelId'),
  idParameter('author_id', 'authorId'),
  idParameter('manager_id', 'managerId'),
  idParameter('status_id', 'statusId'),
  idParameter('type_id', 'typeId'),
  idParameter('source_id', 'sourceId'),
  titleParameter(name),
  { path: 'sum', type: 'integer', from: { value: 'amount' } },
  { path: 'sum_original', type: 'integer', from: 'fields' },
  noteParameter('description', 500, description, ['amount', ...utmNames], { comment: maxTextLength }),
  ...utmParameters,
  {
    ...computedParameter('website', [], ({ lead }) => stripQuery(lead.page.url)),
    max: maxTextLength,
    shorten: truncate,
  },
  // The rest of a longer comment is in the description.
  { ...textParameter('comment', 'comment'), shorten: truncate },
  rulesOnlyParameter('gaid'),
  textParameter('email', 'email'),
  textParameter('phone', 'phone'),
  fullNameParameter('client_name'),
  ...customParameters,
]

const contactMethodParameters: ParameterTable = () => [
  textParameter('name', 'firstName'),
  textParameter('surname', 'lastName'),
  textParameter('middlename', 'middleName'),
  textParameter('phone', 'phone'),
  textParameter('phone_second', 'homePhone'),
  textParameter('email', 'email'),
  textParameter('email_second', 'emailSecond'),
  textParameter('position', 'jobPosition'),
  rulesOnlyParameter('website'),
  idParameter('company_id', 'companyId'),
  idParameter('manager_id', 'managerId'),
  idParameter('author_id', 'authorId'),
  ...utmParameters,
  rulesOnlyParameter('gaid'),
  rulesOnlyParameter('guid'),
  rulesOnlyParameter('fax'),
  rulesOnlyParameter('skype'),
  rulesOnlyParameter('icq'),
  { ...computedParameter('age', ['birthDate'], computeAge), max: maxTextLength },
  rulesOnlyParameter('vk'),
  rulesOnlyParameter('fb'),
  rulesOnlyParameter('linkedin'),
  rulesOnlyParameter('map_position'),
  rulesOnlyParameter('country'),
  {
    ...computedParameter('city', ['residenceCity', 'registrationCity', 'city'], ({ lead: { values } }) =>
      [values.residenceCity, values.registrationCity, values.city].find(Boolean),
    ),
    max: maxTextLength,
  },
  {
    ...computedParameter(
      'address',
      [...addressFieldNames('residence'), ...addressFieldNames('registration')],
      ({ lead }) =>
        [formatAddress(lead.values, 'residence'), formatAddress(lead.values, 'registration')].find(Boolean),
    ),
    max: maxTextLength,
  },
  rulesOnlyParameter('metro'),
]

const companyParameters: ParameterTable = ({ name }) => [
  name === undefined
    ? {
        ...computedParameter(
          'name',
          ['jobPlace', ...nameFields],
          ({ lead: { values } }) => values.jobPlace ?? formatFullName(values),
        ),
        max: maxTextLength,
        option: 'name',
      }
    : titleParameter(name),
  textParameter('phone', 'phone'),
  textParameter('email', 'email'),
  textParameter('city', 'city'),
  rulesOnlyParameter('website'),
  idParameter('manager_id', 'managerId'),
  idParameter('author_id', 'authorId'),
]

const taskParameters: ParameterTable = ({ name, description, dateExpired }) => [
  idParameter('manager_id', 'managerId'),
  idParameter('author_id', 'authorId'),
  idParameter('type_id', 'typeId'),
  idParameter('status_id', 'statusId'),
  idParameter('priority_id', 'priorityId'),
  titleParameter(name),
  noteParameter('description', 1000, description, []),
  {
    path: 'date_expired',
    type: 'string',
    from: dateExpired === undefined ? 'fields' : { template: dateExpired },
    option: 'dateExpired',
  },
  idParameter('estimate_hour', 'estimateHour'),
  idParameter('estimate_minute', 'estimateMinute'),
  idParameter('estimate_day', 'estimateDay'),
]

const parametersByMethod: Readonly<Record<FiveCrmMethod, ParameterTable>> = {
  form: formParameters,
  deal: dealParameters,
  contact: contactMethodParameters,
  company: companyParameters,
  task: taskParameters,
}

const utmParameters = utmNames.map((name): FiveCrmParameter => ({
  path: name,
  type: 'string',
  max: maxTextLength,
  from: { attribution: name },
  shorten: truncate,
}))

const customParameters: readonly FiveCrmParameter[] = Array.from({ length: 50 }, (_, index) => {
  const path = `f_${index + 1}` as const
  return { path, type: 'string', max: maxTextLength, from: { value: `custom.${path}` } }
})

function textParameter(path: string, value: CanonicalName): FiveCrmParameter {
  return { path, type: 'string', max: maxTextLength, from: { value } }
}

/** Has no source in a lead: only a rule of `fields` can fill it. */
function rulesOnlyParameter(path: string): FiveCrmParameter {
  return { path, type: 'string', max: maxTextLength, from: 'fields' }
}

function idParameter(path: string, option: keyof FiveCrmConfig): FiveCrmParameter {
  return { path, type: 'integer', from: { option } }
}

function fullNameParameter(path: string): FiveCrmParameter {
  return {
    ...computedParameter(path, nameFields, ({ lead }) => formatFullName(lead.values)),
    max: maxTextLength,
  }
}

/** The title that the CRM shows in its lists. */
function titleParameter(template = 'Заявка: {lastName} {firstName} {middleName}'): FiveCrmParameter {
  return { path: 'name', type: 'string', max: maxTextLength, from: { template }, option: 'name' }
}

function noteParameter(
  path: string,
  max: number,
  template: string | undefined,
  omit: readonly string[],
  sentElsewhere: Readonly<Record<string, number>> = {},
): FiveCrmParameter {
  const inputs = crmNoteFields.filter((name) => !omit.includes(name))
  const note = { path, type: 'string', max, option: 'description' } as const
  if (template !== undefined) return { ...note, from: { template } }
  return {
    ...note,
    from: { inputs, compute: ({ lead }) => formatCrmNote(lead, { omit, max, sentElsewhere }) },
    whole: ({ lead }) => formatCrmNote(lead, { omit, max: Infinity, sentElsewhere }),
  }
}

function computedParameter(
  path: string,
  inputs: readonly CanonicalName[],
  compute: (context: LeadContext) => OptionalWireValue,
): FiveCrmParameter {
  return { path, type: 'string', from: { inputs, compute } }
}

/** Age in whole years on the day of receipt. */
function computeAge({ lead: { values, receivedAt } }: LeadContext): string | undefined {
  const birthDate = parseCalendarDate(values.birthDate ?? '')
  if (birthDate === undefined) return undefined
  const today = moscowDate(receivedAt)
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return String(addYears(birthDate, years) > today ? years - 1 : years)
}

/** Surname, first name and patronymic as one text; missing ones are left out. */
function formatFullName({ lastName, firstName, middleName }: LeadValues): string {
  return [lastName, firstName, middleName].filter(Boolean).join(' ')
}

/** The options that fill a parameter of another method than the destination's. */
export function findForeignOptions(config: FiveCrmConfig): readonly string[] {
  const own = optionNames(fiveCrmParameters(config))
  return Object.entries(config).flatMap(([name, value]) => {
    if (value === undefined || own.has(name)) return []
    const methods = fiveCrmMethods.filter((method) =>
      optionNames(fiveCrmParameters({ ...config, method })).has(name),
    )
    return methods.length === 0
      ? []
      : [
          `${name}: an option of the method ${methods.join(', ')}, and this destination has "${config.method}"`,
        ]
  })
}

function optionNames(parameters: readonly FiveCrmParameter[]): ReadonlySet<string> {
  return new Set(
    parameters.flatMap(({ from, option }) => [
      ...(option === undefined ? [] : [option]),
      ...(typeof from === 'object' && 'option' in from ? [from.option] : []),
    ]),
  )
}
