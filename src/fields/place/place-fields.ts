import type { CanonicalName } from '../../lead/values.ts'
import { type FieldName, isFieldName } from '../fields.ts'

type PartName = Extract<FieldName, CanonicalName>

/** The fields that one place fills: two that are typed into, and what a choice from a list brings along. */
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

/** Every place of a form. */
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

/** From the coarse to the fine: a part says nothing any more once a coarser one is another. */
const addressLevels = ['Region', 'City', 'Street', 'House', 'Housing']

/** The codes of a place that hold no longer when this part of it is typed anew: its own and the finer ones. */
export function dependentCodes(name: FieldName): readonly FieldName[] {
  const [prefix = ''] = /^(?:registration|residence|job)/.exec(name) ?? []
  const part = (capital: string): string => (prefix ? prefix + capital : capital.toLowerCase())
  const from = addressLevels.findIndex((capital) => part(capital) === name)
  return from < 0
    ? []
    : addressLevels
        .slice(from)
        .flatMap((finer) => [`${part(finer)}Kladr`, `${part(finer)}Id`])
        .filter(isFieldName)
}
