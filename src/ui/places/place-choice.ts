import type { FieldName } from '../../fields/fields.ts'
import { regionKladr } from '../../fields/place/kladr.ts'
import type { PlaceFields } from '../../fields/place/place-fields.ts'
import type { RegionHint } from '../../places/place-finder.ts'
import type { City, Region } from '../../places/place.ts'

/** Reads the text of a field; a place need not have them all. */
export type ReadFieldText = (field: FieldName | undefined) => string

/** What the form knows of a place's region. */
export function regionHint(place: PlaceFields, read: ReadFieldText): RegionHint {
  return {
    name: read(place.region).trim(),
    id: read(place.regionId),
    kladr: read(place.regionKladr),
  }
}

/** The texts that the choice of a city puts into the fields of its place; an empty one forgets what was there. */
export function cityTexts(place: PlaceFields, city: City): Readonly<Record<string, string>> {
  const { kladr = '' } = city
  return fieldTexts(place, {
    region: city.region,
    city: city.name,
    cityKladr: kladr,
    regionKladr: kladr && regionKladr(kladr),
    regionId: city.regionId,
    cityId: city.id,
  })
}

/** The texts that the choice of a region puts into the fields of its place; a city of another one loses its codes. */
export function regionTexts(
  place: PlaceFields,
  region: Region,
  read: ReadFieldText,
): Readonly<Record<string, string>> {
  const { kladr = '' } = region
  const cityKladr = read(place.cityKladr)
  const holds = cityKladr === '' ? read(place.regionId) === region.id : regionKladr(cityKladr) === kladr
  return fieldTexts(place, {
    region: region.name,
    regionKladr: kladr,
    regionId: region.id,
    cityKladr: holds ? cityKladr : '',
    cityId: holds ? read(place.cityId) : '',
  })
}

function fieldTexts(place: PlaceFields, texts: Partial<Record<keyof PlaceFields, string>>) {
  return Object.fromEntries(
    Object.entries(place).flatMap(([part, field]) => {
      const text = new Map(Object.entries(texts)).get(part)
      return text === undefined ? [] : [[field, text]]
    }),
  )
}
