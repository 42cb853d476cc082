import { describe, expect, it } from 'vitest'
import { federalSubjects } from '../../src/places/federal-subjects.ts'
import type { PlaceDirectory } from '../../src/places/place-directory.ts'
import { createPlaceFinder } from '../../src/places/place-finder.ts'
import { latinSpelling, latinSystems } from './latin-spelling.ts'
import { towns } from './towns.ts'

const { signal } = new AbortController()
const nowhere = { name: '' }

function findIn(cities: PlaceDirectory['cities']): ReturnType<typeof createPlaceFinder> {
  return createPlaceFinder({ regions: async () => federalSubjects, cities }, 0)
}

const finder = findIn(async ({ region }) => ({
  cities: towns.filter(({ regionId }) => region === undefined || regionId === region),
  complete: true,
}))

describe('a city in Latin letters', () => {
  it.each([
    ['Tyumen', 'Тюмень'],
    ['Moscow', 'Москва'],
    ['Moskva', 'Москва'],
    ['Saint Petersburg', 'Санкт-Петербург'],
    ['St. Petersburg', 'Санкт-Петербург'],
    ['Sankt-Peterburg', 'Санкт-Петербург'],
    ['Nizhny Novgorod', 'Нижний Новгород'],
    ['Nizhniy Novgorod', 'Нижний Новгород'],
    ['Rostov-on-Don', 'Ростов-на-Дону'],
    ['Rostov-na-Donu', 'Ростов-на-Дону'],
    ['YEKATERINBURG', 'Екатеринбург'],
    ['Togliatti', 'Тольятти'],
    ['Naberezhnye Chelny', 'Набережные Челны'],
  ])('%s is %s', async (text, name) => {
    expect((await finder.findCityByName(text, nowhere, signal))?.name).toBe(name)
  })

  it.each(['Tyum', 'Moskow', 'Novgorod', 'Petersburg', 'London', 'Don'])('%s is no city', async (text) => {
    expect(await finder.findCityByName(text, nowhere, signal)).toBeUndefined()
  })

  it.each(latinSystems)(
    'is found in nearly every spelling of %s, and is never another one',
    async (system) => {
      const unique = towns.filter(({ name }) => towns.filter((town) => town.name === name).length === 1)
      const missing: string[] = []
      for (const { name } of unique) {
        const found = await finder.findCityByName(latinSpelling(name, system), nowhere, signal)
        expect([name, undefined]).toContain(found?.name)
        if (!found) missing.push(name)
      }
      // One system writes э as `eh`, which otherwise is эх.
      expect(missing.filter((name) => !name.includes('э'))).toEqual([])
    },
  )

  it('precedes the villages of that name if it is a region itself', async () => {
    const moscow = towns.filter(({ name }) => name === 'Москва')
    const village = {
      name: 'Москва',
      type: 'д',
      region: 'Тверская область',
      regionId: 'kladr:69',
      id: 'kladr:1',
    }
    const many = findIn(async () => ({ cities: [village, ...moscow], complete: true }))
    for (const text of ['Moscow', 'москва'])
      expect(await many.findCityByName(text, nowhere, signal)).toEqual(moscow[0])
  })

  it('has its code while the directory is down, in no other region than its own', async () => {
    const down = findIn(async () => Promise.reject(new Error('down')))
    expect(await down.findCityByName('Moscow', nowhere, signal)).toMatchObject({ kladr: '7700000000000' })
    expect(await down.findCityByName('Moscow', { name: 'Moscow' }, signal)).toMatchObject({ name: 'Москва' })
    expect(await down.findCityByName('Moscow', { name: 'Tver Oblast' }, signal)).toBeUndefined()
  })

  it('is looked for in the region that is written in Latin letters too', async () => {
    const found = await finder.findCityByName('Tyumen', { name: 'Tyumen Oblast' }, signal)
    expect(found).toMatchObject({ name: 'Тюмень', region: 'Тюменская область' })
    expect(await finder.findCityByName('Tyumen', { name: 'Omsk Oblast' }, signal)).toBeUndefined()
  })
})

// As the maps and the address forms of browsers write them, in the order of the Russian list.
const englishSubjects = `Republic of Adygea
Republic of Bashkortostan
Republic of Buryatia
Altai Republic
Republic of Dagestan
Republic of Ingushetia
Kabardino-Balkarian Republic
Republic of Kalmykia
Karachay-Cherkess Republic
Republic of Karelia
Komi Republic
Mari El Republic
Republic of Mordovia
Sakha Republic
Republic of North Ossetia-Alania
Republic of Tatarstan
Tuva Republic
Udmurt Republic
Republic of Khakassia
Chechen Republic
Chuvash Republic
Altai Krai
Krasnodar Krai
Krasnoyarsk Krai
Primorsky Krai
Stavropol Krai
Khabarovsk Krai
Amur Oblast
Arkhangelsk Oblast
Astrakhan Oblast
Belgorod Oblast
Bryansk Oblast
Vladimir Oblast
Volgograd Oblast
Vologda Oblast
Voronezh Oblast
Ivanovo Oblast
Irkutsk Oblast
Kaliningrad Oblast
Kaluga Oblast
Kamchatka Krai
Kemerovo Oblast
Kirov Oblast
Kostroma Oblast
Kurgan Oblast
Kursk Oblast
Leningrad Oblast
Lipetsk Oblast
Magadan Oblast
Moscow Oblast
Murmansk Oblast
Nizhny Novgorod Oblast
Novgorod Oblast
Novosibirsk Oblast
Omsk Oblast
Orenburg Oblast
Oryol Oblast
Penza Oblast
Perm Krai
Pskov Oblast
Rostov Oblast
Ryazan Oblast
Samara Oblast
Saratov Oblast
Sakhalin Oblast
Sverdlovsk Oblast
Smolensk Oblast
Tambov Oblast
Tver Oblast
Tomsk Oblast
Tula Oblast
Tyumen Oblast
Ulyanovsk Oblast
Chelyabinsk Oblast
Zabaykalsky Krai
Yaroslavl Oblast
Moscow
Saint Petersburg
Jewish Autonomous Oblast
Nenets Autonomous Okrug
Khanty-Mansi Autonomous Okrug
Chukotka Autonomous Okrug
Yamalo-Nenets Autonomous Okrug`.split('\n')

describe('a region in English', () => {
  it('is the federal subject of that name', async () => {
    const found: string[] = []
    for (const text of englishSubjects) found.push((await finder.findRegionByName(text))?.name ?? text)
    expect(found).toEqual(federalSubjects.slice(0, englishSubjects.length).map(({ name }) => name))
  })

  it.each(['Springfield Oblast', 'No Oblast', 'Kra Krai', 'Oblast', 'Tyumen'])(
    '%s is no region',
    async (text) => {
      expect(await finder.findRegionByName(text)).toBeUndefined()
    },
  )
})
