import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { City } from '../../src/places/place.ts'
import { createCitySearch } from '../../src/places/place-search.ts'
import { seed } from '../support/random.ts'
import { towns } from './towns.ts'

const search = createCitySearch(towns)
const first = (text: string): string | undefined => labels(search(text, 1))[0]

function labels(cities: readonly City[]): readonly string[] {
  return cities.map(({ name, region }) => `${name}, ${region}`)
}

function namesOf(text: string, limit = 50): readonly string[] {
  return search(text, limit).map(({ name }) => name)
}

/** A typed text and the city that ranks first, with its region where several cities share the name. */
const queries: Readonly<Record<string, readonly (readonly [typed: string, city: string])[]>> = {
  'as it is written': [
    ['Москва', 'Москва'],
    ['  ТЮМЕНЬ ', 'Тюмень'],
    ['ростов на дону', 'Ростов-на-Дону'],
    ['ростовнадону', 'Ростов-на-Дону'],
    ['Улан Удэ', 'Улан-Удэ'],
    ['Орёл', 'Орёл'],
    ['орел', 'Орёл'],
    ['королев', 'Королёв'],
    ['Вышний Волочек', 'Вышний Волочёк'],
    ['кemerovo', 'Кемерово'],
    ['и\u0306ошкар-ола', 'Йошкар-Ола'],
    ['«Пермь»', 'Пермь'],
    ['комсомольск–на–амуре', 'Комсомольск-на-Амуре'],
    ['г. Томск', 'Томск'],
    ['город Сочи', 'Сочи'],
    ['Тула г', 'Тула'],
  ],
  'as it begins': [
    ['м', 'Москва'],
    ['ки', 'Киров, Кировская область'],
    ['чел', 'Челябинск'],
    ['екатер', 'Екатеринбург'],
    ['красно', 'Красноярск'],
    ['улану', 'Улан-Удэ'],
    ['тагил', 'Нижний Тагил'],
    ['волочек', 'Вышний Волочёк'],
    ['посад', 'Сергиев Посад'],
    ['новгород', 'Нижний Новгород'],
    ['н тагил', 'Нижний Тагил'],
    ['в новг', 'Великий Новгород'],
    ['ком на ам', 'Комсомольск-на-Амуре'],
    ['Белая х', 'Белая Холуница'],
    ['юрьев п', 'Юрьев-Польский'],
  ],
  'with a typo': [
    ['екатеренбург', 'Екатеринбург'],
    ['екатеринбрг', 'Екатеринбург'],
    ['краснодарр', 'Краснодар'],
    ['красноарск', 'Красноярск'],
    ['члеябинск', 'Челябинск'],
    ['щмск', 'Омск'],
    ['осква', 'Москва'],
    ['уфв', 'Уфа'],
    ['перм', 'Пермь'],
    ['новосбир', 'Новосибирск'],
    ['нижний новгогод', 'Нижний Новгород'],
    ['петебург', 'Санкт-Петербург'],
    ['санкт-питербург', 'Санкт-Петербург'],
    ['набережные челнв', 'Набережные Челны'],
    ['пиетр', 'Санкт-Петербург'],
    ['тальятти', 'Тольятти'],
    ['рязянь', 'Рязань'],
  ],
  'in the wrong layout': [
    ['vjcrdf', 'Москва'],
    ['Vjcrdf', 'Москва'],
    ['[f,fhjdcr', 'Хабаровск'],
    ["'kbcnf", 'Элиста'],
    [';erjdcrbq', 'Жуковский'],
    [',fhyfek', 'Барнаул'],
    ['n.vtym', 'Тюмень'],
    ['hjcnjd-yf-ljye', 'Ростов-на-Дону'],
    ['gbnth', 'Санкт-Петербург'],
    ['tr,', 'Екатеринбург'],
    ['jh`k', 'Орёл'],
    ['[', 'Хабаровск'],
    ['rhfcyjfhcr', 'Красноярск'],
    ['rbhjd rfke;crfz', 'Киров, Калужская область'],
  ],
  'in Latin letters': [
    ['moskva', 'Москва'],
    ['ekaterinburg', 'Екатеринбург'],
    ['yekaterinburg', 'Екатеринбург'],
    ['Sankt-Peterburg', 'Санкт-Петербург'],
    ['nizhniy novgorod', 'Нижний Новгород'],
    ['nizhnij novgorod', 'Нижний Новгород'],
    ['nizhny novgorod', 'Нижний Новгород'],
    ['chelyabinsk', 'Челябинск'],
    ['cheliabinsk', 'Челябинск'],
    ['shchyolkovo', 'Щёлково'],
    ['schelkovo', 'Щёлково'],
    ['shhyolkovo', 'Щёлково'],
    ['joshkar-ola', 'Йошкар-Ола'],
    ['yoshkar-ola', 'Йошкар-Ола'],
    ["kazan'", 'Казань'],
    ['kazan', 'Казань'],
    ['tyumen', 'Тюмень'],
    ['tumen', 'Тюмень'],
    ['habarovsk', 'Хабаровск'],
    ['khabarovsk', 'Хабаровск'],
    ['ulyanovsk', 'Ульяновск'],
    ['lipeck', 'Липецк'],
    ['irkutsk', 'Иркутск'],
    ['orel', 'Орёл'],
    ['oryol', 'Орёл'],
    ['naberezhnye chelny', 'Набережные Челны'],
    ['yuzhno-sahalinsk', 'Южно-Сахалинск'],
    ['kamensk-uralsky', 'Каменск-Уральский'],
    ['ehngels', 'Энгельс'],
    ['wladiwostok', 'Владивосток'],
    ['novosbirsk', 'Новосибирск'],
    ['g. kirov kaluzhskaya oblast', 'Киров, Калужская область'],
  ],
  'for short': [
    ['питер', 'Санкт-Петербург'],
    ['СПб', 'Санкт-Петербург'],
    ['с-пб', 'Санкт-Петербург'],
    ['с. петербург', 'Санкт-Петербург'],
    ['мск', 'Москва'],
    ['Екб', 'Екатеринбург'],
    ['Ебург', 'Екатеринбург'],
    ['нижний', 'Нижний Новгород'],
    ['НН', 'Нижний Новгород'],
    ['новосиб', 'Новосибирск'],
    ['ростов', 'Ростов-на-Дону'],
    ['челны', 'Набережные Челны'],
    ['набчелны', 'Набережные Челны'],
    ['комсомольск', 'Комсомольск-на-Амуре'],
    ['минводы', 'Минеральные Воды'],
  ],
  'with its region': [
    ['киров', 'Киров, Кировская область'],
    ['Киров Калужская', 'Киров, Калужская область'],
    ['киров, калужская обл.', 'Киров, Калужская область'],
    ['Калужская область, г. Киров', 'Киров, Калужская область'],
    ['киров калуж', 'Киров, Калужская область'],
    ['киров калужкая', 'Киров, Калужская область'],
    ['ростов ярославская', 'Ростов, Ярославская область'],
    ['березовский кузбасс', 'Берёзовский, Кемеровская область — Кузбасс'],
    ['мирный якутия', 'Мирный, Республика Саха (Якутия)'],
    ['мирный архангельск', 'Мирный, Архангельская область'],
    ['хмао сургут', 'Сургут'],
    ['королев мо', 'Королёв'],
    ['кировск лен', 'Кировск, Ленинградская область'],
  ],
}

