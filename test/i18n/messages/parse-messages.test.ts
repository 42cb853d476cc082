import { describe, expect, it } from 'vitest'
import { fieldText, issueText } from '../../../src/i18n/find-text.ts'
import type { AllTexts } from '../../../src/i18n/texts.ts'
import { allEn } from '../../../src/i18n/en/en.ts'
import type { Messages } from '../../../src/i18n/messages/messages.ts'
import { resolveTexts } from '../../../src/i18n/messages/parse-messages.ts'
import { lazyRu } from '../../../src/i18n/ru/lazy.ts'
import { ru } from '../../../src/i18n/ru/ru.ts'
const russian: AllTexts = { ...ru, ...lazyRu }

/** Resolves texts that come as JSON, as from a page. */
const resolve = (messages: unknown, locale?: string) =>
  resolveTexts(russian, JSON.parse(JSON.stringify(messages)), locale)

describe("the page's own texts", () => {
  it("replace the locale's texts and leave the others", () => {
    const { texts, problems } = resolve({
      submit: 'Получить деньги',
      fields: { amount: { label: 'Сколько нужно, ₽', hint: 'До 30 000 ₽ новым клиентам' } },
      results: { accepted: { title: 'Готово' } },
      issues: { required: 'Без этого никак' },
      code: { label: 'Код' },
      address: { City: { placeholder: 'Тюмень' } },
    })
    expect(problems).toEqual([])
    expect(texts.submit).toBe('Получить деньги')
    expect(fieldText('amount', texts)).toEqual({
      label: 'Сколько нужно, ₽',
      hint: 'До 30 000 ₽ новым клиентам',
      required: 'Укажите сумму',
    })
    expect(fieldText('registrationCity', texts)).toEqual({
      label: 'Город или посёлок',
      placeholder: 'Тюмень',
      required: 'Выберите город или посёлок',
    })
    expect(texts.results.accepted).toEqual({ title: 'Готово', text: ru.results.accepted.text })
    expect(issueText({ code: 'required' }, texts)).toBe('Без этого никак')
    expect(texts.code.label).toBe('Код')
    expect(texts.back).toBe(ru.back)
    expect(ru.submit).toBe('Отправить заявку')
  })

  it('are templates where a text has values', () => {
    const { texts, problems } = resolve({
      step: '{index}/{total}',
      suggestion: 'Может быть, {text}?',
      issues: { 'amount-minimum': 'Не меньше {limit} рублей' },
      limits: { amount: '{minimum}–{maximum}' },
    })
    expect(problems).toEqual([])
    expect(texts.step(2, 4)).toBe('2/4')
    expect(texts.suggestion('$& {index}')).toBe('Может быть, $& {index}?')
    expect(issueText({ code: 'amount-minimum', limit: 1000 }, texts)).toBe('Не меньше 1\u00a0000 рублей')
    expect(texts.limits.amount(1000, 30_000)).toBe('1\u00a0000–30\u00a0000')
  })

  it.each([
    ['ru', 1, 'осталась 1 попытка'],
    ['ru', 3, 'осталось 3 попытки'],
    ['ru', 5, 'осталось 5 попыток'],
    ['ru', 21, 'осталась 21 попытка'],
  ])('use the plural categories of %s: %i', (locale, left, words) => {
    const attempts = {
      one: 'осталась {left} попытка',
      few: 'осталось {left} попытки',
      many: 'осталось {left} попыток',
      other: 'осталось {left} попытки',
    }
    const { texts, problems } = resolve({ code: { attempts } }, locale)
    expect(problems).toEqual([])
    expect(texts.code.attempts(left)).toBe(words)
  })

  it('use the plural category of the last value', () => {
    const { texts } = resolve({
      limits: { termDays: { one: 'до {maximum} дня', other: '{minimum}…{maximum}' } },
    })
    expect(texts.limits.termDays(5, 21)).toBe('до 21 дня')
    expect(texts.limits.termDays(1, 30)).toBe('1…30')
  })

  it('may be functions, with a fallback when one throws', () => {
    const messages: Messages = {
      step: (index, total) => `${index} → ${total}`,
      checkFields: () => {
        throw new Error('of the page')
      },
    }
    const { texts, problems } = resolveTexts(russian, messages)
    expect(problems).toEqual([])
    expect(texts.step(1, 2)).toBe('1 → 2')
    expect(texts.checkFields(2)).toBe(ru.checkFields(2))
  })

  it('translate texts of a definition', () => {
    const { texts, problems } = resolve({ definition: { 'Ваш стаж': 'Еңбек өтілі', 'О вас': 'Сіз туралы' } })
    expect(problems).toEqual([])
    expect(texts.definition).toMatchObject({
      'Ваш стаж': 'Еңбек өтілі',
      'О вас': 'Сіз туралы',
      Паспорт: 'Паспорт',
    })
  })

  it.each<[string, unknown, string]>([
    ['a misspelt name', { sumbit: 'Отправить' }, 'sumbit: there is no such text, did you mean "submit"?'],
    [
      'a misspelt path',
      { fields: { amuont: { label: 'Сумма' } } },
      'fields.amuont: there is no such text, did you mean "amount"?',
    ],
    [
      'an unknown option',
      { options: { gender: { unknown: '?' } } },
      'options.gender.unknown: there is no such text, only female, male',
    ],
    ['a number for a text', { submit: 1 }, 'submit: expected a text'],
    ['plural forms of what is not counted', { submit: { other: 'x' } }, 'submit: expected a text'],
    ['a hint that is not a text', { fields: { amount: { hint: 1 } } }, 'fields.amount.hint: expected a text'],
    ['a text for an object', { fields: 'x' }, 'fields: expected an object with amount, termDays'],
    ['a list', [], 'messages: expected an object with fields, address'],
    ['a misspelt value', { step: '{indx}' }, 'step: there is no {indx}, did you mean {index}?'],
    ['an unknown value', { step: '{phone}' }, 'step: there is no {phone}, only {index}, {total}'],
    [
      'a value in a plain text',
      { submit: 'Отправить {index}' },
      'submit: this text has no values, so it cannot have {index}',
    ],
    [
      'an unknown plural form',
      { checkFields: { on: 'x', other: 'y' } },
      'checkFields: expected a text with {count}, or its plural forms: { "one": "…", "few": "…", "many": "…", "other": "…" }',
    ],
    ['plural forms without the last one', { checkFields: { one: 'x' } }, 'checkFields: expected a text with'],
  ])('report %s and leave the text', (_, messages, problem) => {
    const { texts, problems } = resolve(messages)
    expect(problems).toEqual([expect.stringContaining(problem)])
    expect(texts.submit).toBe(ru.submit)
    expect(texts.step(1, 2)).toBe(ru.step(1, 2))
    expect(texts.checkFields(1)).toBe(ru.checkFields(1))
  })

  it('report missing plural forms and use the others', () => {
    const { texts, problems } = resolve({ checkFields: { one: '{count} поле', other: '{count} полей' } })
    expect(problems).toEqual(['checkFields: expected the plural forms few, many, too'])
    expect(texts.checkFields(1)).toBe('1 поле')
    expect(texts.checkFields(3)).toBe('3 полей')
  })

  it('cannot change prototypes', () => {
    const messages: unknown = JSON.parse('{ "__proto__": { "submit": "x" }, "constructor": "y" }')
    const { texts, problems } = resolveTexts(russian, messages)
    expect(problems).toHaveLength(2)
    expect(texts.submit).toBe(ru.submit)
    expect(Object.getPrototypeOf(texts)).toBe(Object.prototype)
  })
})

