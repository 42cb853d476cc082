import {
  addDays,
  addYears,
  type CalendarDate,
  formatRussianDate,
  moscowDate,
  parseCalendarDate,
} from '../../lead/calendar-date.ts'
import type { CanonicalName, LeadValue, LeadValues } from '../../lead/values.ts'
import type { OptionalWireValue, Parameter } from '../core/parameter.ts'
import type { LeadContext } from '../core/context.ts'
import { formatText } from '../core/write-parameters.ts'
import { abbreviate } from './abbreviate.ts'
import type { AdmitadConfig, MappedName } from './config.ts'
/** How long a passport serves after the birthday on which it is to be exchanged (постановление 2267). */
const graceDays = 90

/**
 * The last day of a Russian internal passport, which has none printed: 90 days after the next birthday, 20th or 45th, on
 * which it is to be exchanged. Nothing where the holder's exchanges are over, or the dates are not known.
 */
export function computePassportExpiration({
  birthDate,
  passportIssuedDate,
}: LeadValues): CalendarDate | undefined {
  const birth = parseCalendarDate(String(birthDate))
  const issued = parseCalendarDate(String(passportIssuedDate))
  if (!birth || !issued) return undefined
  const birthday = [20, 45].map((age) => addYears(birth, age)).find((day) => day > issued)
  return birthday && addDays(birthday, graceDays)
}

/**
 * What goes over the wire where the document leaves a parameter to the campaigns and `valueMaps` says nothing: plain
 * words, which cannot be taken for a number of somebody else's list. Keys are canonical values.
 */
