import { federalCity } from '../fields/federal-city.ts'
import { places } from '../fields/place-parts.ts'
import type { LeadValues } from '../lead/values.ts'

/** Adds what a typed place says by itself: the codes and the region of a federal city, for which no list is needed. */
export function withKnownCodes(values: LeadValues): LeadValues {
  let known = values
  for (const { region, city, cityKladr, regionKladr } of places) {
    const found = federalCity(String(values[city]))
    const inRegion = values[region] ?? found?.name
    // Villages of these names stand in other regions.
    if (!found || values[cityKladr] || federalCity(String(inRegion)) !== found) continue
    known = { ...known, [region]: inRegion, [cityKladr]: found.kladr }
    if (regionKladr) known = { ...known, [regionKladr]: found.kladr }
  }
  return known
}
