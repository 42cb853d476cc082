import type { CanonicalName, CustomName, LeadValue, LeadValues } from '../lead/values.ts'
import { amount } from './kinds/amount.ts'
import { anyPhone, phone } from './kinds/phone.ts'
import { checkbox, choiceOf, gender } from './kinds/choice.ts'
import { date } from './kinds/date.ts'
import { departmentCode, issuer, passport } from './kinds/passport.ts'
import { email } from './kinds/email.ts'
import type { FieldKind, InputAttributes } from './field-kind.ts'
import { freeText } from './kinds/free-text.ts'
import { houseNumber, postalIndex } from './kinds/address.ts'
import { inn } from './kinds/inn.ts'
import { isCityKladr, isHouseKladr, isRegionKladr, isStreetKladr, kladrCode } from './place/kladr.ts'
import { months, term } from './kinds/duration.ts'
import { givenName, patronymic, personName, surname } from './kinds/person-name.ts'
import { placeId, placeName } from './place/place-kinds.ts'
import { snils } from './kinds/snils.ts'

/** The value of one field: a single value, or several for a field that fills several canonical names (`passport`). */
export type FieldValue = LeadValue | CompositeValue

/** Several values under their canonical names. */
export type CompositeValue = { readonly [part: string]: LeadValue | undefined }

/** A field of a form: its kind, and the canonical names that its value fills (its own name without `parts`). */
export interface FieldSpec {
  readonly kind: FieldKind<FieldValue>
  readonly parts?: readonly CanonicalName[]
  readonly attributes?: InputAttributes
}

/**
 * A field with autofill tokens of its own, for data and names that no spelling checker knows. A browser fills in all fields of a section together, and Chrome takes `off` of
 * an address, a phone or an e-mail for a mistake and guesses by the label. So every address has its own section, and so
 * has every field that asks for something else than the person's own: it stays empty until the person fills it in.
 */
function filled({ kind }: FieldSpec, autoComplete: string): FieldSpec {
  return { kind, attributes: { autoComplete, spellCheck: false } }
}

const line: FieldSpec = { kind: freeText(255) }
const landline: FieldSpec = { kind: anyPhone }
const place: FieldSpec = { kind: placeName }
const house: FieldSpec = { kind: houseNumber }
const regionKladr: FieldSpec = { kind: kladrCode(isRegionKladr) }
const cityKladr: FieldSpec = { kind: kladrCode(isCityKladr) }
const streetKladr: FieldSpec = { kind: kladrCode(isStreetKladr) }
const houseKladr: FieldSpec = { kind: kladrCode(isHouseKladr) }

