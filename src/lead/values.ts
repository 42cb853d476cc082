import type { CalendarDate } from './calendar-date.ts'

/** Prefixes of the canonical names of an address. */
export type AddressPrefix = 'registration' | 'residence'

/** The parts of an address that people type, as in `registrationStreet`. */
export const addressParts = ['Region', 'City', 'Index', 'Street', 'House', 'Housing', 'Apartment'] as const

/** One of {@link addressParts}. */
export type AddressPart = (typeof addressParts)[number]

type KladrPart = 'RegionKladr' | 'CityKladr' | 'StreetKladr' | 'HouseKladr' | 'HousingKladr'

type TextName =
  // person; SNILS is the pension insurance number, INN the taxpayer number
  | 'lastName'
  | 'firstName'
  | 'middleName'
  | 'birthPlace'
  | 'snils'
  | 'inn'
  // contact; phones are +7XXXXXXXXXX
  | 'phone'
  | 'homePhone'
  | 'email'
  | 'emailSecond'
  | 'callTime'
  // loan
  | 'purpose'
  | 'productType'
  | 'comment'
  // city where the loan is issued; KLADR is the state classifier of addresses: 13 digits, a string;
  // ids come from a provider's place list and start with its name: `devtek:536`
  | 'region'
  | 'city'
  | 'cityKladr'
  | 'regionId'
  | 'cityId'
  // passport
  | 'passportSeries'
  | 'passportNumber'
  | 'passportIssuedBy'
  | 'passportIssuedCode'
  // addresses
  | `${AddressPrefix}${AddressPart | KladrPart}`
  // work
  | 'jobPlace'
  | 'jobPosition'
  | 'jobPhone'
  | 'jobAddress'
  | 'jobRegion'
  | 'jobCity'
  | 'jobStreet'
  | 'jobHouse'
  | 'jobHousing'
  | 'jobRegionKladr'
  | 'jobCityKladr'
  | 'jobStreetKladr'
  // guarantor
  | 'guarantorName'
  | 'guarantorType'
  | 'guarantorPhone'

type DateName = 'birthDate' | 'passportIssuedDate' | 'passportExpirationDate' | 'jobStartDate'

/** Whole roubles, days, months, and Devtek's option numbers (employment 1–9, creditHistory 1–5, deposit 1–8). */
type NumberName =
  | 'amount'
  | 'termDays'
  | 'creditHistory'
  | 'deposit'
  | 'employment'
  | 'jobIncome'
  | 'jobExperienceMonths'

type FlagName = 'noMiddleName' | 'residenceSame'

/**
 * What a person entered, under canonical names, in canonical form: dates `YYYY-MM-DD`, phones `+7XXXXXXXXXX`,
 * money in whole roubles, KLADR codes and passport parts as strings (leading zeros are significant).
 */
export type LeadValues = {
  readonly [name in TextName]?: string | undefined
} & {
  readonly [name in DateName]?: CalendarDate | undefined
} & {
  readonly [name in NumberName]?: number | undefined
} & {
  readonly [name in FlagName]?: boolean | undefined
} & {
  readonly gender?: 'male' | 'female' | undefined
  readonly maritalStatus?: 'single' | 'married' | undefined
} & {
  readonly [name: CustomName]: LeadValue | undefined
}

/** A canonical name, the same in definitions, values, the relay and exports. */
export type CanonicalName = TextName | DateName | NumberName | FlagName | 'gender' | 'maritalStatus'

/** The name of a field that a destination defines: `custom.f_7` for 5CRM, `custom.` and a campaign's wire name for Admitad. */
export type CustomName = `custom.${string}`

/** One value of a lead. */
export type LeadValue = string | number | boolean
