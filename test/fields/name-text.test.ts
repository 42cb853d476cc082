import { describe, expect, it } from 'vitest'
import { parseText } from '../../src/fields/field-kind.ts'
import { fields } from '../../src/fields/fields.ts'
import { isWordForNone, saysNoPatronymic, splitWholeName } from '../../src/fields/text/name-text.ts'

const ivanov = { lastName: 'Иванов', firstName: 'Иван', middleName: 'Иванович' }

it.each([
  'нет',
  'Нет.',
  'нету',
  '-',
  '—',
  '---',
  'Без отчества',
  'не имею',
  'не имеется',
  'нет отчества',
  'Отчества нет',
  'отчество отсутствует',
  'прочерк',
])('%j says that there is no patronymic', (text) => {
  expect(isWordForNone(text)).toBe(true)
  expect(parseText(fields.middleName.kind, text)).toEqual({ code: 'name-none' })
})

it.each([
  'без',
  'не',
  'ничего',
  'Пусто',
  'пусто.',
  'Х',
  'x',
  'ХХХ',
  'XXX',
  'ааа',
  'отсутсвует',
  'отсуствует',
  'отсутвует',
  'отстутствует',
  'атсутствует',
  'тсутствует',
  'остутствует',
  'отсутствуе',
])('the text %j means that the person has no patronymic', (text) => {
  expect(saysNoPatronymic(text)).toBe(true)
  expect(parseText(fields.middleName.kind, text)).toEqual({ code: 'name-none' })
})

it.each(['Без', 'Пусто', 'Ааааа', 'Не'])('%j may be a surname', (text) => {
  expect(parseText(fields.lastName.kind, text)).toEqual({ value: text })
})

it.each(['Иванович', 'Ильич', 'Ли', 'Ю', 'Бессонович', 'Аарон', 'Вуетич', 'Отто'])(
  '%j is a patronymic',
  (text) => {
    expect(saysNoPatronymic(text)).toBe(false)
    expect(parseText(fields.middleName.kind, text)).toEqual({ value: text })
  },
)

it.each(['', 'Иван', 'Нетович', 'Безотчества'])('%j is no word for none', (text) => {
  expect(isWordForNone(text)).toBe(false)
})

describe('a whole name in one field', () => {
  it.each([
    ['Иванов Иван Иванович', ivanov],
    ['Иванов\tИван\tИванович', ivanov],
    ['ИВАНОВ ИВАН ИВАНОВИЧ', ivanov],
    ['Иванов, Иван Иванович', ivanov],
    ['Иван Иванович Иванов', ivanov],
    ['Иван Иванович Рабинович', { ...ivanov, lastName: 'Рабинович' }],
    ['Петрова Анна Ильинична', { lastName: 'Петрова', firstName: 'Анна', middleName: 'Ильинична' }],
    ['Алиев Рза Гасан оглы', { lastName: 'Алиев', firstName: 'Рза', middleName: 'Гасан оглы' }],
    ['Рза Гасан оглы Алиев', { lastName: 'Алиев', firstName: 'Рза', middleName: 'Гасан оглы' }],
    ['Алиев Нурлан Серикулы', { lastName: 'Алиев', firstName: 'Нурлан', middleName: 'Серикулы' }],
  ])('%j has three parts', (text, parts) => {
    expect(splitWholeName(text)).toEqual(parts)
    expect(parseText(fields.lastName.kind, text)).toHaveProperty('code')
    expect(parseText(fields.lastName.kind, Object.values(parts).join(' '))).toEqual({ code: 'name-whole' })
    for (const name of ['lastName', 'firstName', 'middleName'] as const)
      expect(parseText(fields[name].kind, parts[name])).toEqual({ value: parts[name] })
  })

  it.each([
    '',
    'Иванов',
    'Мамин Сибиряк',
    'Рза оглы',
    'Иванов Иван',
    'Ivanov Ivan Ivanovich',
    'Иванов И. И.',
  ])('%j has no three parts', (text) => {
    expect(splitWholeName(text)).toBeUndefined()
  })

  it('is right where a person of any name is asked', () => {
    expect(parseText(fields.guarantorName.kind, 'Иванов Иван Иванович')).toEqual({
      value: 'Иванов Иван Иванович',
    })
  })
})
