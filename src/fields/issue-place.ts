import { check, object, optional, pipe, regex, string } from 'valibot'
import type { FieldKind } from './field-kind.ts'
import { freeText } from './free-text.ts'
import { isCityKladr } from './kladr.ts'
import { plainWords } from './plain-text.ts'

/** The city where the loan is issued. The KLADR code is known only for a place chosen from a list. */
export type IssuePlaceValue = {
  readonly region?: string | undefined
  readonly city: string
  readonly cityKladr?: string | undefined
  /** Ids of a provider's own list of places, which carry its name: `devtek:536`. */
  readonly regionId?: string | undefined
  readonly cityId?: string | undefined
}

/** Cities that are regions themselves: the code of the region is the code of the city. */
export const federalCities: readonly IssuePlaceValue[] = [
  { region: 'Москва', city: 'Москва', cityKladr: '7700000000000' },
  { region: 'Санкт-Петербург', city: 'Санкт-Петербург', cityKladr: '7800000000000' },
  { region: 'Севастополь', city: 'Севастополь', cityKladr: '9200000000000' },
]

const placeName = freeText(255).schema
const placeId = pipe(string('kladr-format'), regex(/^[a-z]+:\d{1,10}$/, 'kladr-format'))

/** A federal city from the list, or any other name as typed, which carries no code. */
export const issuePlace: FieldKind<IssuePlaceValue> = {
  control: 'place',
  attributes: { autoComplete: 'address-level2', autoCapitalize: 'words', spellCheck: false },
  schema: object(
    {
      region: optional(placeName),
      city: placeName,
      cityKladr: optional(pipe(string('kladr-format'), check(isCityKladr, 'kladr-format'))),
      regionId: optional(placeId),
      cityId: optional(placeId),
    },
    'required',
  ),
  normalise(text) {
    const city = plainWords(text)
    return federalCities.find((place) => place.city === city) ?? { city }
  },
  format: (place) => place.city,
}
