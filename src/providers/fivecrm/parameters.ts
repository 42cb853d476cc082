import { addYears, moscowDate, parseCalendarDate } from '../../lead/calendar-date.ts'
import type { CanonicalName } from '../../lead/values.ts'
import { addressLine, addressNames } from '../address-line.ts'
import { fullName } from '../full-name.ts'
import { loanNote, noteNames } from '../loan-note.ts'
import type { MaybeWire, Parameter } from '../parameter.ts'
import type { ProviderContext } from '../provider.ts'
import type { FiveCrmConfig, FiveCrmMethod } from './config.ts'

type Row = Parameter<FiveCrmConfig>
type Rows = (config: FiveCrmConfig) => readonly Row[]

/** The document's parameters of the chosen method, but for the token. The passport has none, and is not sent. */
export function fiveCrmParameters(config: FiveCrmConfig): readonly Row[] {
  return tables[config.method](config)
}

const longest = 255
const names = ['lastName', 'firstName', 'middleName'] as const
const utm = ['utm_source', 'utm_campaign', 'utm_medium', 'utm_term', 'utm_content'] as const

const form: Rows = ({ description }) => [
  // The document gives no limit here.
  worked('url', [], ({ lead }) => withoutQuery(lead.page.url)),
  text('email', 'email'),
  text('phone', 'phone'),
  person('name'),
  ...marks,
  { path: 'sum', type: 'integer', from: { value: 'amount' } },
  note('description', 500, description, ['amount', ...utm]),
  own('guid'),
  own('gaid'),
]

const deal: Rows = ({ name, description }) => [
  id('stage_id', 'stageId'),
  id('funnel_id', 'funnelId'),
  id('author_id', 'authorId'),
  id('manager_id', 'managerId'),
  id('status_id', 'statusId'),
  id('type_id', 'typeId'),
  id('source_id', 'sourceId'),
  titled(name),
  { path: 'sum', type: 'integer', from: { value: 'amount' } },
  { path: 'sum_original', type: 'integer', from: 'fields' },
  note('description', 500, description, ['amount', 'comment', ...utm]),
  ...marks,
  {
    ...worked('website', [], ({ lead }) => withoutQuery(lead.page.url)),
    max: longest,
    shorten: cut,
  },
  text('comment', 'comment'),
  own('gaid'),
  text('email', 'email'),
  text('phone', 'phone'),
  person('client_name'),
  ...Array.from({ length: 50 }, (_, index) => custom(`f_${index + 1}`)),
]

const contact: Rows = () => [
  text('name', 'firstName'),
  text('surname', 'lastName'),
  text('middlename', 'middleName'),
  text('phone', 'phone'),
  text('phone_second', 'homePhone'),
  text('email', 'email'),
  text('email_second', 'emailSecond'),
  text('position', 'jobPosition'),
  own('website'),
  id('company_id', 'companyId'),
  id('manager_id', 'managerId'),
  id('author_id', 'authorId'),
  ...marks,
  own('gaid'),
  own('guid'),
  own('fax'),
  own('skype'),
  own('icq'),
  { ...worked('age', ['birthDate'], age), max: longest },
  own('vk'),
  own('fb'),
  own('linkedin'),
  own('map_position'),
  own('country'),
  {
    ...worked('city', ['residenceCity', 'registrationCity', 'city'], ({ lead: { values } }) =>
      [values.residenceCity, values.registrationCity, values.city].find(Boolean),
    ),
    max: longest,
  },
  {
    ...worked('address', [...addressNames('residence'), ...addressNames('registration')], ({ lead }) =>
      [addressLine(lead.values, 'residence'), addressLine(lead.values, 'registration')].find(Boolean),
    ),
    max: longest,
  },
  own('metro'),
]

const company: Rows = ({ name }) => [
  name === undefined
    ? {
        ...worked(
          'name',
          ['jobPlace', ...names],
          ({ lead: { values } }) => values.jobPlace ?? fullName(values),
        ),
        max: longest,
        option: 'name',
      }
    : titled(name),
  text('phone', 'phone'),
  text('email', 'email'),
  text('city', 'city'),
  own('website'),
  id('manager_id', 'managerId'),
  id('author_id', 'authorId'),
]

const task: Rows = ({ name, description, dateExpired }) => [
  id('manager_id', 'managerId'),
  id('author_id', 'authorId'),
  id('type_id', 'typeId'),
  id('status_id', 'statusId'),
  id('priority_id', 'priorityId'),
  titled(name),
  note('description', 1000, description, []),
  {
    path: 'date_expired',
    type: 'string',
    from: dateExpired === undefined ? 'fields' : { template: dateExpired },
    option: 'dateExpired',
  },
  id('estimate_hour', 'estimateHour'),
  id('estimate_minute', 'estimateMinute'),
  id('estimate_day', 'estimateDay'),
]

const tables: Readonly<Record<FiveCrmMethod, Rows>> = { form, deal, contact, company, task }

const marks = utm.map((mark): Row => ({
  path: mark,
  type: 'string',
  max: longest,
  from: { mark },
  shorten: cut,
}))

function text(path: string, value: CanonicalName): Row {
  return { path, type: 'string', max: longest, from: { value } }
}

/** Nothing of a lead; for the rules of an operator. */
function own(path: string): Row {
  return { path, type: 'string', max: longest, from: 'fields' }
}

function custom(path: string): Row {
  return { path, type: 'string', max: longest, from: { value: `custom.${path}` } }
}

function id(path: string, option: keyof FiveCrmConfig): Row {
  return { path, type: 'integer', from: { option } }
}

function person(path: string): Row {
  return { ...worked(path, names, ({ lead }) => fullName(lead.values)), max: longest }
}

/** What the CRM's people see in their lists. */
function titled(template = 'Заявка: {lastName} {firstName} {middleName}'): Row {
  return { path: 'name', type: 'string', max: longest, from: { template }, option: 'name' }
}

function note(path: string, max: number, template: string | undefined, except: readonly string[]): Row {
  const of = noteNames.filter((name) => !except.includes(name))
  const from: Row['from'] =
    template === undefined ? { of, read: ({ lead }) => loanNote(lead, { except, max }) } : { template }
  return { path, type: 'string', max, from, option: 'description' }
}

function worked(
  path: string,
  of: readonly CanonicalName[],
  read: (context: ProviderContext) => MaybeWire,
): Row {
  return { path, type: 'string', from: { of, read } }
}

/** Whole years on the day of receipt. */
function age({ lead: { values, receivedAt } }: ProviderContext): string | undefined {
  const birthDate = parseCalendarDate(values.birthDate ?? '')
  if (birthDate === undefined) return undefined
  const today = moscowDate(receivedAt)
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return String(addYears(birthDate, years) > today ? years - 1 : years)
}

function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/s, '')
}

function cut(value: string, max: number): string {
  return value.slice(0, max)
}
