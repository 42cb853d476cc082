import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStaticPlaceList } from '../../src/places/parse-static-place-list.ts'
import type { PlaceDirectory } from '../../src/places/place-directory.ts'
import { createStaticDirectory } from '../../src/places/static-directory.ts'
import { federalSubjects } from '../../src/places/federal-subjects.ts'
import { seed } from '../support/random.ts'

function directoryOf(candidate: unknown): PlaceDirectory {
  const parsed = parseStaticPlaceList(candidate)
  if ('problems' in parsed) throw new TypeError(parsed.problems.join('; '))
  return createStaticDirectory(parsed.list)
}

function problemsOf(candidate: unknown): readonly string[] {
  const parsed = parseStaticPlaceList(candidate)
  return 'problems' in parsed ? parsed.problems : []
}

describe("a page's own list of places", () => {
  const list = {
    cities: [
      { name: 'Тюмень', region: 'Тюменская обл', kladr: '7200000100000', population: 850_000 },
      { name: 'Тобольск', kladr: '7200000200000' },
      { name: 'Киров', region: 'Калужская область' },
      { name: 'Минск', region: 'Минская область', type: 'г' },
      'Москва',
      'Заречье',
    ],
  }

  it('returns its cities, with the regions of their names and codes', async () => {
    const { cities, complete } = await directoryOf(list).cities({})
    expect(complete).toBe(true)
    expect(cities).toEqual([
      {
        id: 'kladr:7200000100000',
        name: 'Тюмень',
        type: 'г',
        regionId: 'kladr:7200000000000',
        region: 'Тюменская область',
        kladr: '7200000100000',
        population: 850_000,
      },
      { id: 'list:6', name: 'Заречье', type: 'г', regionId: '', region: '' },
      {
        id: 'list:3',
        name: 'Киров',
        type: 'г',
        regionId: 'kladr:4000000000000',
        region: 'Калужская область',
      },
      { id: 'list:4', name: 'Минск', type: 'г', regionId: 'list:91', region: 'Минская область' },
      {
        id: 'kladr:7700000000000',
        name: 'Москва',
        type: 'г',
        regionId: 'kladr:7700000000000',
        region: 'Москва',
        kladr: '7700000000000',
      },
      {
        id: 'kladr:7200000200000',
        name: 'Тобольск',
        type: 'г',
        regionId: 'kladr:7200000000000',
        region: 'Тюменская область',
        kladr: '7200000200000',
      },
    ])
  })

  it('offers the federal subjects, and the other regions that its cities name', async () => {
    const regions = await directoryOf(list).regions()
    expect(regions).toEqual([...federalSubjects, { id: 'list:91', name: 'Минская область' }])
  })

  it('offers the regions that it lists instead', async () => {
    const regions = await directoryOf({
      regions: ['Тюменская обл', { name: 'Моя', kladr: '9800000000000' }],
      cities: ['Ишим'],
    }).regions()
    expect(regions).toEqual([
      { id: 'kladr:7200000000000', name: 'Тюменская область', kladr: '7200000000000' },
      { id: 'kladr:9800000000000', name: 'Моя', kladr: '9800000000000' },
    ])
  })

  it.each([
    [{ region: 'kladr:7200000000000' }, ['Тюмень', 'Заречье', 'Тобольск']],
    [{ region: 'kladr:7200000000000', text: 'тоб' }, ['Тобольск']],
    [{ region: 'kladr:7200000000000', text: 'москва' }, []],
    [{ text: 'vjcrdf' }, ['Москва']],
    [{ region: 'devtek:1' }, ['Заречье']],
  ])('finds for %j: %j', async (query, names) => {
    const directory = directoryOf(list)
    const found = async (): Promise<readonly string[]> =>
      (await directory.cities(query)).cities.map(({ name }) => name)
    expect(await found()).toEqual(names)
    expect(await found()).toEqual(names)
  })

  it('may be names alone', async () => {
    const { cities } = await directoryOf(['Ишим', 'Санкт-Петербург']).cities({ text: 'питер' })
    expect(cities.map(({ id }) => id)).toEqual(['kladr:7800000000000'])
  })
})

describe('an invalid list of places', () => {
  it.each([
    [undefined, ['cities: expected a list']],
    [null, ['cities: expected a list']],
    ['Москва', ['cities: expected a list']],
    [{ cities: {} }, ['cities: expected a list']],
    [[''], ['cities.0.name: expected a name']],
    [
      ['Ишим', 7, null],
      ['cities.1.name: expected a name', 'cities.2.name: expected a name'],
    ],
    [
      [{ name: 'Ишим', region: 72, type: null }],
      ['cities.0.region: expected a name', 'cities.0.type: expected a text'],
    ],
    [
      [{ name: 'Ишим', kladr: 7_200_000_300_000 }],
      ["cities.0.kladr: expected one of the cities' codes, 13 digits in quotes"],
    ],
    [
      [{ name: 'Ишим', kladr: '7200000000000' }],
      ["cities.0.kladr: expected one of the cities' codes, 13 digits in quotes"],
    ],
    [[{ name: 'Ишим', population: '60 тысяч' }], ['cities.0.population: expected a whole number']],
    [{ cities: [], regions: {} }, ['regions: expected a list']],
    [
      { cities: [], regions: [{ kladr: '72' }] },
      [
        'regions.0.name: expected a name',
        "regions.0.kladr: expected one of the regions' codes, 13 digits in quotes",
      ],
    ],
  ])('%j is reported with the path and what was expected', (candidate, problems) => {
    expect(problemsOf(candidate)).toEqual(problems)
  })

  it('is reported and never thrown; a valid list always makes a directory', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything(),
        fc.array(
          fc.record(
            { name: fc.string(), region: fc.string(), population: fc.nat() },
            { requiredKeys: ['name'] },
          ),
        ),
        async (anything, cities) => {
          problemsOf(anything)
          const parsed = parseStaticPlaceList(cities)
          if ('problems' in parsed) return
          const answer = await createStaticDirectory(parsed.list).cities({})
          expect(answer.cities).toHaveLength(cities.length)
        },
      ),
      { seed },
    )
  })
})
