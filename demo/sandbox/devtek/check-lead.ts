import { checkField } from './check-field.ts'
import { isRecord, type JsonRecord } from '../json-record.ts'
import { leadFields, leadSections } from './lead-fields.ts'
import { cities, regions } from './places.ts'

const knownAtTop = new Set(['id_webmaster', 'token', 'data'])
const placeIds = ['registration_region', 'registration_city'] as const

/**
 * Lists everything in a new-lead body that departs from the document, in the provider's wording; the credentials are checked elsewhere.
 * `acceptPlaceIds`: main may name its place by the two ids of the geo lists where it has no kladr.
 */
export function checkLead(
  body: JsonRecord,
  { acceptPlaceIds }: { readonly acceptPlaceIds: boolean },
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
    if (placedByIds) errors.push(...checkPlaceIds(values))
    const known = new Set<string>(placedByIds ? placeIds : [])
    for (const field of leadFields) {
      if (field.section !== section) continue
      known.add(field.name)
      if (placedByIds && field.name === 'kladr') continue
      const problem = checkField(field, values[field.name])
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

// The provider's kit sends the ids only when there is no kladr, and a city cannot be found by its region alone.
function checkPlaceIds(main: JsonRecord): string[] {
  const city = cities.find((one) => one.city_id === main['registration_city'])
  const region = regions.find((one) => one.region_id === main['registration_region'])
  const errors: string[] = []
  if ('kladr' in main) errors.push(fieldError('kladr', 'Передайте либо КЛАДР, либо номера региона и города'))
  if (!city) errors.push(fieldError('registration_city', 'Выберите город из списка get-cities'))
  if ('registration_region' in main && !region)
    errors.push(fieldError('registration_region', 'Выберите регион из списка get-regions'))
  else if (region && city && city.region_id !== region.region_id)
    errors.push(fieldError('registration_city', 'Город из другого региона'))
  return errors
}
