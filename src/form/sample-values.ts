import { amount } from '../fields/kinds/amount.ts'
import { fieldOf } from '../fields/fields.ts'
import { term } from '../fields/kinds/duration.ts'
import type { LeadValue, LeadValues } from '../lead/values.ts'
import type { FormDefinition } from './definition.ts'
import { type ResolvedField, expandDefinition } from './expand-definition.ts'

/** An invented applicant, under canonical names. */
const sample: Readonly<Record<string, LeadValue>> = {
  lastName: 'Примерова',
  firstName: 'Анна',
  middleName: 'Ивановна',
  gender: 'female',
  birthDate: '1990-05-17',
  birthPlace: 'г. Москва',
  maritalStatus: 'single',
  snils: '900-000-058 99',
  inn: '999900000160',
  phone: '+79000000001',
  homePhone: '+79000000002',
  email: 'anna@example.ru',
  emailSecond: 'anna@example.com',
  callTime: 'после 18:00',
  amount: 30_000,
  termDays: 30,
  purpose: 'Ремонт',
  productType: 'Заём до зарплаты',
  creditHistory: 2,
  deposit: 1,
  comment: 'Это пример заявки',
  region: 'Москва',
  city: 'Москва',
  cityKladr: '7700000000000',
  passportSeries: '4511',
  passportNumber: '000050',
  passportIssuedDate: '2011-06-01',
  passportIssuedCode: '770-001',
  passportIssuedBy: 'ГУ МВД России по г. Москве',
  passportExpirationDate: '2035-08-15',
  ...sampleAddress('registration'),
  residenceSame: true,
  ...sampleAddress('residence'),
  employment: 1,
  jobPlace: 'ООО «Пример»',
  jobPosition: 'Менеджер',
  jobIncome: 60_000,
  jobExperienceMonths: 24,
  jobStartDate: '2020-03-02',
  jobPhone: '+79000000003',
  jobAddress: 'г. Москва, ул. Примерная, д. 1',
  ...sampleAddress('job'),
  guarantorName: 'Пётр',
  guarantorType: 'Брат',
  guarantorPhone: '+79000000004',
}

/** Values of an invented person for every field of a form, within its limits and options. */
export function sampleValues(definition: Pick<FormDefinition, 'steps'>): LeadValues {
  const requested = expandDefinition(definition).steps.flatMap((step) => step.fields)
  return Object.fromEntries(
    requested.flatMap((field) => {
      const names = fieldOf(field.name).parts ?? [field.name]
      return names.flatMap((name) => {
        const value = name.startsWith('custom.') ? 'Пример' : sample[name]
        return value === undefined ? [] : [[name, fitToLimits(field, value)]]
      })
    }),
  )
}

function fitToLimits(
  { name, minimum = 0, maximum = Infinity, options }: ResolvedField,
  value: LeadValue,
): LeadValue {
  if (options) return options.find((option) => option.value === value)?.value ?? options[0]?.value ?? value
  const { kind } = fieldOf(name)
  if (kind !== amount && kind !== term) return value
  return Math.min(Math.max(Number(value), minimum), maximum)
}

function sampleAddress(prefix: string): Readonly<Record<string, LeadValue>> {
  return {
    [`${prefix}Region`]: 'Москва',
    [`${prefix}City`]: 'Москва',
    [`${prefix}Index`]: '101000',
    [`${prefix}Street`]: 'ул. Примерная',
    [`${prefix}House`]: '1',
    [`${prefix}Housing`]: '2',
    [`${prefix}Apartment`]: '2',
  }
}
