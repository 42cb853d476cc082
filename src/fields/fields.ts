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

const line: FieldSpec = { kind: freeText(255) }
const region: FieldSpec = { kind: placeName, attributes: { autoComplete: 'address-level1' } }
const city: FieldSpec = { kind: placeName, attributes: { autoComplete: 'address-level2' } }
const street: FieldSpec = { ...line, attributes: { autoComplete: 'address-line1' } }
const house: FieldSpec = { kind: houseNumber }
const regionKladr: FieldSpec = { kind: kladrCode(isRegionKladr) }
const cityKladr: FieldSpec = { kind: kladrCode(isCityKladr) }
const streetKladr: FieldSpec = { kind: kladrCode(isStreetKladr) }
const houseKladr: FieldSpec = { kind: kladrCode(isHouseKladr) }

const table = {
  lastName: { kind: surname, attributes: { autoComplete: 'family-name' } },
  firstName: { kind: givenName, attributes: { autoComplete: 'given-name' } },
  middleName: { kind: patronymic, attributes: { autoComplete: 'additional-name' } },
  noMiddleName: { kind: checkbox },
  gender: { kind: gender },
  birthDate: { kind: date, attributes: { autoComplete: 'bday' } },
  birthPlace: line,
  maritalStatus: { kind: choiceOf(['single', 'married']) },
  snils: { kind: snils },
  inn: { kind: inn },

  phone: { kind: phone },
  homePhone: { kind: anyPhone },
  email: { kind: email },
  emailSecond: { kind: email, attributes: { autoComplete: 'off' } },
  callTime: line,

  amount: { kind: amount },
  termDays: { kind: term },
  purpose: line,
  productType: line,
  creditHistory: { kind: choiceOf([1, 2, 3, 4, 5]) },
  deposit: { kind: choiceOf([1, 2, 3, 4, 5, 6, 7, 8]) },
  comment: { kind: freeText(500) },

  region,
  city,
  cityKladr,
  regionId: { kind: placeId },
  cityId: { kind: placeId },

  passport: { kind: passport, parts: ['passportSeries', 'passportNumber'] },
  passportIssuedDate: { kind: date },
  passportIssuedCode: { kind: departmentCode },
  passportIssuedBy: { kind: issuer },
  passportExpirationDate: { kind: date },

  registrationRegion: region,
  registrationCity: city,
  registrationIndex: { kind: postalIndex },
  registrationStreet: street,
  registrationHouse: house,
  registrationHousing: house,
  registrationApartment: house,
  registrationRegionKladr: regionKladr,
  registrationCityKladr: cityKladr,
  registrationStreetKladr: streetKladr,
  registrationHouseKladr: houseKladr,
  registrationHousingKladr: houseKladr,

  residenceSame: { kind: checkbox },
  residenceRegion: region,
  residenceCity: city,
  residenceIndex: { kind: postalIndex },
  residenceStreet: street,
  residenceHouse: house,
  residenceHousing: house,
  residenceApartment: house,
  residenceRegionKladr: regionKladr,
  residenceCityKladr: cityKladr,
  residenceStreetKladr: streetKladr,
  residenceHouseKladr: houseKladr,
  residenceHousingKladr: houseKladr,

  employment: { kind: choiceOf([1, 2, 3, 4, 5, 6, 7, 8, 9]) },
  jobPlace: { ...line, attributes: { autoComplete: 'organization' } },
  jobPosition: { ...line, attributes: { autoComplete: 'organization-title' } },
  jobIncome: { kind: amount },
  jobExperienceMonths: { kind: months },
  jobStartDate: { kind: date },
  jobPhone: { kind: anyPhone },
  jobAddress: line,
  jobRegion: { kind: placeName },
  jobCity: { kind: placeName },
  jobStreet: line,
  jobHouse: house,
  jobHousing: house,
  jobRegionKladr: regionKladr,
  jobCityKladr: cityKladr,
  jobStreetKladr: streetKladr,

  guarantorName: { kind: personName, attributes: { autoComplete: 'off' } },
  guarantorType: line,
  guarantorPhone: { kind: phone, attributes: { autoComplete: 'off' } },
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
