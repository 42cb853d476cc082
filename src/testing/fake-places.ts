/** Cities by the name of their region: `{ 'Тюменская область': ['Тюмень', 'Тобольск'] }`. */
export type FakePlaces = Readonly<Record<string, readonly string[]>>

/** Creates a function that answers `/regions` and `/cities`, and returns `undefined` for any other path. */
export function createFakePlaces(places: FakePlaces) {
  const regions = Object.keys(places).map((name, index) => ({ id: String(index + 1), name }))
  const cities = regions.flatMap(({ id: regionId, name: region }) =>
    (places[region] ?? []).map((name, index) => ({
      id: `${regionId}-${index + 1}`,
      name,
      type: 'г',
      regionId,
      region,
    })),
  )
  return (path: string, query: URLSearchParams): object | undefined => {
    if (path === '/regions') return { regions }
    if (path !== '/cities') return undefined
    const region = query.get('region')
    const prefix = (query.get('query') ?? '').toLowerCase()
    const found = cities.filter(
      ({ regionId, name }) => (region ?? regionId) === regionId && name.toLowerCase().startsWith(prefix),
    )
    return { cities: found, complete: true }
  }
}
