import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { federalCities } from '../../src/fields/place/federal-city.ts'
import { isCityKladr, isRegionKladr } from '../../src/fields/place/kladr.ts'
import { searchRegions } from '../../src/places/place-search.ts'
import { federalSubjects, findFederalSubject } from '../../src/places/federal-subjects.ts'
import { seed } from '../support/random.ts'

const search = (text: string): readonly string[] =>
  searchRegions(federalSubjects, text).map(({ name }) => name)

describe('the federal subjects', () => {
  it('are 89 and Байконур', () => {
    expect(federalSubjects).toHaveLength(90)
    expect(new Set(federalSubjects.map(({ kladr }) => kladr)).size).toBe(90)
    expect(new Set(federalSubjects.map(({ name }) => name)).size).toBe(90)
    expect(federalSubjects.at(-1)).toEqual({
      id: 'kladr:9900000000000',
      name: 'Байконур',
      kladr: '9900000000000',
    })
  })

  it('have region codes in order', () => {
    const codes = federalSubjects.map(({ kladr = '' }) => kladr)
    expect(codes.filter((code) => !isRegionKladr(code))).toEqual([])
    expect(codes.toSorted()).toEqual(codes)
    expect(federalSubjects.map(({ id }) => id)).toEqual(codes.map((code) => `kladr:${code}`))
  })

  it.each([
    ['Республика Адыгея', '01'],
    ['Республика Алтай', '04'],
    ['Чувашская Республика', '21'],
    ['Алтайский край', '22'],
    ['Калужская область', '40'],
    ['Московская область', '50'],
    ['Тюменская область', '72'],
    ['Забайкальский край', '75'],
    ['Москва', '77'],
    ['Еврейская автономная область', '79'],
    ['Ненецкий автономный округ', '83'],
    ['Ханты-Мансийский автономный округ — Югра', '86'],
    ['Чукотский автономный округ', '87'],
    ['Ямало-Ненецкий автономный округ', '89'],
    ['Запорожская область', '90'],
    ['Республика Крым', '91'],
    ['Севастополь', '92'],
    ['Донецкая Народная Республика', '93'],
    ['Луганская Народная Республика', '94'],
    ['Херсонская область', '95'],
  ])('%s has the code %s', (name, code) => {
    expect(federalSubjects.find((subject) => subject.name === name)?.kladr).toBe(`${code}00000000000`)
  })

  it('include the federal cities with the codes that forms use', () => {
    const cities = federalSubjects.filter(({ kladr = '' }) => isCityKladr(kladr) && !kladr.startsWith('99'))
    expect(cities.map(({ name, kladr }) => ({ name, kladr }))).toEqual(federalCities)
  })

  it.each([
    ['Республика Саха (Якутия)', ['Респ Саха /Якутия/', 'Саха (Якутия)', 'якутия', 'Саха']],
    [
      'Ханты-Мансийский автономный округ — Югра',
      [
        'Ханты-Мансийский Автономный округ - Югра АО',
        'Ханты-Мансийский АО',
        'Ханты-Мансийский АО - Югра',
        'ХМАО',
      ],
    ],
    ['Кемеровская область — Кузбасс', ['Кемеровская обл', 'Кемеровская область - Кузбасс']],
    ['Чувашская Республика', ['Чувашская Республика - Чувашия', 'Чувашская Респ', 'Чувашия']],
    ['Республика Северная Осетия — Алания', ['Респ Северная Осетия - Алания', 'Северная Осетия']],
    ['Донецкая Народная Республика', ['Респ Донецкая Народная', 'ДНР']],
    ['Республика Тыва', ['Тыва (Тува)', 'Тува']],
    ['Республика Алтай', ['Алтай', 'Респ. Алтай']],
    ['Алтайский край', ['Алтайский край', 'край Алтайский']],
    ['Сахалинская область', ['Сахалинская обл.']],
    ['Санкт-Петербург', ['г. Санкт-Петербург', 'Санкт-Петербург г', 'СПб']],
  ])('%s is found by the name %j', (name, listed) => {
    expect(listed.map((one) => findFederalSubject(one)?.name)).toEqual(listed.map(() => name))
  })

  it.each(['Алматинская область', 'Минская область', '', 'область'])(
    'nothing is found by the name %j',
    (name) => {
      expect(findFederalSubject(name)).toBeUndefined()
    },
  )
})

describe('a search over regions', () => {
  it.each([
    ['тюм', 'Тюменская область'],
    ['хмао', 'Ханты-Мансийский автономный округ — Югра'],
    ['югра', 'Ханты-Мансийский автономный округ — Югра'],
    ['мо', 'Московская область'],
    ['мос', 'Москва'],
    ['спб', 'Санкт-Петербург'],
    ['татарстан', 'Республика Татарстан'],
    ['якутия', 'Республика Саха (Якутия)'],
    ['саха', 'Республика Саха (Якутия)'],
    ['алтай', 'Республика Алтай'],
    ['алтайский', 'Алтайский край'],
    ['московская обл', 'Московская область'],
    ['осетия', 'Республика Северная Осетия — Алания'],
    ['калужкая', 'Калужская область'],
    ['.heh', undefined],
    ['.uhf', 'Ханты-Мансийский автономный округ — Югра'],
    ['ktybyuhflcrfz', 'Ленинградская область'],
    ['tatarstan', 'Республика Татарстан'],
    ['nizhegorodskaya', 'Нижегородская область'],
    ['чечня', 'Чеченская Республика'],
    ['лнр', 'Луганская Народная Республика'],
    ['юмор', undefined],
    ['зззз', undefined],
  ])('ranks first for %j: %s', (text, name) => {
    expect(search(text)[0]).toBe(name)
  })

  it('returns all regions for an empty text, alphabetically', () => {
    expect(search('')).toHaveLength(90)
    expect(search(' ').slice(0, 3)).toEqual(['Республика Адыгея', 'Республика Алтай', 'Алтайский край'])
  })

  it('searches regions of any list', () => {
    const listed = [
      { id: 'devtek:1', name: 'Минская область' },
      { id: 'devtek:2', name: 'Ханты-Мансийский АО' },
    ]
    expect(searchRegions(listed, 'минск')).toEqual([listed[0]])
    expect(searchRegions(listed, 'югра')).toEqual([listed[1]])
  })

  it('returns regions of the list for any text, without repetitions', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found = searchRegions(federalSubjects, text)
        expect(new Set(found).size).toBe(found.length)
        expect(found.every((region) => federalSubjects.includes(region))).toBe(true)
      }),
      { seed },
    )
  })
})