describe('a language that only the page knows', () => {
  it('has its own plural categories, and lists what is missing, which stays Russian', () => {
    const { texts, problems, missing } = resolve({ submit: 'Жіберу', step: '{total} ішінен {index}' }, 'kk')
    expect(problems).toEqual([])
    expect(texts.submit).toBe('Жіберу')
    expect(texts.step(1, 4)).toBe('4 ішінен 1')
    expect(texts.back).toBe(ru.back)
    expect(missing).toContain('back')
    expect(missing).toContain('fields.amount.label')
    expect(missing).toContain('fields.inn.hint')
    expect(missing).toContain('code.attempts')
    expect(missing).toContain('definition.О вас')
    expect(missing).not.toContain('submit')
    expect(missing).not.toContain('step')
  })

  it('is complete when it has every text', () => {
    const { missing, problems } = resolveTexts(russian, allEn, 'en')
    expect(problems).toEqual([])
    expect(missing).toEqual([])
  })

  it('needs a language code', () => {
    expect(resolve({}, 'no such language').problems).toEqual([
      'locale: expected the code of a language, such as "kk"',
    ])
  })
})

it('lets every text be replaced', () => {
  const crossedOut = (text: unknown): unknown =>
    typeof text === 'object' && text !== null
      ? Object.fromEntries(Object.entries(text).map(([name, part]) => [name, crossedOut(part)]))
      : 'x'
  const { texts, problems, missing } = resolve(crossedOut(russian))
  expect([problems, missing]).toEqual([[], []])
  expect(texts.step(1, 2)).toBe('x')
  expect(texts.code.attempts(1)).toBe('x')
  expect(issueText({ code: 'age-minimum', limit: 18 }, texts)).toBe('x')
  expect(JSON.stringify({ ...texts, definition: {} })).not.toMatch(/[А-Яа-яЁё]/)
})
