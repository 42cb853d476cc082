import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { CityAnswer, CityQuery, PlaceDirectory } from '../../src/places/place-directory.ts'
import { createPlaceFinder } from '../../src/places/place-finder.ts'
import type { City } from '../../src/places/place.ts'
import { federalSubjects } from '../../src/places/federal-subjects.ts'

const nowhere = { name: '' }
const inTyumen = { name: 'Тюменская обл.' }
const { signal } = new AbortController()

function city(name: string, region = 'Тюменская область', population = 0): City {
  const regionId = federalSubjects.find((subject) => subject.name === region)?.id ?? ''
  return { id: `devtek:${name.length}`, name, type: 'г', regionId, region, population }
}

/** A directory that records its queries. */
function directory(
  answer: (query: CityQuery) => CityAnswer,
  regions: PlaceDirectory['regions'] = async () => [],
) {
  const queries: string[] = []
  const source: PlaceDirectory = {
    regions,
    async cities(query) {
      queries.push(`${query.region ?? ''}|${query.text ?? ''}`)
      return answer(query)
    },
  }
  return { queries, source }
}

const names = (cities: readonly City[]): readonly string[] => cities.map(({ name }) => name)

describe('cities of a complete answer', () => {
  const all = [city('Тюмень', undefined, 5), city('Тобольск'), city('Киров', 'Кировская область', 2)]
  const open = () =>
    directory(({ region }) => ({
      cities: all.filter(({ regionId }) => region === undefined || region === regionId),
      complete: true,
    }))

  it('are searched locally, after one query', async () => {
    const { queries, source } = open()
    const finder = createPlaceFinder(source)
    expect(names(await finder.cities('', nowhere, signal))).toEqual(['Тюмень', 'Тобольск', 'Киров'])
    expect(names(await finder.cities('тюмнь', nowhere, signal))).toEqual(['Тюмень'])
    expect(names(await finder.cities(' КИР', nowhere, signal))).toEqual(['Киров'])
    expect(queries).toEqual(['|'])
  })

  it('are searched in the region first, then everywhere', async () => {
    const { queries, source } = open()
    const finder = createPlaceFinder(source)
    expect(names(await finder.cities('', inTyumen, signal))).toEqual(['Тюмень', 'Тобольск'])
    expect(names(await finder.cities('киров', inTyumen, signal))).toEqual(['Киров'])
    expect(queries).toEqual(['kladr:7200000000000|', '|'])
    const byCode = { name: 'Так её зовут здесь', kladr: '4300000000000' }
    expect(names(await finder.cities('', byCode, signal))).toEqual(['Киров'])
    const unknown = { name: 'Вымышленный край' }
    expect(names(await finder.cities('тюм', unknown, signal))).toEqual(['Тюмень'])
  })

  it('are not found in a region without cities', async () => {
    const finder = createPlaceFinder(open().source)
    expect(await finder.cities('', { name: 'Республика Алтай' }, signal)).toEqual([])
  })
})

describe('cities of an incomplete answer', () => {
  const answers: Readonly<Record<string, CityAnswer>> = {
    '': { cities: [city('Москва', 'Москва')], complete: false },
    т: { cities: [city('Тюмень')], complete: false },
    то: { cities: [city('Тобольск'), city('Томск', 'Томская область')], complete: true },
    тощ: { cities: [city('Тощево')], complete: true },
  }
  const open = () => directory(({ text = '' }) => answers[text] ?? { cities: [], complete: true })

  it('are queried by text, once for each text', async () => {
    const { queries, source } = open()
    const finder = createPlaceFinder(source, 0)
    expect(names(await finder.cities('', nowhere, signal))).toEqual(['Москва'])
    expect(names(await finder.cities('т', nowhere, signal))).toEqual(['Тюмень'])
    expect(names(await finder.cities('т', nowhere, signal))).toEqual(['Тюмень'])
    expect(queries).toEqual(['|', '|т'])
  })

  it('are not queried when the answer to a shorter text is complete and has a match', async () => {
    const { queries, source } = open()
    const finder = createPlaceFinder(source, 0)
    expect(names(await finder.cities('то', nowhere, signal))).toEqual(['Тобольск', 'Томск'])
    expect(names(await finder.cities('том', nowhere, signal))).toEqual(['Томск'])
    expect(queries).toEqual(['|', '|то'])
    expect(names(await finder.cities('тощ', nowhere, signal))).toEqual(['Тощево'])
    expect(queries).toEqual(['|', '|то', '|тощ'])
  })

  it('are queried after a pause, not at every key', async () => {
    const { queries, source } = open()
    const finder = createPlaceFinder(source, 20)
    await finder.cities('', nowhere, signal)
    await finder.cities('т', nowhere, signal)
    const typing = new AbortController()
    const next = finder.cities('ты', nowhere, typing.signal)
    typing.abort()
    await expect(next).rejects.toThrow(/abort/i)
    await finder.cities('тым', nowhere, signal)
    expect(queries).toEqual(['|', '|т', '|тым'])
  })

  it('are queried at once by the first key, also after a pause', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const { queries, source } = open()
    const finder = createPlaceFinder(source, 150)
    await finder.cities('т', nowhere, signal)
    expect(queries).toEqual(['|', '|т'])
    vi.advanceTimersByTime(150)
    await finder.cities('ты', nowhere, signal)
    expect(queries).toEqual(['|', '|т', '|ты'])
  })

  it('are queried again after a failure', async () => {
    let isDown = true
    const { queries, source } = directory(({ text = '' }) => {
      if (isDown) throw new Error('down')
      return answers[text] ?? { cities: [], complete: true }
    })
    const finder = createPlaceFinder(source, 0)
    await expect(finder.cities('т', nowhere, signal)).rejects.toThrow('down')
    isDown = false
    expect(names(await finder.cities('т', nowhere, signal))).toEqual(['Тюмень'])
    expect(queries).toEqual(['|', '|', '|т'])
  })

  it('are cached, up to a limit', async () => {
    const { queries, source } = directory(({ text = '' }) => ({
      cities: text === '' ? [] : [city(text)],
      complete: false,
    }))
    const finder = createPlaceFinder(source, 0)
    for (let index = 0; index < 60; index += 1) await finder.cities(`город ${index}`, nowhere, signal)
    const before = queries.length
    await finder.cities('город 59', nowhere, signal)
    expect(queries.length).toBe(before)
    await finder.cities('город 0', nowhere, signal)
    expect(queries.length).toBe(before + 1)
  })
})