const table = {
  lastName: filled({ kind: surname }, 'family-name'),
  firstName: filled({ kind: givenName }, 'given-name'),
  middleName: filled({ kind: patronymic }, 'additional-name'),
  noMiddleName: { kind: checkbox },
  gender: { kind: gender },
  birthDate: filled({ kind: date }, 'bday'),
  birthPlace: filled(line, 'off'),
  maritalStatus: { kind: choiceOf(['single', 'married']) },
  snils: { kind: snils },
  inn: { kind: inn },

  phone: { kind: phone },
  homePhone: filled(landline, 'section-home home tel'),
  email: { kind: email },
  emailSecond: filled({ kind: email }, 'section-second email'),
  callTime: line,

  amount: { kind: amount },
  termDays: { kind: term },
  purpose: line,
  productType: line,
  creditHistory: { kind: choiceOf([1, 2, 3, 4, 5]) },
  deposit: { kind: choiceOf([1, 2, 3, 4, 5, 6, 7, 8]) },
  comment: { kind: freeText(500) },

  region: filled(place, 'address-level1'),
  city: filled(place, 'address-level2'),
  cityKladr,
  regionId: { kind: placeId },
  cityId: { kind: placeId },

  passport: { kind: passport, parts: ['passportSeries', 'passportNumber'] },
  passportIssuedDate: { kind: date },
  passportIssuedCode: { kind: departmentCode },
  passportIssuedBy: { kind: issuer },
  passportExpirationDate: { kind: date },

  registrationRegion: filled(place, 'section-registration address-level1'),
  registrationCity: filled(place, 'section-registration address-level2'),
  registrationIndex: filled({ kind: postalIndex }, 'section-registration postal-code'),
  registrationStreet: filled(line, 'section-registration address-line1'),
  registrationHouse: filled(house, 'section-registration address-line2'),
  registrationHousing: filled(house, 'section-registration address-line3'),
  registrationApartment: filled(house, 'section-registration address-line3'),
  registrationRegionKladr: regionKladr,
  registrationCityKladr: cityKladr,
  registrationStreetKladr: streetKladr,
  registrationHouseKladr: houseKladr,
  registrationHousingKladr: houseKladr,

  residenceSame: { kind: checkbox },
  residenceRegion: filled(place, 'section-residence address-level1'),
  residenceCity: filled(place, 'section-residence address-level2'),
  residenceIndex: filled({ kind: postalIndex }, 'section-residence postal-code'),
  residenceStreet: filled(line, 'section-residence address-line1'),
  residenceHouse: filled(house, 'section-residence address-line2'),
  residenceHousing: filled(house, 'section-residence address-line3'),
  residenceApartment: filled(house, 'section-residence address-line3'),
  residenceRegionKladr: regionKladr,
  residenceCityKladr: cityKladr,
  residenceStreetKladr: streetKladr,
  residenceHouseKladr: houseKladr,
  residenceHousingKladr: houseKladr,

  employment: { kind: choiceOf([1, 2, 3, 4, 5, 6, 7, 8, 9]) },
  jobPlace: filled(line, 'section-employer organization'),
  jobPosition: filled(line, 'section-position organization-title'),
  jobIncome: { kind: amount },
  jobExperienceMonths: { kind: months },
  jobStartDate: { kind: date },
  jobPhone: filled(landline, 'section-job work tel'),
  jobAddress: filled(line, 'section-job-address address-line1'),
  jobRegion: filled(place, 'section-job-region address-level1'),
  jobCity: filled(place, 'section-job-city address-level2'),
  jobStreet: filled(line, 'section-job-street address-line1'),
  jobHouse: filled(house, 'section-job-house address-line2'),
  jobHousing: filled(house, 'section-job-housing address-line3'),
  jobRegionKladr: regionKladr,
  jobCityKladr: cityKladr,
  jobStreetKladr: streetKladr,

  guarantorName: filled({ kind: personName }, 'section-guarantor name'),
  guarantorType: line,
  guarantorPhone: filled({ kind: phone }, 'section-guarantor-phone tel'),
} as const satisfies Record<string, FieldSpec>

/** The name of a field that is not custom. */
export type KnownFieldName = keyof typeof table

/** The name of one field: a known one, or one that only a destination defines. */
export type FieldName = KnownFieldName | CustomName

/** Every known field. Its name is canonical, except for `passport`, which fills two canonical names. */
export const fields: Readonly<Record<KnownFieldName, FieldSpec>> = table

/** Whether this can be the name of a field. */
export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(fields, name) || /^custom\.\w+$/.test(name)
}

/** The field of this name. A custom field is a line of text; {@link kindOf} makes it a choice if it has options. */
export function fieldOf(name: FieldName): FieldSpec {
  const known: Readonly<Record<string, FieldSpec>> = fields
  return known[name] ?? line
}

/** The name of the field that fills a canonical name: `passport` for `passportSeries`. */
export function fieldNameOf(canonical: string): string {
  for (const [name, field] of Object.entries(fields)) {
    if (name === canonical || field.parts?.some((part) => part === canonical)) return name
  }
  return canonical
}

/** The unchecked value of a field among canonical values; `undefined` if it has none. */
export function pickValue(name: FieldName, values: LeadValues): FieldValue | undefined {
  const { parts } = fieldOf(name)
  const all: CompositeValue = values
  if (!parts) return all[name]
  const filled = parts.filter((part) => all[part] !== undefined)
  return filled.length === 0 ? undefined : Object.fromEntries(filled.map((part) => [part, all[part]]))
}

/** The canonical values that a field's value fills. */
export function spreadValue(name: FieldName, value: FieldValue): LeadValues {
  return Object.fromEntries(typeof value === 'object' ? Object.entries(value) : [[name, value]])
}

/** What decides a field's kind in a form. */
export interface FieldWithOptions {
  readonly name: FieldName
  readonly options?: readonly { readonly value: string | number }[] | undefined
}

/** The kind of a field in a form. A field with options of the form's own is a choice among them. */
export function kindOf({ name, options }: FieldWithOptions): FieldKind<FieldValue> {
  return options ? choiceOf(options.map(({ value }) => value)) : fieldOf(name).kind
}
