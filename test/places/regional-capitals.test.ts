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

  const spellings: readonly ((name: string) => string)[] = [
    (name) => name.toUpperCase(),
    (name) => `  ${name.toLowerCase()} `,
    (name) => name.replaceAll('ё', 'е').replaceAll('-', ' '),
    (name) => name.replaceAll('-', ' – '),
    (name) => name.replaceAll(' ', '\u00A0'),
    (name) => name.replaceAll(/[- ]/g, ''),
    ...['г.', 'г ', 'город ', 'гор. ', 'г.о. ', 'Городской округ '].map(
      (type) => (name: string) => type + name,
    ),
    ...[' г', ' г.', ', г', ' город', ' (город)', '.'].map((type) => (name: string) => name + type),
    (name) => `«${name}»`,
  ]

  it('are found in any spelling of their names', () => {
    for (const { name, region, kladr } of regionalCapitals) {
      for (const spell of spellings) {
        expect(findRegionalCapital(spell(name), region)?.kladr, spell(name)).toBe(kladr)
        expect(findRegionalCapital(spell(name), '9999999999999')).toBeUndefined()
      }
    }
  })

  it.each<[string, string | undefined, string | undefined]>([
    ['Тюмень', '7200000000000', '7200000100000'],
    ['г. Тюмень', undefined, '7200000100000'],
    ['ИРКУТСК', '3800000000000', '3800000300000'],
    ['Смоленск', undefined, '6700000300000'],
    ['Орел', '5700000000000', '5700000100000'],
    ['Ростов на Дону', undefined, '6100000100000'],
    ['спб', undefined, '7800000000000'],
    ['Город федерального значения Москва', undefined, '7700000000000'],
    ['Moscow', undefined, '7700000000000'],
    ['Saint Petersburg', '7800000000000', '7800000000000'],
    ['С.-Петербург', undefined, '7800000000000'],
    ['Sevastopol', undefined, '9200000000000'],
    ['Н. Новгород', undefined, '5200000100000'],
    ['В.Новгород', '5300000000000', '5300000100000'],
    ['Новгород', undefined, undefined],
    ['Ростов н/Д', undefined, '6100000100000'],
    ['Ростов/Дон', undefined, '6100000100000'],
    ['Йошкарола', undefined, '1200000100000'],
    ['Ю-Сахалинск', undefined, '6500000100000'],
    ['Петропавловск', undefined, undefined],
    ['Kirov', undefined, undefined],
    ['Kirov', '4300000000000', '4300000100000'],
    ['Киров город', undefined, undefined],
    ['Yekaterinburg', undefined, '6600000100000'],
    ['Петровск', undefined, undefined],
    ['Новый Уренгой', undefined, undefined],
    ['К', undefined, undefined],
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
