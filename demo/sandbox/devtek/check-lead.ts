import { isRealDate } from '../core/is-real-date.ts'
import { isRecord, type JsonRecord } from '../core/json.ts'
import { type LeadField, leadFields, leadSections } from './lead-fields.ts'
import type { DevtekPlaceLists } from './generated-places.ts'

const requiredText = 'Обязательное поле'

/** The problem of a field's value, in Russian; `undefined` if the value is as documented. */
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
      return checkText(value, 255, isRealDate, field.message)
    case 'moment':
      return checkText(value, 255, isDateTime, field.message)
    case 'string':
      return checkText(value, field.max, (text) => field.pattern?.test(text) ?? true, field.message)
  }
}

function checkText(
  value: unknown,
  max: number,
  isValid: (text: string) => boolean,
  message: string,
): string | undefined {
  if (typeof value !== 'string') return 'Ожидается строка'
  if (value === '') return 'Пустое значение'
  if (value !== value.trim()) return 'Лишние пробелы в начале или в конце'
  if (value.length > max) return `Не больше ${max} символов`
  return isValid(value) ? undefined : message
}

function isDateTime(value: string): boolean {
  return isRealDate(value.slice(0, 10)) && /^ (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value.slice(10))
}

const knownAtTop = new Set(['id_webmaster', 'token', 'data'])
const placeIds = ['registration_region', 'registration_city'] as const

/**
 * Every deviation of a new-lead body from the document, in the provider's wording. The credentials are checked
 * elsewhere. `acceptPlaceIds`: without a kladr, main may name its place by the ids of the place lists, or by names.
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
    const hasPlaceIds = acceptPlaceIds && section === 'main' && placeIds.some((name) => name in values)
    if (hasPlaceIds) errors.push(...checkPlaceIds(values, lists))
    const known = new Set<string>(hasPlaceIds ? placeIds : [])
    for (const field of leadFields) {
      if (field.section !== section) continue
      known.add(field.name)
      if (hasPlaceIds && field.name === 'kladr') continue
      const problem = checkLeadField(field, values[field.name])
      if (problem !== undefined) errors.push(fieldError(field.name, problem))
    }
    errors.push(...unknownKeys(values, known))
  }
  return errors
}

/** An error in the provider's wording: the field's name without its section, then a sentence in Russian. */
export function fieldError(field: string, message: string): string {
  return `Field "${field}" error: ${message}`
}

function unknownKeys(values: JsonRecord, known: ReadonlySet<string>): string[] {
  return Object.keys(values)
    .filter((key) => !known.has(key))
    .map((key) => fieldError(key, 'Неизвестное поле'))
}

// The provider's SDK sends ids or names only without a kladr, and a region alone does not identify a city.
function checkPlaceIds(main: JsonRecord, { regions, cities }: DevtekPlaceLists): string[] {
  const city = cities.find(({ city_id }) => city_id === main['registration_city'])
  const region = regions.find(({ region_id }) => region_id === main['registration_region'])
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

/**
 * Whether a value is a name: how the provider treats unknown names is not documented. Digits as a text are not a name.
 */
function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 255 && /\p{L}/u.test(value)
}
