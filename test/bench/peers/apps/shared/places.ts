/** A region or a city of the list that all pages of the comparison share. */
export interface Place {
  readonly id: string
  readonly name: string
}

/** How many matches the lists show that the pages themselves render. */
export const shownPlaces = 50

/** The regions. */
export function loadRegions(): Promise<readonly Place[]> {
  return load('/places/regions')
}

/** All cities of a region. */
export function loadCities(region: string): Promise<readonly Place[]> {
  return load(`/places/cities?region=${encodeURIComponent(region)}`)
}

/** The places whose name begins with a text, at most as many as are shown. */
export function filterPlaces(places: readonly Place[], text: string): Place[] {
  const typed = text.trim().toLowerCase()
  return places.filter(({ name }) => name.toLowerCase().startsWith(typed)).slice(0, shownPlaces)
}

async function load(path: string): Promise<readonly Place[]> {
  const response = await fetch(path)
  return response.json()
}
