import type { CanonicalName } from '../../lead/values.ts'
import { type FieldName, isFieldName } from '../fields.ts'

type PartName = Extract<FieldName, CanonicalName>

/** The fields of one place: two visible ones, and hidden ones that a choice from a list fills. */
export interface PlaceFields {
  readonly region: PartName
  readonly city: PartName
  readonly cityKladr: PartName
  readonly regionKladr?: PartName
  readonly regionId?: PartName
  readonly cityId?: PartName
}

const addressPlace = <const Prefix extends 'registration' | 'residence' | 'job'>(prefix: Prefix) =>
  ({
    region: `${prefix}Region`,
    city: `${prefix}City`,
    regionKladr: `${prefix}RegionKladr`,
    cityKladr: `${prefix}CityKladr`,
  }) as const

/** Every place that a form can have. */
export const placeFields: readonly PlaceFields[] = [
  { region: 'region', city: 'city', cityKladr: 'cityKladr', regionId: 'regionId', cityId: 'cityId' },
  addressPlace('registration'),
  addressPlace('residence'),
  addressPlace('job'),
]

/** The place of which a field is the region or the city. */
export function placeFieldsOf(name: FieldName): PlaceFields | undefined {
  return placeFields.find(({ region, city }) => name === region || name === city)
}

/** From coarse to fine: a change of one level makes the codes of the finer ones wrong. */
const addressLevels = ['Region', 'City', 'Street', 'House', 'Housing']

/**
 * The codes and ids that become wrong when this part of a place is edited: its own and those of finer levels. Another code
 * makes those of finer levels wrong, too: namesakes in one region differ in nothing else.
 */
export function dependentCodes(name: FieldName): readonly FieldName[] {
  const [prefix = ''] = /^(?:registration|residence|job)/.exec(name) ?? []
  const part = (capital: string): string => (prefix ? prefix + capital : capital.toLowerCase())
  const text = name.replace(/Kladr$/, '')
  const from = addressLevels.findIndex((capital) => part(capital) === text)
  return from < 0
    ? []
    : addressLevels
        .slice(text === name ? from : from + 1)
        .flatMap((finer) => [`${part(finer)}Kladr`, `${part(finer)}Id`])
        .filter(isFieldName)
}
