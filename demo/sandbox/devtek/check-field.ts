import type { LeadField } from './lead-fields.ts'

const required = 'Обязательное поле'

/** Says in Russian what is wrong with the value of one field, or undefined when it is as documented. */
export function checkField(field: LeadField, value: unknown): string | undefined {
  if (value === undefined) return field.presence === 'required' ? required : undefined
  if (value === null) return field.presence === 'optional' ? undefined : required
  switch (field.type) {
    case 'number':
      if (typeof value !== 'number') return 'Ожидается число'
      return Number.isInteger(value) && value > 0 && value < 10_000_000_000 ? undefined : field.message
    case 'enum':
      if (typeof value !== 'number') return 'Ожидается число'
      return Number.isInteger(value) && value >= 1 && value <= field.last ? undefined : field.message
    case 'date':
      return checkText(value, 255, isDate, field.message)
    case 'moment':
      return checkText(value, 255, isMoment, field.message)
    case 'string':
      return checkText(value, field.max, (text) => field.pattern?.test(text) ?? true, field.message)
  }
}

function checkText(
  value: unknown,
  max: number,
  isRight: (text: string) => boolean,
  message: string,
): string | undefined {
  if (typeof value !== 'string') return 'Ожидается строка'
  if (value === '') return 'Пустое значение'
  if (value !== value.trim()) return 'Лишние пробелы в начале или в конце'
  if (value.length > max) return `Не больше ${max} символов`
  return isRight(value) ? undefined : message
}

function isDate(value: string): boolean {
  const [, day, month, year] = (/^(\d\d)\.(\d\d)\.(\d{4})$/.exec(value) ?? []).map(Number)
  if (day === undefined || month === undefined || year === undefined || year < 1900) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function isMoment(value: string): boolean {
  return isDate(value.slice(0, 10)) && /^ (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value.slice(10))
}
