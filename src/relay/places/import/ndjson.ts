import { createHash } from 'node:crypto'
import {
  array,
  check,
  integer,
  length,
  maxLength,
  minLength,
  minValue,
  nullable,
  number,
  object,
  pipe,
  regex,
  safeParse,
  string,
  tuple,
} from 'valibot'
import { isCityKladr, isRegionKladr, regionKladr } from '../../../fields/place/kladr.ts'
import { parseJson } from '../../../providers/core/json.ts'
import type { City, Region } from '../../../places/place.ts'
import { createCitySearch } from '../../../places/place-search.ts'
import type { StoredCity } from '../generations/load-generation.ts'
import type { NewPlaceList } from '../place-store.ts'
import type { ImportedPlaces } from './imported-places.ts'

/** More places than any country has. */
const maxPlaces = 1_000_000
/** Characters. The first line is the longest: it names all regions. */
const maxLineLength = 64 * 1024

/** Malformed NDJSON. The message names the line and the problem. */
export class PlacesNdjsonError extends Error {
  override readonly name = 'PlacesNdjsonError'
}

/**
 * Writes a directory of places in the format that a relay imports, line by line: first
 * `{"regions":[[code,name],…],"cities":count}`, then `[code,name,type,population]` for each city, the most important
 * first. The same places give the same lines in whatever order they are passed.
 */
export function* writePlacesNdjson({ regions, cities }: Omit<ImportedPlaces, 'skipped'>): Generator<string> {
  yield `${JSON.stringify({ regions: [...regions].toSorted(([one], [other]) => (one < other ? -1 : 1)), cities: cities.length })}\n`
  const search = createCitySearch(
    cities
      .toSorted((one, other) => (one.kladr < other.kladr ? -1 : 1))
      .map((city): City => {
        const region = regionKladr(city.kladr)
        return { ...city, id: city.kladr, regionId: region, region: regions.get(region) ?? '' }
      }),
  )
  for (const { id, name, type, population } of search('', Infinity)) {
    yield `${JSON.stringify([id, name, type, population ?? null])}\n`
  }
}

const nameSchema = pipe(string(), minLength(1), maxLength(255))
const headerSchema = object({
  regions: pipe(array(tuple([pipe(string(), check(isRegionKladr)), nameSchema])), minLength(1)),
  cities: pipe(number(), integer(), minValue(1)),
})
const citySchema = tuple([
  pipe(string(), length(13), regex(/^\d+$/), check(isCityKladr)),
  nameSchema,
  pipe(string(), maxLength(40)),
  nullable(pipe(number(), integer(), minValue(0))),
])

/** Parses and checks the format of {@link writePlacesNdjson}. Throws {@link PlacesNdjsonError} unless all of it is valid. */
export async function readPlacesNdjson(chunks: AsyncIterable<string>): Promise<NewPlaceList<StoredCity>> {
  const hash = createHash('sha256')
  let regions: readonly Region[] = []
  let expected = 0
  const regionIds = new Set<string>()
  const cities: StoredCity[] = []
  const codes = new Set<string>()
  let line = 0
  for await (const text of splitLines(chunks)) {
    line += 1
    hash.update(text).update('\n')
    if (line === 1) {
      const header = safeParse(headerSchema, parseJson(text))
      if (!header.success)
        throw new PlacesNdjsonError('line 1: expected {"regions":[[code,name],…],"cities":count}')
      regions = header.output.regions.map(([kladr, name]) => ({ id: `kladr:${kladr}`, name, kladr }))
      for (const { id } of regions) regionIds.add(id)
      expected = header.output.cities
      if (expected > maxPlaces) throw new PlacesNdjsonError(`line 1: expected at most ${maxPlaces} cities`)
      continue
    }
    const city = safeParse(citySchema, parseJson(text))
    if (!city.success) throw new PlacesNdjsonError(`line ${line}: expected [code,name,type,population]`)
    const [kladr, name, type, population] = city.output
    const regionId = `kladr:${regionKladr(kladr)}`
    if (!regionIds.has(regionId)) throw new PlacesNdjsonError(`line ${line}: its region is not in line 1`)
    if (codes.has(kladr)) throw new PlacesNdjsonError(`line ${line}: the code ${kladr} is repeated`)
    codes.add(kladr)
    cities.push({
      id: `kladr:${kladr}`,
      name,
      type,
      regionId,
      kladr,
      population: population ?? undefined,
    })
  }
  if (line === 0 || cities.length !== expected) {
    throw new PlacesNdjsonError(`expected ${expected} cities, got ${cities.length}`)
  }
  return { fingerprint: hash.digest('hex'), regions, cities }
}

async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > maxLineLength) throw new PlacesNdjsonError('a line is too long')
    for (const line of lines) if (line !== '') yield line
  }
  if (rest !== '') yield rest
}