describe('cities that are regions themselves', () => {
  const moscow = { name: 'Москва', region: 'Москва', kladr: '7700000000000', regionId: 'kladr:7700000000000' }
  const down = (): never => {
    throw new Error('down')
  }

  it.each<[string, () => CityAnswer]>([
    ['fails', down],
    ['has no cities', () => ({ cities: [], complete: false })],
  ])('are found where the directory %s', async (_, answer) => {
    const finder = createPlaceFinder(directory(answer).source, 0)
    for (const text of ['мос', 'vjcrdf', 'Мсква']) {
      expect(await finder.cities(text, inTyumen, signal)).toMatchObject([moscow])
    }
    expect(names(await finder.cities('питер', nowhere, signal))).toEqual(['Санкт-Петербург'])
  })

  it('do not hide a failure of the directory when none of them matches', async () => {
    const finder = createPlaceFinder(directory(down).source, 0)
    await expect(finder.cities('Примерск', nowhere, signal)).rejects.toThrow('down')
    await expect(finder.cities('', nowhere, signal)).rejects.toThrow('down')
  })

  it('are not offered by a list that is complete without them', async () => {
    const finder = createPlaceFinder(
      directory(() => ({ cities: [city('Тюмень')], complete: true })).source,
      0,
    )
    expect(await finder.cities('москва', nowhere, signal)).toEqual([])
  })

  it('are not returned for an aborted query', async () => {
    const typing = new AbortController()
    typing.abort()
    const finder = createPlaceFinder(directory(() => ({ cities: [], complete: false })).source, 0)
    await expect(finder.cities('мос', nowhere, typing.signal)).rejects.toThrow(/abort/i)
  })
})

describe('regions', () => {
  const noCities = (): CityAnswer => ({ cities: [], complete: true })

  it.each<[string, PlaceDirectory['regions']]>([
    ['returns none', async () => []],
    ['fails', () => Promise.reject(new Error('down'))],
  ])('are the federal subjects where the directory %s', async (_, regions) => {
    const finder = createPlaceFinder(directory(noCities, regions).source)
    expect((await finder.regions('тюм')).map(({ name }) => name)).toEqual(['Тюменская область'])
    expect(await finder.regions('')).toHaveLength(federalSubjects.length)
  })

  it('are those of the directory, by name', async () => {
    const own = ['Область примеров', 'Край вымыслов'].map((name, index) => ({ id: `devtek:${index}`, name }))
    const finder = createPlaceFinder(directory(noCities, async () => own).source)
    expect((await finder.regions('')).map(({ name }) => name)).toEqual(['Край вымыслов', 'Область примеров'])
    expect(await finder.findRegionByName('область ПРИМЕРОВ')).toEqual(own[0])
    expect(await finder.findRegionByName('край вымысла')).toBeUndefined()
  })
})

describe('a city by its name', () => {
  const all = [city('Киров', 'Кировская область'), city('Киров', 'Калужская область'), city('Тюмень')]
  const { source } = directory(({ region }) => ({
    cities: all.filter(({ regionId }) => region === undefined || regionId === region),
    complete: true,
  }))
  const finder = createPlaceFinder(source)

  it.each([
    ['г. Тюмень', '', 'Тюменская область'],
    ['тюмень', 'Тюменская область', 'Тюменская область'],
    ['тюм', '', undefined],
    ['киров', '', undefined],
    ['киров', 'Калужская область', 'Калужская область'],
    ['киров', 'Тюменская область', undefined],
    ['киров', 'Вымышленный край', undefined],
  ])('%s in “%s” is that of %s', async (text, name, region) => {
    expect((await finder.findCityByName(text, { name }, signal))?.region).toBe(region)
  })
})
