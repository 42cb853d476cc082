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
  it('are 89, and Байконур', () => {
    expect(federalSubjects).toHaveLength(90)
    expect(new Set(federalSubjects.map(({ kladr }) => kladr)).size).toBe(90)
    expect(new Set(federalSubjects.map(({ name }) => name)).size).toBe(90)
    expect(federalSubjects.at(-1)).toEqual({
      id: 'kladr:9900000000000',
      name: 'Байконур',
      kladr: '9900000000000',
    })
  })

  it('have codes of regions, in their order', () => {
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

  it('hold the cities that are regions under the codes that a form gives them', () => {
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
  ])('%s is what lists call %j', (name, listed) => {
    expect(listed.map((one) => findFederalSubject(one)?.name)).toEqual(listed.map(() => name))
  })

  it.each(['Алматинская область', 'Минская область', '', 'область'])('none is %j', (name) => {
    expect(findFederalSubject(name)).toBeUndefined()
  })
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
  ])('puts first for %j: %s', (text, name) => {
    expect(search(text)[0]).toBe(name)
  })

  it('gives all regions without a text, by the alphabet of their own names', () => {
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

  it('answers any text with regions of the list, none twice', () => {
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
