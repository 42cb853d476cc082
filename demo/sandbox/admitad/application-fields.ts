import { isRealDate } from '../core/is-real-date.ts'

/** The type and limits of an application's parameter in the document. */
export type ApplicationField =
  | { readonly type: 'string'; readonly max: number; readonly without?: string }
  | { readonly type: 'date' }
  | { readonly type: 'decimal'; readonly digits: number; readonly places: number }
  | { readonly type: 'integer' }

const string = (max: number): ApplicationField => ({ type: 'string', max })
const subId = (max: number): ApplicationField => ({ type: 'string', max, without: '%00' })
const date: ApplicationField = { type: 'date' }
const decimal: ApplicationField = { type: 'decimal', digits: 12, places: 2 }

/** The document's table "Параметры заявки", row by row. */
export const applicationFields: Readonly<Record<string, ApplicationField>> = {
  first_name: string(100),
  last_name: string(100),
  middle_name: string(100),
  birth_date: date,
  birth_place: string(100),
  gender: string(50),
  mobile_phone: string(32),
  phone: string(32),
  occupation: string(100),
  work_date: date,
  work_salary: decimal,
  work_organization: string(100),
  work_address: string(100),
  work_phone: string(32),
  work_occupation: string(100),
  work_region_name: string(50),
  work_city_name: string(50),
  work_street: string(50),
  work_house: string(10),
  email: string(75),
  inn: string(16),
  passport_cn: string(16),
  passport_date: date,
  passport_expiration_date: date,
  passport_title: string(100),
  fact_region_name: string(50),
  fact_city_name: string(50),
  fact_street: string(50),
  fact_house: string(10),
  fact_housing: string(10),
  fact_flat: string(10),
  reg_region_name: string(50),
  reg_city_name: string(50),
  reg_street: string(50),
  reg_house: string(10),
  reg_housing: string(10),
  reg_flat: string(10),
  overdue_loans: string(50),
  credit_sum: decimal,
  credit_days: { type: 'integer' },
  credit_purpose: string(300),
  time_for_call: string(300),
  guarator: string(100),
  guarantor_type: string(100),
  guarantor_phone: string(32),
  product_type: string(50),
  personal_data_agent: string(300),
  application_received_date_by_client: date,
  subid: subId(50),
  subid1: subId(50),
  subid2: subId(50),
  subid3: subId(50),
  subid4: subId(120),
}

/** The problem of a value, in Russian; `undefined` if the value is as documented. */
export function checkValue(field: ApplicationField, value: string): string | undefined {
  if (value === '') return 'Пустое значение'
  if (value !== value.trim()) return 'Лишние пробелы в начале или в конце'
  switch (field.type) {
    case 'string':
      if (value.length > field.max) return `Не больше ${field.max} символов`
      return field.without !== undefined && value.includes(field.without)
        ? `Нельзя использовать ${field.without}`
        : undefined
    case 'date':
      return isRealDate(value) ? undefined : 'Ожидается дата дд.мм.гггг'
    case 'integer':
      return /^\d{1,9}$/.test(value) ? undefined : 'Ожидается целое число'
    case 'decimal': {
      const [, integerPart = '', places = ''] = /^(\d+)(?:\.(\d+))?$/.exec(value) ?? []
      if (integerPart === '') return 'Ожидается число'
      if (places.length > field.places) return `Не больше ${field.places} знаков после точки`
      return integerPart.length + places.length > field.digits ? `Не больше ${field.digits} цифр` : undefined
    }
  }
}
