import type { FieldName } from '../fields/fields.ts'
import type { PlaceParts } from '../fields/place-parts.ts'
import type { RegionHint } from '../places/place-finder.ts'
import type { City, Region } from '../places/place.ts'

/** Reads the text of a field; a place need not have them all. */
export type ReadText = (field: FieldName | undefined) => string

/** What the form knows of a place's region. */
export function regionHint(place: PlaceParts, read: ReadText): RegionHint {
  const { region, regionId, regionKladr } = place
  return { name: read(region).trim(), id: read(regionId), kladr: read(regionKladr) }
}

/** The texts that the choice of a city puts into the fields of its place; an empty one forgets what was there. */
export function cityTexts(place: PlaceParts, city: City): Readonly<Record<string, string>> {
  const { kladr = '' } = city
  return textsOf(place, {
    region: city.region,
    city: city.name,
    cityKladr: kladr,
    regionKladr: regionCode(kladr),
    regionId: city.regionId,
    cityId: city.id,
  })
}

/** The texts that the choice of a region puts into the fields of its place; a city of another one loses its codes. */
export function regionTexts(
  place: PlaceParts,
  region: Region,
  read: ReadText,
): Readonly<Record<string, string>> {
  const { kladr = '' } = region
  const cityKladr = read(place.cityKladr)
  const holds = cityKladr === '' ? read(place.regionId) === region.id : regionCode(cityKladr) === kladr
  return textsOf(place, {
    region: region.name,
    regionKladr: kladr,
    regionId: region.id,
    cityKladr: holds ? cityKladr : '',
    cityId: holds ? read(place.cityId) : '',
  })
}

/** The code of the region begins every code in it. */
function regionCode(kladr: string): string {
  return kladr && `${kladr.slice(0, 2)}00000000000`
}

function textsOf(place: PlaceParts, texts: Partial<Record<keyof PlaceParts, string>>) {
  return Object.fromEntries(
    Object.entries(place).flatMap(([part, field]) => {
      const text = new Map(Object.entries(texts)).get(part)
      return text === undefined ? [] : [[field, text]]
    }),
  )
}
