import { batch } from '@preact/signals'
import type { FieldName } from '../../fields/fields.ts'
import { regionKladr } from '../../fields/place/kladr.ts'
import { dependentCodes, type PlaceFields } from '../../fields/place/place-fields.ts'
import { collectValues } from '../../form/flow.ts'
import type { RegionHint } from '../../places/place-finder.ts'
import type { City, Region } from '../../places/place.ts'
import { addKnownCodes } from '../../state/field-models.ts'
import type { FormModel } from '../../state/form-model.ts'
import type { FormView } from '../form-view.ts'

/** Returns the text of a field; empty for a field that the place does not have. */
export type ReadFieldText = (field: FieldName | undefined) => string

/** What the form knows about the region of a place. */
export function regionHint(place: PlaceFields, read: ReadFieldText): RegionHint {
  return {
    name: read(place.region).trim(),
    id: read(place.regionId),
    kladr: read(place.regionKladr),
  }
}

/** The texts of a place's fields after the choice of a city. An empty text clears a field. */
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

/** The texts of a place's fields after the choice of a region. A city in another region loses its codes. */
export function regionTexts(
  place: PlaceFields,
  region: Region,
  read: ReadFieldText,
): Readonly<Record<string, string>> {
  const { kladr = '' } = region
  const cityKladr = read(place.cityKladr)
  const isInRegion = cityKladr === '' ? read(place.regionId) === region.id : regionKladr(cityKladr) === kladr
  return fieldTexts(place, {
    region: region.name,
    regionKladr: kladr,
    regionId: region.id,
    cityKladr: isInRegion ? cityKladr : '',
    cityId: isInRegion ? read(place.cityId) : '',
  })
}

/** The code of the city of a place, which a federal city has without a choice, too; `undefined` if it is unknown. */
export function cityCode({ fields }: FormModel, { region, city, cityKladr }: PlaceFields) {
  const valueOf = (name: FieldName) => fields[name]?.value.value
  return addKnownCodes(collectValues([region, city, cityKladr], valueOf))[cityKladr]
}

/** Fills in a place. The codes of the street and house stay where the city has the code that it had before. */
export function fillPlace(
  model: FormModel,
  place: PlaceFields,
  texts: Readonly<Record<string, string>>,
  read: ReadFieldText,
): void {
  const before = cityCode(model, place)
  const finer = dependentCodes(place.cityKladr).map((name) => [model.fields[name], read(name)] as const)
  batch(() => {
    model.fill(texts)
    if (before && before === cityCode(model, place)) for (const [field, text] of finer) field?.setText(text)
  })
}

/** The texts of the lists; `undefined` until they have come, which renders the caller again. */
export function placeTexts(view: FormView): FormView['texts']['places'] {
  // What comes later completes the texts.
  view.laterViews()
  return view.texts.places
}

function fieldTexts(place: PlaceFields, texts: Partial<Record<keyof PlaceFields, string>>) {
  return Object.fromEntries(
    Object.entries(place).flatMap(([part, field]) => {
      const text = new Map(Object.entries(texts)).get(part)
      return text === undefined ? [] : [[field, text]]
    }),
  )
}