describe.each(Object.entries(queries))('a city ranks first %s:', (_, rows) => {
  it.each(rows)('%j is %s', (typed, city) => {
    expect(first(typed)).toMatch(city.includes(',') ? city : new RegExp(`^${city}, `))
  })
})

describe('a search over cities', () => {
  it('ranks equal names before beginnings, those before words, and typos last', () => {
    expect(namesOf('киров')).toEqual(['Киров', 'Киров', 'Кировск', 'Кировск', 'Кировград'])
    expect(namesOf('томск')).toEqual(['Томск', 'Омск'])
    expect(namesOf('нов').at(-1)).toBe('Великий Новгород')
  })

  it('returns all cities of the same name, larger ones first and those of unknown size last', () => {
    expect(labels(search('мирный', 5))).toEqual([
      'Мирный, Республика Саха (Якутия)',
      'Мирный, Архангельская область',
      'Мирный, Оренбургская область',
    ])
  })

  it('ranks towns before villages, shorter names before longer ones, then alphabetically', () => {
    const place = (name: string, type: string): City => ({
      id: `list:${name}${type}`,
      name,
      type,
      regionId: '',
      region: '',
    })
    const places = [
      place('Ивина', 'д'),
      place('Иваново', 'г'),
      place('Иваны', 'д'),
      place('Ивана', 'г'),
      place('Ива', 'с'),
    ]
    const found = createCitySearch(places)('ив', 9)
    expect(found.map(({ name }) => name)).toEqual(['Ивана', 'Иваново', 'Ива', 'Иваны', 'Ивина'])
  })

  it('returns all cities for an empty text, the largest first', () => {
    expect(search('', 1000)).toHaveLength(towns.length)
    expect(namesOf(' ', 3)).toEqual(['Москва', 'Санкт-Петербург', 'Новосибирск'])
  })

  it('sorts cities of unknown size alphabetically for an empty text, ё as е', () => {
    const places = ['Ёлкино', 'Яя', 'Ельня', 'Аша', 'Жуков'].map((name) => ({
      id: `list:${name}`,
      name,
      type: 'г',
      regionId: '',
      region: '',
    }))
    expect(createCitySearch(places)('', 9).map(({ name }) => name)).toEqual([
      'Аша',
      'Ёлкино',
      'Ельня',
      'Жуков',
      'Яя',
    ])
  })

  it.each(['юмор', 'йцукен', 'xyzzy', 'ъъъъ', '123', 'Пермь Пермь Пермь'])('finds nothing for %j', (text) => {
    expect(search(text, 5)).toEqual([])
  })

  it('does not take a type before a name for a city of a region', () => {
    expect(namesOf('с. Красноярское')).toEqual(namesOf('Красноярское'))
  })

  it('does not take a different first letter of a short name for a typo', () => {
    expect(namesOf('омск')).not.toContain('Москва')
  })

  it('returns at most the limit for any text, without repetitions, always the same', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(..."абвёийоскрт -.moskva'`[\0\t\n".split('')) }),
      fc.constantFrom(...towns).map(({ name, region }) => `${region} ${name}`),
      fc.string({ unit: fc.constantFrom('к', ' '), minLength: 100, maxLength: 400 }),
    )
    fc.assert(
      fc.property(text, fc.nat(20), (typed, limit) => {
        const found = search(typed, limit)
        expect(found.length).toBeLessThanOrEqual(limit)
        expect(new Set(found).size).toBe(found.length)
        expect(createCitySearch(towns)(typed, limit)).toEqual(found)
        expect(search(typed, limit + 1).slice(0, limit)).toEqual(found)
      }),
      { seed },
    )
  })

  it('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...towns], { minLength: towns.length }),
        fc.constantFrom('к', 'киров', 'no'),
        (shuffled, text) => {
          expect(labels(createCitySearch(shuffled)(text, 9)).toSorted()).toEqual(
            labels(search(text, 9)).toSorted(),
          )
        },
      ),
      { seed, numRuns: 20 },
    )
  })
})
