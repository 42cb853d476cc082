import { describe, expect, it } from 'vitest'
import { foldStreetWords } from '../../../../src/relay/places/streets/fold-street.ts'
import { matchesWithTypo } from '../../../../src/relay/places/streets/street-typos.ts'

describe('the words of a street', () => {
  it.each([
    ['Ленина', 'ленина'],
    ['Карла Маркса', 'карла маркса'],
    ['К.Маркса', 'к маркса'],
    ['Тёплый Стан', 'теплый стан'],
    ['1-я Советская', '1 советская'],
    ['1я Советская', '1 советская'],
    ['2-ой Верхний', '2 верхний'],
    ['9-го Января', '9 января'],
    ['50 лет Октября', '50 лет октября'],
    ['40-летия Победы', '40 летия победы'],
    ['8 Марта', '8 марта'],
    ['пр-т Мира', 'прт мира'],
    ['б‑р Победы', 'бр победы'],
    ['Ново-Садовая', 'ново садовая'],
    ['им. Гагарина Ю.А.', 'им гагарина ю а'],
    ["%_' -- \\", ''],
    ['', ''],
  ])('%s', (name, words) => {
    expect(foldStreetWords(name).join(' ')).toBe(words)
  })
})

describe('a typing error', () => {
  it.each([
    ['ленна', ' ленина ', true],
    ['леннна', ' ленина ', true],
    ['леинна', ' ленина ', true],
    ['ленивна', ' ленина ', true],
    ['енина', ' ленина ', true],
    ['ланина', ' ленина ', true],
    ['карла маркча', ' карла маркса ', true],
    ['маркча карла', ' карла маркса ', true],
    ['корла маркча', ' карла маркса ', false],
    ['лун', ' лен ', false],
    ['лунана', ' ленина ', false],
  ])('%s', (typed, key, isFound) => {
    expect(matchesWithTypo(typed.split(' '), key)).toBe(isFound)
  })
})
