import type { KnownFieldName } from '../../fields/fields.ts'

/**
 * The fields whose texts a draft may hold, and the parts of addresses. What is not named here is never stored: passport,
 * SNILS, INN, the place of birth, fields that only a destination knows, and every field and kind that is added later.
 */
const names = [
  'lastName',
  'firstName',
  'middleName',
  'noMiddleName',
  'gender',
  'birthDate',
  'maritalStatus',
  'phone',
  'homePhone',
  'email',
  'emailSecond',
  'callTime',
  'amount',
  'termDays',
  'purpose',
  'productType',
  'creditHistory',
  'deposit',
  'comment',
  'residenceSame',
  'employment',
  'jobPlace',
  'jobPosition',
  'jobIncome',
  'jobExperienceMonths',
  'jobStartDate',
  'jobPhone',
  'jobAddress',
  'guarantorName',
  'guarantorType',
  'guarantorPhone',
] as const satisfies readonly KnownFieldName[]

const addressPart =
  /^(?:registration|residence|job)?(?:Region|City|Index|Street|House|Housing|Apartment)(?:Kladr|Id)?$/i

const kept: ReadonlySet<string> = new Set(names)

/** Whether a draft may hold the text of this field. */
export function isKeptField(name: string): boolean {
  return kept.has(name) || addressPart.test(name)
}
