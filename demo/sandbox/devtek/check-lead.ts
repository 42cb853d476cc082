import { isRecord, type JsonRecord } from '../core/json.ts'
import { type LeadField, leadFields, leadSections } from './lead-fields.ts'
import type { DevtekPlaceLists } from './generated-places.ts'
const requiredText = 'Обязательное поле'

/** Says in Russian what is wrong with the value of one field, or undefined when it is as documented. */
export function checkLeadField(field: LeadField, value: unknown): string | undefined {
  if (value === undefined) return field.presence === 'required' ? requiredText : undefined
  if (value === null) return field.presence === 'optional' ? undefined : requiredText
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
      return checkText(value, 255, isDateTime, field.message)
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

function isDateTime(value: string): boolean {
  return isDate(value.slice(0, 10)) && /^ (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value.slice(10))
}

const knownAtTop = new Set(['id_webmaster', 'token', 'data'])
const placeIds = ['registration_region', 'registration_city'] as const

/**
 * Lists everything in a new-lead body that departs from the document, in the provider's wording; the credentials are checked elsewhere.
 * `acceptPlaceIds`: main may name its place by the two ids of the geo lists, or by names, where it has no kladr.
 */
export function checkLead(
  body: JsonRecord,
  { acceptPlaceIds }: { readonly acceptPlaceIds: boolean },
  lists: DevtekPlaceLists,
): string[] {
  const data = body['data']
  if (!isRecord(data))
    return [
      ...unknownKeys(body, knownAtTop),
      fieldError('data', data === undefined ? 'Обязательное поле' : 'Ожидается объект'),
    ]

  const errors = [...unknownKeys(body, knownAtTop), ...unknownKeys(data, new Set<string>(leadSections))]
  for (const section of leadSections) {
    const values = data[section] ?? (section in data ? null : {})
    if (!isRecord(values)) {
      errors.push(fieldError(section, 'Ожидается объект'))
      continue
    }
    const placedByIds = acceptPlaceIds && section === 'main' && placeIds.some((name) => name in values)
    if (placedByIds) errors.push(...checkPlaceIds(values, lists))
    const known = new Set<string>(placedByIds ? placeIds : [])
    for (const field of leadFields) {
      if (field.section !== section) continue
      known.add(field.name)
      if (placedByIds && field.name === 'kladr') continue
      const problem = checkLeadField(field, values[field.name])
      if (problem !== undefined) errors.push(fieldError(field.name, problem))
    }
    errors.push(...unknownKeys(values, known))
  }
  return errors
}

/** Words an error as the provider does: the field's name without its section, then a sentence in Russian. */
export function fieldError(field: string, message: string): string {
  return `Field "${field}" error: ${message}`
}

function unknownKeys(values: JsonRecord, known: ReadonlySet<string>): string[] {
  return Object.keys(values)
    .filter((key) => !known.has(key))
    .map((key) => fieldError(key, 'Неизвестное поле'))
}

// The provider's kit sends ids or names only when there is no kladr, and a city cannot be found by its region alone.
function checkPlaceIds(main: JsonRecord, { regions, cities }: DevtekPlaceLists): string[] {
  const city = cities.find((one) => one.city_id === main['registration_city'])
  const region = regions.find((one) => one.region_id === main['registration_region'])
  const errors: string[] = []
  if ('kladr' in main) errors.push(fieldError('kladr', 'Передайте либо КЛАДР, либо номера региона и города'))
  if (!city && !isName(main['registration_city']))
    errors.push(fieldError('registration_city', 'Выберите город из списка get-cities'))
  if ('registration_region' in main && !region && !isName(main['registration_region']))
    errors.push(fieldError('registration_region', 'Выберите регион из списка get-regions'))
  else if (region && city && city.region_id !== region.region_id)
    errors.push(fieldError('registration_city', 'Город из другого региона'))
  return errors
}

/** Any name will do here: what the provider makes of one that it does not know is not documented. A number as text is none. */
function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 255 && /\p{L}/u.test(value)
}
