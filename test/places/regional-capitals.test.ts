import { describe, expect, it } from 'vitest'
import { isCityKladr } from '../../src/fields/place/kladr.ts'
import { federalSubjects } from '../../src/places/federal-subjects.ts'
import { findRegionalCapital, regionalCapitals } from '../../src/places/regional-capitals.ts'

describe('the capitals of regions', () => {
  it('are at most one for a region, with the code of a city in it', () => {
    expect(new Set(regionalCapitals.map(({ region }) => region)).size).toBe(regionalCapitals.length)
    for (const { kladr, region } of regionalCapitals) {
      expect(isCityKladr(kladr), kladr).toBe(true)
      expect(kladr.slice(0, 2)).toBe(region.slice(0, 2))
    }
  })

  it('are known for every federal subject but those without a capital of their own, and newer ones', () => {
    const known = new Set(regionalCapitals.map(({ region }) => region))
    const missing = federalSubjects.filter(({ kladr = '' }) => !known.has(kladr)).map(({ name }) => name)
    expect(missing).toEqual([
      'Ленинградская область',
      'Московская область',
      'Запорожская область',
      'Донецкая Народная Республика',
      'Луганская Народная Республика',
      'Херсонская область',
    ])
  })

  it.each<[string, string | undefined, string | undefined]>([
    ['Тюмень', '7200000000000', '7200000100000'],
    ['г. Тюмень', undefined, '7200000100000'],
    ['ИРКУТСК', '3800000000000', '3800000300000'],
    ['Смоленск', undefined, '6700000300000'],
    ['Орел', '5700000000000', '5700000100000'],
    ['Ростов на Дону', undefined, '6100000100000'],
    ['спб', undefined, '7800000000000'],
    ['Москва', '7700000000000', '7700000000000'],
    ['Москва', '5000000000000', undefined],
    ['Киров', '4300000000000', '4300000100000'],
    ['Киров', '4000000000000', undefined],
    ['Киров', undefined, undefined],
    ['Благовещенск', undefined, undefined],
    ['Ростов', undefined, undefined],
    ['Ростов', '7600000000000', undefined],
    ['Тобольск', undefined, undefined],
    ['Московская область', undefined, undefined],
    ['', undefined, undefined],
  ])('%s in the region %s has the code %s', (name, region, code) => {
    expect(findRegionalCapital(name, region)?.kladr).toBe(code)
  })
})
