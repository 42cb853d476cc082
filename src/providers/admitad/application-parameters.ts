import { formatRussianDate, moscowDate } from '../../lead/calendar-date.ts'
import type { CanonicalName, LeadValue } from '../../lead/values.ts'
import type { MaybeWire, Parameter } from '../parameter.ts'
import type { ProviderContext } from '../provider.ts'
import { textOf } from '../write-parameters.ts'
import { abbreviate } from './abbreviate.ts'
import type { AdmitadConfig, MappedName } from './config.ts'
import { passportExpiration } from './passport-expiration.ts'
import { words } from './words.ts'

type Row = Parameter<AdmitadConfig>

/** The parameters of an application, as the document lists them under "Параметры заявки". */
export const applicationParameters: readonly Row[] = [
  text('first_name', 'firstName', 100),
  text('last_name', 'lastName', 100),
  text('middle_name', 'middleName', 100),
  date('birth_date', 'birthDate'),
  text('birth_place', 'birthPlace', 100),
  mapped('gender', 'gender', 50),
  text('mobile_phone', 'phone', 32),
  text('phone', 'homePhone', 32),
  mapped('occupation', 'employment', 100, words.occupation),
  date('work_date', 'jobStartDate'),
  { ...text('work_salary', 'jobIncome', 12), type: 'decimal' },
  text('work_organization', 'jobPlace', 100),
  workAddress(),
  text('work_phone', 'jobPhone', 32),
  text('work_occupation', 'jobPosition', 100),
  mapped('work_region_name', 'jobRegion', 50),
  text('work_city_name', 'jobCity', 50),
  { ...text('work_street', 'jobStreet', 50), shorten: abbreviate },
  { ...text('work_house', 'jobHouse', 10), shorten: abbreviate },
  text('email', 'email', 75),
  text('inn', 'inn', 16),
  passportNumber(),
  date('passport_date', 'passportIssuedDate'),
  expirationDate(),
  { ...text('passport_title', 'passportIssuedBy', 100), shorten: abbreviate },
  ...address('fact', 'residence'),
  ...address('reg', 'registration'),
  mapped('overdue_loans', 'creditHistory', 50, words.overdue_loans),
  { ...text('credit_sum', 'amount', 12), type: 'decimal' },
  { path: 'credit_days', type: 'integer', from: { value: 'termDays' } },
  mapped('credit_purpose', 'purpose', 300),
  text('time_for_call', 'callTime', 300),
  // The document's own spelling.
  text('guarator', 'guarantorName', 100),
  mapped('guarantor_type', 'guarantorType', 100),
  text('guarantor_phone', 'guarantorPhone', 32),
  mapped('product_type', 'productType', 50),
  {
    path: 'personal_data_agent',
    type: 'string',
    max: 300,
    option: 'personalDataAgent',
    from: { of: [], read: ({ lead }, { personalDataAgent }) => personalDataAgent ?? siteOf(lead.page.url) },
  },
  {
    path: 'application_received_date_by_client',
    type: 'date',
    option: 'receivedDate',
    from: { of: [], read: receivedDate },
  },
  mark('subid', 'channel', 50),
  mark('subid1', 'subId1', 50),
  mark('subid2', 'subId2', 50),
  mark('subid3', 'subId3', 50),
  mark('subid4', 'subId4', 120),
]

function text(path: string, value: CanonicalName, max: number): Row {
  return { path, type: 'string', max, from: { value } }
}

function date(path: string, value: CanonicalName): Row {
  return { path, type: 'date', from: { value } }
}

/** A parameter whose values are the campaigns' own: by the destination's map, else in plain words, else as it is. */
function mapped(
  path: MappedName,
  value: CanonicalName,
  max: number,
  plain: Readonly<Record<string, string>> = {},
): Row {
  const write = (given: LeadValue, { valueMaps }: AdmitadConfig): MaybeWire => {
    const key = String(given)
    const map = valueMaps[path] ?? {}
    const found = Object.hasOwn(map, key) ? map[key] : Object.hasOwn(plain, key) ? plain[key] : given
    return found === undefined ? undefined : textOf(found)
  }
  return { path, type: 'string', max, from: { value }, write }
}

function address(prefix: 'fact' | 'reg', canonical: 'residence' | 'registration'): readonly Row[] {
  return [
    mapped(`${prefix}_region_name`, `${canonical}Region`, 50),
    text(`${prefix}_city_name`, `${canonical}City`, 50),
    { ...text(`${prefix}_street`, `${canonical}Street`, 50), shorten: abbreviate },
    { ...text(`${prefix}_house`, `${canonical}House`, 10), shorten: abbreviate },
    { ...text(`${prefix}_housing`, `${canonical}Housing`, 10), shorten: abbreviate },
    text(`${prefix}_flat`, `${canonical}Apartment`, 10),
  ]
}

function workAddress(): Row {
  const of = ['jobAddress', 'jobCity', 'jobStreet', 'jobHouse', 'jobHousing'] as const
  return {
    path: 'work_address',
    type: 'string',
    max: 100,
    shorten: abbreviate,
    from: {
      of,
      read: ({ lead: { values } }) => {
        const { jobAddress, jobHousing, ...rest } = values
        const housing = jobHousing === undefined ? undefined : `корп. ${jobHousing}`
        const parts = [rest.jobCity, rest.jobStreet, rest.jobHouse, housing]
        return jobAddress ?? parts.filter((part) => part !== undefined).join(', ')
      },
    },
  }
}

function passportNumber(): Row {
  return {
    path: 'passport_cn',
    type: 'string',
    max: 16,
    from: {
      of: ['passportSeries', 'passportNumber'],
      read: ({ lead: { values } }) =>
        values.passportSeries === undefined || values.passportNumber === undefined
          ? undefined
          : values.passportSeries + values.passportNumber,
    },
  }
}

/** No Russian passport has such a date: sent if it was asked for, or worked out where a campaign insists on it. */
function expirationDate(): Row {
  return {
    path: 'passport_expiration_date',
    type: 'date',
    asks: 'passportIssuedDate',
    from: {
      of: ['passportExpirationDate', 'birthDate', 'passportIssuedDate'],
      read: ({ lead: { values }, campaignSettings }) => {
        const insists = campaignSettings?.some(
          ({ name, required }) => required && name === 'passport_expiration_date',
        )
        const day = values.passportExpirationDate ?? (insists ? passportExpiration(values) : undefined)
        return day && formatRussianDate(day)
      },
    },
  }
}

function receivedDate(
  { lead }: ProviderContext,
  { receivedDate: wanted, consent }: AdmitadConfig,
): MaybeWire {
  if (wanted === false) return undefined
  const receipt = lead.consents.find(({ id }) => id === consent)
  const accepted = wanted === 'receipt' ? lead.receivedAt : new Date(receipt?.acceptedAt ?? Number.NaN)
  // A clock may be wrong by anything, and the calendar here has only years of four digits.
  const isDay = accepted.getTime() > 0 && accepted.getTime() < Date.UTC(9999, 0)
  return isDay ? formatRussianDate(moscowDate(accepted)) : undefined
}

/** Marks may not hold "%00", in no disguise. */
function mark(path: string, name: string, max: number): Row {
  return {
    path,
    type: 'string',
    max,
    from: { mark: name },
    write: (value) => withoutNull(textOf(value)),
    shorten: (long, limit) => withoutNull(long.slice(0, limit)),
  }
}

function withoutNull(value: string): string {
  const cleaned = value.replace(/%00|\0/g, '')
  return cleaned === value ? value : withoutNull(cleaned)
}

function siteOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host.slice(0, 300) : undefined
}
