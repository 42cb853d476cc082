import { type FieldName, isFieldName } from '../fields.ts'
import { type PlaceFields, placeFieldsOf } from './place-fields.ts'

/** The fields around a street or a house of an address. A place of work has no code of a house. */
export interface StreetFields {
  readonly list: 'streets' | 'houses'
  /** The place of the city in which the street lies. */
  readonly place: PlaceFields
  /** The code of this street or house itself. */
  readonly code: FieldName | undefined
  readonly streetKladr: FieldName | undefined
  readonly houseKladr: FieldName | undefined
  readonly housing: FieldName | undefined
  readonly housingKladr: FieldName | undefined
  /** The postal index. */
  readonly index: FieldName | undefined
}

/** The fields around a field that is a street or a house; `undefined` for any other field. */
export function streetFieldsOf(name: FieldName): StreetFields | undefined {
  const [, prefix, part] = /^([a-z]+)(Street|House)$/.exec(name) ?? []
  const known = (suffix: string): FieldName | undefined => {
    const field = `${prefix}${suffix}`
    return isFieldName(field) ? field : undefined
  }
  const city = known('City')
  const place = city && placeFieldsOf(city)
  if (!place) return undefined
  return {
    list: part === 'Street' ? 'streets' : 'houses',
    place,
    code: known(`${part}Kladr`),
    streetKladr: known('StreetKladr'),
    houseKladr: known('HouseKladr'),
    housing: known('Housing'),
    housingKladr: known('HousingKladr'),
    index: known('Index'),
  }
}
