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
import type { CampaignField, LeadContext } from '../core/context.ts'
import { formatText, truncate } from '../core/write-parameters.ts'
import { abbreviate, abbreviateTypes } from './abbreviate.ts'
import type { AdmitadConfig, MappedName } from './config.ts'

/** Days for which a passport stays valid after the birthday on which it must be exchanged (постановление 2267). */
const graceDays = 90

/**
 * The last day of validity of a Russian internal passport, which is not printed in it: 90 days after the 20th or 45th
 * birthday, on which it must be exchanged. `undefined` after the last exchange, or if a date is missing.
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
 * The default values of parameters that the document leaves to the campaigns, used if `valueMaps` has none. They are
 * words, which cannot be mistaken for a number from another list. Keys are canonical values.
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

/** A parameter of Admitad's document. */
export type AdmitadParameter = Parameter<AdmitadConfig>

/** The parameters of an application, as the document lists them under "Параметры заявки". */
export const applicationParameters: readonly AdmitadParameter[] = [
  textParameter('first_name', 'firstName', 100),
  textParameter('last_name', 'lastName', 100),
  middleNameParameter(),
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
  placeParameter(mappedParameter('work_region_name', 'jobRegion', 50)),
  placeParameter(textParameter('work_city_name', 'jobCity', 50)),
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
  // The document spells it so.
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

function textParameter(path: string, value: CanonicalName, max: number): AdmitadParameter {
  return { path, type: 'string', max, from: { value } }
}

function dateParameter(path: string, value: CanonicalName): AdmitadParameter {
  return { path, type: 'date', from: { value } }
}

/** A parameter whose values are the campaigns' own: from the destination's map, from `defaults`, or unchanged. */
function mappedParameter(
  path: MappedName,
  value: CanonicalName,
  max: number,
  defaults: Readonly<Record<string, string>> = {},
): AdmitadParameter {
  const format = (canonical: LeadValue, { valueMaps }: AdmitadConfig): OptionalWireValue => {
    const key = String(canonical)
    const map = valueMaps[path] ?? {}
    const mapped = Object.hasOwn(map, key)
      ? map[key]
      : Object.hasOwn(defaults, key)
        ? defaults[key]
        : canonical
    return mapped === undefined ? undefined : formatText(mapped)
  }
  return { path, type: 'string', max, from: { value }, format }
}

/** A region or a city: the words for its type are abbreviated, its name is never cut. */
function placeParameter(parameter: AdmitadParameter): AdmitadParameter {
  return { ...parameter, shorten: abbreviateTypes }
}

function addressParameters(
  prefix: 'fact' | 'reg',
  canonical: 'residence' | 'registration',
): readonly AdmitadParameter[] {
  return [
    placeParameter(mappedParameter(`${prefix}_region_name`, `${canonical}Region`, 50)),
    placeParameter(textParameter(`${prefix}_city_name`, `${canonical}City`, 50)),
    { ...textParameter(`${prefix}_street`, `${canonical}Street`, 50), shorten: abbreviate },
    { ...textParameter(`${prefix}_house`, `${canonical}House`, 10), shorten: abbreviate },
    { ...textParameter(`${prefix}_housing`, `${canonical}Housing`, 10), shorten: abbreviate },
    textParameter(`${prefix}_flat`, `${canonical}Apartment`, 10),
  ]
}

function workAddressParameter(): AdmitadParameter {
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

function middleNameParameter(): AdmitadParameter {
  return {
    path: 'middle_name',
    type: 'string',
    max: 100,
    option: 'noPatronymic',
    formField: 'middleName',
    from: {
      inputs: ['middleName', 'noMiddleName'],
      compute: ({ lead: { values }, campaignSettings }, { noPatronymic }) => {
        if (values.middleName !== undefined) return formatText(values.middleName)
        if (!values.noMiddleName || noPatronymic === false) return undefined
        return noPatronymic ?? (isRequired('middle_name', campaignSettings) ? 'Нет' : undefined)
      },
    },
  }
}

function isRequired(path: string, settings: readonly CampaignField[] | undefined): boolean {
  return settings?.some(({ name, required }) => required && name === path) ?? false
}

function passportNumberParameter(): AdmitadParameter {
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

/**
 * Russian passports have no expiration date. It is sent if the form asks for it, or computed if a campaign requires it.
 */
function expirationDateParameter(): AdmitadParameter {
  return {
    path: 'passport_expiration_date',
    type: 'date',
    formField: 'passportIssuedDate',
    from: {
      inputs: ['passportExpirationDate', 'birthDate', 'passportIssuedDate'],
      compute: ({ lead: { values }, campaignSettings }) => {
        const isNeeded = isRequired('passport_expiration_date', campaignSettings)
        const day =
          values.passportExpirationDate ?? (isNeeded ? computePassportExpiration(values) : undefined)
        return day && formatRussianDate(day)
      },
    },
  }
}

function computeReceivedDate(
  { lead }: LeadContext,
  { receivedDate, consent }: AdmitadConfig,
): OptionalWireValue {
  if (receivedDate === false) return undefined
  const receipt = lead.consents.find(({ id }) => id === consent)
  const date = receivedDate === 'receipt' ? lead.receivedAt : new Date(receipt?.acceptedAt ?? Number.NaN)
  // The person's clock may be wrong by any amount; calendar dates have years of four digits only.
  const isValid = date.getTime() > 0 && date.getTime() < Date.UTC(9999, 0)
  return isValid ? formatRussianDate(moscowDate(date)) : undefined
}

/** An attribution parameter. It may not contain `%00`, nor text that becomes `%00` when one is removed. */
function attributionParameter(path: string, name: string, max: number): AdmitadParameter {
  return {
    path,
    type: 'string',
    max,
    from: { attribution: name },
    format: (value) => stripNullBytes(formatText(value)),
    shorten: (text, limit) => stripNullBytes(truncate(text, limit)),
  }
}

function stripNullBytes(value: string): string {
  const cleaned = value.replace(/%00|\0/g, '')
  return cleaned === value ? value : stripNullBytes(cleaned)
}

function parseHost(url: string): string | undefined {
  // Not `URL.canParse`, which browsers before 2023 lack.
  try {
    return new URL(url).host.slice(0, 300)
  } catch {
    return undefined
  }
}
