import type { LeadValues } from '../../../src/lead/values.ts'
import { allValues } from '../support/full-lead.ts'

/** The fields of a short form, as its definition names them. */
export const smallFormFields = [
  'amount',
  'lastName',
  'firstName',
  'middleName',
  'birthDate',
  'phone',
  { name: 'email', required: false },
  'issuePlace',
] as const

/** The values of a person without a patronymic, who filled the form in. */
export const withoutPatronymic: LeadValues = {
  amount: allValues.amount,
  lastName: allValues.lastName,
  firstName: allValues.firstName,
  noMiddleName: true,
  birthDate: allValues.birthDate,
  phone: allValues.phone,
  email: allValues.email,
  region: allValues.region,
  city: allValues.city,
  cityKladr: allValues.cityKladr,
}

/** The canonical names that the form shows to that person. */
export const shownNames: ReadonlySet<string> = new Set([
  ...Object.keys(withoutPatronymic),
  'regionId',
  'cityId',
])
