import { describe, expect, it } from 'vitest'
import { composites } from '../../../src/fields/composites.ts'
import { fieldOf, fields, isFieldName } from '../../../src/fields/fields.ts'
import { pluralizeRu } from '../../../src/i18n/ru/plural.ts'
import { ru } from '../../../src/i18n/ru/ru.ts'
import { verificationRu } from '../../../src/i18n/ru/verification.ts'
import { fieldText, issueText, optionText } from '../../../src/i18n/find-text.ts'
import { type IssueCode, issueCodes } from '../../../src/lead/issue.ts'

it.each([
  [0, 'полей'],
  [1, 'поле'],
  [2, 'поля'],
  [4, 'поля'],
  [5, 'полей'],
  [11, 'полей'],
  [12, 'полей'],
  [14, 'полей'],
  [21, 'поле'],
  [22, 'поля'],
  [101, 'поле'],
  [111, 'полей'],
  [1001, 'поле'],
])('pluralizes %i as %s', (count, form) => {
  expect(pluralizeRu(count, 'поле', 'поля', 'полей')).toBe(form)
})

describe('an issue', () => {
  it.each(issueCodes)('%s is a Russian sentence', (code) => {
    expect(issueText({ code, limit: 18 }, ru)).toMatch(/^[А-ЯЁ][^A-Z]*$/)
    expect(issueText({ code, limit: 18 }, ru)).not.toMatch(/undefined|NaN| {2}/)
  })

  it.each<[IssueCode, number, string]>([
    ['age-minimum', 18, 'с 18 лет'],
    ['age-minimum', 21, 'с 21 года'],
    ['age-maximum', 65, 'до 65 лет'],
    ['amount-minimum', 1000, 'от 1\u00a0000 ₽'],
    ['amount-maximum', 100_000, 'до 100\u00a0000 ₽'],
    ['term-minimum', 1, 'от 1 дня'],
    ['term-minimum', 7, 'от 7 дней'],
    ['term-maximum', 31, 'до 31 дня'],
    ['term-maximum', 365, 'до 365 дней'],
    ['term-maximum', 1001, 'до 1\u00a0001 дня'],
  ])('%s of %i says "%s"', (code, limit, words) => {
    expect(issueText({ code, limit }, ru)).toContain(words)
  })

  it("is the provider's own sentence where there is one", () => {
    expect(issueText({ code: 'required', message: 'Введите правильный номер' }, ru)).toBe(
      'Введите правильный номер',
    )
    expect(issueText({}, ru)).toBe(ru.issues.required)
  })
})

it.each([
  [1, 'Осталась 1 попытка'],
  [3, 'Осталось 3 попытки'],
  [5, 'Осталось 5 попыток'],
  [21, 'Осталась 21 попытка'],
])('counts %i attempts to enter a code', (count, words) => {
  expect(verificationRu.attempts(count)).toBe(words)
})

it('groups the digits of limits', () => {
  expect(ru.limits.amount(1000, 100_000)).toBe('От 1\u00a0000 до 100\u00a0000 ₽')
  expect(ru.limits.termDays(1, 21)).toBe('От 1 до 21 дня')
  expect(ru.limits.termDays(1, 365)).toBe('От 1 до 365 дней')
  expect(ru.step(1, 4)).toBe('Шаг 1 из 4')
})

const russian = /[А-Яа-яЁё]/
const names = Object.keys(fields).filter(isFieldName)

it.each(names.filter((name) => fieldOf(name).kind.control !== 'hidden'))('%s has a label', (name) => {
  const { label, hint = label, placeholder } = fieldText(name, ru)
  expect(label).toMatch(russian)
  expect(label).not.toBe(name)
  expect(hint).toMatch(russian)
  expect(placeholder).not.toBe('')
})

it.each(Object.keys(composites))('the group %s has a label', (name) => {
  expect(Object.entries(ru.composites)).toContainEqual([name, expect.stringMatching(russian)])
})

it.each(names.filter((name) => fieldOf(name).kind.options))(
  'every option of %s has its own label',
  (name) => {
    const { options = [] } = fieldOf(name).kind
    const labels = options.map((option) => optionText(name, option, ru))
    for (const label of labels) expect(label).toMatch(russian)
    expect(new Set(labels).size).toBe(options.length)
  },
)

it('never blames the person', () => {
  const sentences = [
    ...issueCodes.map((code) => issueText({ code, limit: 18 }, ru)),
    ...Object.values(ru.results).flatMap(({ title, text }) => [title, text]),
    ...names.map((name) => fieldText(name, ru).hint ?? ''),
    ru.failed,
    ru.cancelled,
    ru.verificationFailed,
    verificationRu.failed,
    verificationRu.noAttempts,
    verificationRu.advice,
    ru.checkFields(2),
  ]
  for (const sentence of sentences) {
    expect(sentence).not.toMatch(/неправильн|ошибочн|неверн|некорректн|недопустим|вы ошиблись|ваша ошибка/i)
  }
})
