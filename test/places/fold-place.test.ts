import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldPlaceName } from '../../src/places/fold-place.ts'
import { expandQuery } from '../../src/places/query-variants.ts'
import { phoneticKey } from '../../src/places/transliteration.ts'
import { seed } from '../support/random.ts'
import { latinSpelling, latinSystems } from './latin-spelling.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'гсоблраейё .-\u0301'.split(''), 'город ', ' обл', "moskva'") }),
)

describe('a folded place', () => {
  it.each([
    [
      'ростов на дону',
      ['Ростов-на-Дону', 'ростов на дону', 'г. Ростов на Дону', ' РОСТОВ – НА – ДОНУ', 'Ростов-на-Дону г'],
    ],
    ['орел', ['Орёл', 'орел', 'г.Орёл', 'Оре\u0308л', '«Орёл»', 'гор. Оре\u0301л']],
    ['йошкар ола', ['Йошкар-Ола', 'И\u0306ошкар\u2011Ола']],
    ['тюменская', ['Тюменская область', 'Тюменская обл.', 'обл. Тюменская']],
    ['татарстан', ['Республика Татарстан', 'Респ Татарстан', 'Татарстан Респ']],
    ['ненецкий', ['Ненецкий АО', 'Ненецкий автономный округ']],
    ['еврейская', ['Еврейская Аобл', 'Еврейская автономная область']],
    ['саха якутия', ['Республика Саха (Якутия)', 'Респ Саха /Якутия/']],
    ['ленинградская', ['станица Ленинградская', 'ст-ца Ленинградская']],
    ['мирный', ['пгт Мирный', 'посёлок городского типа Мирный', 'рабочий посёлок Мирный', 'Мирный п']],
    ['большое село', ['Большое Село', 'с. Большое Село', 'Большое Село с']],
    ['москва', ['Мос\u00adква', '\u202aМосква\u202c', 'Мос\u200bква']],
    ['арзамас 16', ['Арзамас-16']],
    ['город', ['город', 'Город']],
    ['с', ['с', 'С.']],
    ['', ['', ' ', '—', '\u200b']],
  ])('is %j', (folded, texts) => {
    expect(texts.map(foldPlaceName)).toEqual(texts.map(() => folded))
  })

  it('does not change when folded again, and contains only words', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldPlaceName(text)
        expect(foldPlaceName(folded)).toBe(folded)
        expect(folded).toMatch(/^(?:[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?$/u)
      }),
      { seed },
    )
  })
})

describe('readings', () => {
  it.each([
    ['Москва', ['москва']],
    ['г. Тула', ['г тула', 'тула']],
    ['vjcrdf', ['vjcrdf', 'москва', 'вйцрдф']],
    ['moskva', ['moskva', 'москва', 'ьщылмф']],
    ['питер', ['питер', 'санкт петербург']],
    ['пит', ['пит', 'санкт петербург']],
    ['Gbnth', ['gbnth', 'питер', 'гбнтх', 'санкт петербург']],
    ['ростов', ['ростов', 'ростов на дону']],
    ['[f', ['f', 'ха', 'ф']],
    ['', []],
    [' -', []],
  ])('of %j', (text, readings) => {
    expect(expandQuery(text)).toEqual(readings)
  })

  it.each([
    ['chelyabinsk', 'челябинск'],
    ['Yekaterinburg', 'екатеринбург'],
    ['nizhny novgorod', 'нижний новгород'],
    ['nizhnij novgorod', 'нижний новгород'],
    ['shchyolkovo', 'щелково'],
    ['Joshkar-Ola', 'йошкар ола'],
    ["kazan'", 'казань'],
    ['arkhangelsk', 'архангельск'],
    ['lipetsk', 'липецк'],
    ['irkutsk', 'иркутск'],
    ['naberezhnye chelny', 'набережные челны'],
    ['maykop', 'майкоп'],
    ['gorod sochi', 'сочи'],
  ])('of %j include %j', (text, reading) => {
    expect(expandQuery(text).map(foldPlaceName)).toContain(reading)
  })

  it('are distinct words for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const readings = expandQuery(text)
        expect(new Set(readings).size).toBe(readings.length)
        for (const reading of readings) expect(reading).toMatch(/^[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*$/u)
      }),
      { seed },
    )
  })
})

it.each([
  'Щёлково',
  'Нижний Новгород',
  'Йошкар-Ола',
  'Южно-Сахалинск',
  'Ханты-Мансийск',
  'Цимлянск',
  'Энгельс',
])('%s has the same phonetic key in every transliteration', (name) => {
  const sounds = latinSystems.map((system) =>
    phoneticKey(foldPlaceName(latinSpelling(name, system).replaceAll(/['`]/g, ''))),
  )
  expect(sounds).toEqual(sounds.map(() => phoneticKey(foldPlaceName(name))))
})
