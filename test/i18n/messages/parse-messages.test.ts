import { describe, expect, it } from 'vitest'
import { type AllTexts, fieldText, issueText } from '../../../src/i18n/texts.ts'
import { allEn } from '../../../src/i18n/en/en.ts'
import type { Messages } from '../../../src/i18n/messages/messages.ts'
import { resolveTexts } from '../../../src/i18n/messages/parse-messages.ts'
import { lazyRu } from '../../../src/i18n/ru/lazy.ts'
import { ru } from '../../../src/i18n/ru/ru.ts'
const russian: AllTexts = { ...ru, ...lazyRu }

/** Texts as a page's JSON gives them. */
const resolve = (messages: unknown, locale?: string) =>
  resolveTexts(russian, JSON.parse(JSON.stringify(messages)), locale)

describe("the page's own texts", () => {
  it('stand in place of those of the language, and nothing else changes', () => {
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
    })
    expect(fieldText('registrationCity', texts)).toEqual({
      label: 'Город или посёлок',
      placeholder: 'Тюмень',
    })
    expect(texts.results.accepted).toEqual({ title: 'Готово', text: ru.results.accepted.text })
    expect(issueText({ code: 'required' }, texts)).toBe('Без этого никак')
    expect(texts.code.label).toBe('Код')
    expect(texts.back).toBe(ru.back)
    expect(ru.submit).toBe('Отправить заявку')
  })

  it('are templates where values are put in', () => {
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
  ])('have the plural forms of %s: %i', (locale, left, words) => {
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

  it('agree with the last of several values', () => {
    const { texts } = resolve({
      limits: { termDays: { one: 'до {maximum} дня', other: '{minimum}…{maximum}' } },
    })
    expect(texts.limits.termDays(5, 21)).toBe('до 21 дня')
    expect(texts.limits.termDays(1, 30)).toBe('1…30')
  })

  it('may be functions, and one that throws does not take the form with it', () => {
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

  it('translate words of a definition', () => {
    const { texts, problems } = resolve({ definition: { 'Ваш стаж': 'Еңбек өтілі', 'О вас': 'Сіз туралы' } })
    expect(problems).toEqual([])
    expect(texts.definition).toMatchObject({
      'Ваш стаж': 'Еңбек өтілі',
      'О вас': 'Сіз туралы',
      Паспорт: 'Паспорт',
    })
  })

  it.each<[string, unknown, string]>([
    [
      'a name that is a slip',
      { sumbit: 'Отправить' },
      'sumbit: there is no such text, did you mean "submit"?',
    ],
    [
      'a path that is a slip',
      { fields: { amuont: { label: 'Сумма' } } },
      'fields.amuont: there is no such text, did you mean "amount"?',
    ],
    [
      'an option that is none',
      { options: { gender: { unknown: '?' } } },
      'options.gender.unknown: there is no such text, only female, male',
    ],
    ['a number for a text', { submit: 1 }, 'submit: expected a text'],
    ['plural forms of what is not counted', { submit: { other: 'x' } }, 'submit: expected a text'],
    ['a hint that is no text', { fields: { amount: { hint: 1 } } }, 'fields.amount.hint: expected a text'],
    ['a text for an object', { fields: 'x' }, 'fields: expected an object with amount, termDays'],
    ['a list', [], 'messages: expected an object with fields, address'],
    ['a value that is a slip', { step: '{indx}' }, 'step: there is no {indx}, did you mean {index}?'],
    ['a value that is none', { step: '{phone}' }, 'step: there is no {phone}, only {index}, {total}'],
    [
      'a value in a plain text',
      { submit: 'Отправить {index}' },
      'submit: nothing is put into this text, so it cannot have {index}',
    ],
    [
      'a plural form that is none',
      { checkFields: { on: 'x', other: 'y' } },
      'checkFields: expected a text with {count}, or its plural forms: { "one": "…", "few": "…", "many": "…", "other": "…" }',
    ],
    ['plural forms without the last one', { checkFields: { one: 'x' } }, 'checkFields: expected a text with'],
  ])('are told of %s, and the text stays', (_, messages, problem) => {
    const { texts, problems } = resolve(messages)
    expect(problems).toEqual([expect.stringContaining(problem)])
    expect(texts.submit).toBe(ru.submit)
    expect(texts.step(1, 2)).toBe(ru.step(1, 2))
    expect(texts.checkFields(1)).toBe(ru.checkFields(1))
  })

  it('are told of plural forms that are lacking, and those that are there are used', () => {
    const { texts, problems } = resolve({ checkFields: { one: '{count} поле', other: '{count} полей' } })
    expect(problems).toEqual(['checkFields: expected the plural forms few, many, too'])
    expect(texts.checkFields(1)).toBe('1 поле')
    expect(texts.checkFields(3)).toBe('3 полей')
  })

  it('cannot reach what is not theirs', () => {
    const messages: unknown = JSON.parse('{ "__proto__": { "submit": "x" }, "constructor": "y" }')
    const { texts, problems } = resolveTexts(russian, messages)
    expect(problems).toHaveLength(2)
    expect(texts.submit).toBe(ru.submit)
    expect(Object.getPrototypeOf(texts)).toBe(Object.prototype)
  })
})

describe('a language that only the page knows', () => {
  it('has its own plural forms, and names what is missing, which stays Russian', () => {
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

  it('is complete when it gives everything', () => {
    const { missing, problems } = resolveTexts(russian, allEn, 'en')
    expect(problems).toEqual([])
    expect(missing).toEqual([])
  })

  it('needs a code', () => {
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