export const defaultValueTexts = {
  occupation: {
    1: 'работа по трудовому договору',
    2: 'владелец бизнеса',
    3: 'индивидуальный предприниматель',
    4: 'постоянная работа по найму',
    5: 'государственная служба',
    6: 'не работает',
    7: 'студент',
    8: 'пенсионер',
    9: 'другой постоянный доход',
  },
  overdue_loans: {
    1: 'кредитов не было',
    2: 'без просрочек',
    3: 'были просрочки, закрыты',
    4: 'есть просрочки',
    5: 'долг у коллекторов',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

type ApplicationParameter = Parameter<AdmitadConfig>

/** The parameters of an application, as the document lists them under "Параметры заявки". */
export const applicationParameters: readonly ApplicationParameter[] = [
  textParameter('first_name', 'firstName', 100),
  textParameter('last_name', 'lastName', 100),
  textParameter('middle_name', 'middleName', 100),
  dateParameter('birth_date', 'birthDate'),
  textParameter('birth_place', 'birthPlace', 100),
  mappedParameter('gender', 'gender', 50),
  textParameter('mobile_phone', 'phone', 32),
  textParameter('phone', 'homePhone', 32),
  mappedParameter('occupation', 'employment', 100, defaultValueTexts.occupation),
  dateParameter('work_date', 'jobStartDate'),
  { ...textParameter('work_salary', 'jobIncome', 12), type: 'decimal' },
  textParameter('work_organization', 'jobPlace', 100),
  workAddressParameter(),
  textParameter('work_phone', 'jobPhone', 32),
  textParameter('work_occupation', 'jobPosition', 100),
  mappedParameter('work_region_name', 'jobRegion', 50),
  textParameter('work_city_name', 'jobCity', 50),
  { ...textParameter('work_street', 'jobStreet', 50), shorten: abbreviate },
  { ...textParameter('work_house', 'jobHouse', 10), shorten: abbreviate },
  textParameter('email', 'email', 75),
  textParameter('inn', 'inn', 16),
  passportNumberParameter(),
  dateParameter('passport_date', 'passportIssuedDate'),
  expirationDateParameter(),
  { ...textParameter('passport_title', 'passportIssuedBy', 100), shorten: abbreviate },
  ...addressParameters('fact', 'residence'),
  ...addressParameters('reg', 'registration'),
  mappedParameter('overdue_loans', 'creditHistory', 50, defaultValueTexts.overdue_loans),
  { ...textParameter('credit_sum', 'amount', 12), type: 'decimal' },
  { path: 'credit_days', type: 'integer', from: { value: 'termDays' } },
  mappedParameter('credit_purpose', 'purpose', 300),
  textParameter('time_for_call', 'callTime', 300),
  // The document's own spelling.
  textParameter('guarator', 'guarantorName', 100),
  mappedParameter('guarantor_type', 'guarantorType', 100),
  textParameter('guarantor_phone', 'guarantorPhone', 32),
  mappedParameter('product_type', 'productType', 50),
  {
    path: 'personal_data_agent',
    type: 'string',
    max: 300,
    option: 'personalDataAgent',
    from: {
      inputs: [],
      compute: ({ lead }, { personalDataAgent }) => personalDataAgent ?? parseHost(lead.page.url),
    },
  },
  {
    path: 'application_received_date_by_client',
    type: 'date',
    option: 'receivedDate',
    from: { inputs: [], compute: computeReceivedDate },
  },
  attributionParameter('subid', 'channel', 50),
  attributionParameter('subid1', 'subId1', 50),
  attributionParameter('subid2', 'subId2', 50),
  attributionParameter('subid3', 'subId3', 50),
  attributionParameter('subid4', 'subId4', 120),
]

function textParameter(path: string, value: CanonicalName, max: number): ApplicationParameter {
  return { path, type: 'string', max, from: { value } }
}

function dateParameter(path: string, value: CanonicalName): ApplicationParameter {
  return { path, type: 'date', from: { value } }
}

/** A parameter whose values are the campaigns' own: by the destination's map, else in plain words, else as it is. */
function mappedParameter(
  path: MappedName,
  value: CanonicalName,
  max: number,
  plain: Readonly<Record<string, string>> = {},
): ApplicationParameter {
  const format = (given: LeadValue, { valueMaps }: AdmitadConfig): OptionalWireValue => {
    const key = String(given)
    const map = valueMaps[path] ?? {}
    const found = Object.hasOwn(map, key) ? map[key] : Object.hasOwn(plain, key) ? plain[key] : given
    return found === undefined ? undefined : formatText(found)
  }
  return { path, type: 'string', max, from: { value }, format }
}

function addressParameters(
  prefix: 'fact' | 'reg',
  canonical: 'residence' | 'registration',
): readonly ApplicationParameter[] {
  return [
    mappedParameter(`${prefix}_region_name`, `${canonical}Region`, 50),
    textParameter(`${prefix}_city_name`, `${canonical}City`, 50),
    { ...textParameter(`${prefix}_street`, `${canonical}Street`, 50), shorten: abbreviate },
    { ...textParameter(`${prefix}_house`, `${canonical}House`, 10), shorten: abbreviate },
    { ...textParameter(`${prefix}_housing`, `${canonical}Housing`, 10), shorten: abbreviate },
    textParameter(`${prefix}_flat`, `${canonical}Apartment`, 10),
  ]
}

function workAddressParameter(): ApplicationParameter {
  const inputs = ['jobAddress', 'jobCity', 'jobStreet', 'jobHouse', 'jobHousing'] as const
  return {
    path: 'work_address',
    type: 'string',
    max: 100,
    shorten: abbreviate,
    from: {
      inputs,
      compute: ({ lead: { values } }) => {
        const { jobAddress, jobHousing, ...rest } = values
        const housing = jobHousing === undefined ? undefined : `корп. ${jobHousing}`
        const parts = [rest.jobCity, rest.jobStreet, rest.jobHouse, housing]
        return jobAddress ?? parts.filter((part) => part !== undefined).join(', ')
      },
    },
  }
}

function passportNumberParameter(): ApplicationParameter {
  return {
    path: 'passport_cn',
    type: 'string',
    max: 16,
    from: {
      inputs: ['passportSeries', 'passportNumber'],
      compute: ({ lead: { values } }) =>
        values.passportSeries === undefined || values.passportNumber === undefined
          ? undefined
          : values.passportSeries + values.passportNumber,
    },
  }
}

/** No Russian passport has such a date: sent if it was asked for, or worked out where a campaign insists on it. */
function expirationDateParameter(): ApplicationParameter {
  return {
    path: 'passport_expiration_date',
    type: 'date',
    formField: 'passportIssuedDate',
    from: {
      inputs: ['passportExpirationDate', 'birthDate', 'passportIssuedDate'],
      compute: ({ lead: { values }, campaignSettings }) => {
        const insists = campaignSettings?.some(
          ({ name, required }) => required && name === 'passport_expiration_date',
        )
        const day = values.passportExpirationDate ?? (insists ? computePassportExpiration(values) : undefined)
        return day && formatRussianDate(day)
      },
    },
  }
}

function computeReceivedDate(
  { lead }: LeadContext,
  { receivedDate: wanted, consent }: AdmitadConfig,
): OptionalWireValue {
  if (wanted === false) return undefined
  const receipt = lead.consents.find(({ id }) => id === consent)
  const accepted = wanted === 'receipt' ? lead.receivedAt : new Date(receipt?.acceptedAt ?? Number.NaN)
  // A clock may be wrong by anything, and the calendar here has only years of four digits.
  const isDay = accepted.getTime() > 0 && accepted.getTime() < Date.UTC(9999, 0)
  return isDay ? formatRussianDate(moscowDate(accepted)) : undefined
}

/** Marks may not hold "%00", in no disguise. */
function attributionParameter(path: string, name: string, max: number): ApplicationParameter {
  return {
    path,
    type: 'string',
    max,
    from: { mark: name },
    format: (value) => stripNullBytes(formatText(value)),
    shorten: (long, limit) => stripNullBytes(long.slice(0, limit)),
  }
}

function stripNullBytes(value: string): string {
  const cleaned = value.replace(/%00|\0/g, '')
  return cleaned === value ? value : stripNullBytes(cleaned)
}

function parseHost(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host.slice(0, 300) : undefined
}
