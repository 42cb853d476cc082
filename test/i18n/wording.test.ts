import { describe, expect, it } from 'vitest'
import { parseText } from '../../src/fields/field-kind.ts'
import { type FieldName, fieldOf, fields, isFieldName } from '../../src/fields/fields.ts'
import { presets } from '../../src/form/presets/presets.ts'
import { allEn } from '../../src/i18n/en/en.ts'
import { resultsEn } from '../../src/i18n/en/results.ts'
import { lazyRu } from '../../src/i18n/ru/lazy.ts'
import * as relayTexts from '../../src/i18n/ru/relay.ts'
import { resultsRu } from '../../src/i18n/ru/results.ts'
import { ru } from '../../src/i18n/ru/ru.ts'
import { setupRu } from '../../src/i18n/ru/setup.ts'
import { testModeRu } from '../../src/i18n/ru/test-mode.ts'
import { fieldText, issueText } from '../../src/i18n/find-text.ts'
import type { Texts } from '../../src/i18n/texts.ts'
import { issueCodes } from '../../src/lead/issue.ts'
import { receiverOf, receivers } from '../../src/lead/receiver.ts'

/** All sentences in an object of texts, by their paths. Texts with values are tried with some. */
function sentences(text: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof text === 'string') return [[path, text]]
  if (typeof text === 'function') return [1, 2, 5, 21].map((count) => [path, String(text(count, count))])
  return Object.entries(Object(text)).flatMap(([name, part]) => sentences(part, `${path}.${name}`))
}

const russian = sentences({ ...ru, ...lazyRu, resultsRu, setupRu, testModeRu, relayTexts, presets })
const asked = Object.keys(fields)
  .filter(isFieldName)
  .filter((name) => !['flag', 'hidden'].includes(fieldOf(name).kind.control))
const emptyCode = (name: FieldName) =>
  fieldOf(name).kind.control === 'choice' ? 'required-choice' : 'required'

describe('the Russian texts', () => {
  it.each<[string, RegExp]>([
    // «брал», «платил», «ошибся»: a past tense that fits men only.
    ['address no man in particular', /(?<![а-яё])(?!пробел)[а-яё]{2,}[аеёиоуыя]л(?:ся)?(?![а-яё])/i],
    ['have no adjectives of one gender', /(?<![а-яё])(?:согласен|готов|уверен|должен|рад|обязан)(?![а-яё])/i],
    [
      'do not name parts of a form',
      /(?<![а-яё])(?:пол(?:е|я|ю|ем|ей)|чекбокс\w*|галочк\w*|форм-?поле)(?![а-яё])/i,
    ],
    ['blame nobody', /(?<![а-яё])(?:не(?:правильн|верн|корректн|допустим)|ошибочн)[а-яё]+/i],
    ['do not speak of pages and servers that act', /страница (?:остановила|отменила)/i],
  ])('%s', (_, forbidden) => {
    expect(russian.filter(([, sentence]) => forbidden.test(sentence))).toEqual([])
  })

  it('find what they look for', () => {
    expect(sentences({ one: { two: 'Никогда не брал' } })).toEqual([['.one.two', 'Никогда не брал']])
  })
})

describe.each<[string, Texts, RegExp]>([
  ['ru', ru, /^(?:Укажите|Выберите|Напишите),? /],
  ['en', allEn, /^(?:Enter|Choose|Write) /],
])('in the locale %s', (_, texts, request) => {
  it.each(asked)('an empty %s says what to do, in words of its own', (name) => {
    const sentence = issueText({ field: name, code: emptyCode(name) }, texts)
    expect(sentence).toMatch(request)
    expect(sentence).not.toBe(issueText({ code: emptyCode(name) }, texts))
    // The parts of the addresses share their texts.
    const others = asked.filter((other) => fieldText(other, texts) !== fieldText(name, texts))
    expect(others.map((field) => issueText({ field, code: emptyCode(field) }, texts))).not.toContain(sentence)
  })

  it.each(asked.filter((name) => !fieldOf(name).kind.options))(
    'a wrong %s gets other words than an empty one',
    (name) => {
      const wrong = parseText(fieldOf(name).kind, 'щ'.repeat(600))
      const sentence = issueText({ field: name, ...wrong }, texts)
      expect(wrong).toHaveProperty('code')
      expect(sentence).not.toBe(issueText({ field: name, code: emptyCode(name) }, texts))
    },
  )

  it.each(
    issueCodes.filter((code) => /-(?:format|incomplete)$/.test(code) && !/^(?:kladr|campaign)/.test(code)),
  )('%s shows an example', (code) => {
    expect(issueText({ code }, texts)).toMatch(/например|such as/)
  })

  it.each(receivers)('the screens for a %s say what comes next, and only what can be done', (receiver) => {
    const results = texts === ru ? resultsRu[receiver] : resultsEn[receiver]
    for (const [, sentence] of sentences(results)) {
      expect(sentence).not.toMatch(/другую сумму|another amount/i)
      expect(/кредитор|lender/i.test(sentence) && receiver === 'callback').toBe(false)
    }
    expect(Object.keys(results)).toEqual(Object.keys(texts.results))
  })
})

it('no text of a form for a call back speaks of a lender, but for the consent to pass data on', () => {
  const { results: _, consents, ...others } = ru
  const spoken = sentences({ ...others, processing: consents.processing, own: presets['callback'] })
  expect(spoken.filter(([, sentence]) => /кредитор/i.test(sentence))).toEqual([])
})

it.each<[readonly string[], string]>([
  [['devtek'], 'lender'],
  [['admitad'], 'broker'],
  [['devtek', 'admitad'], 'broker'],
  [['devtek', 'devtek'], 'broker'],
  [['lotinfo', 'fivecrm'], 'callback'],
  [['devtek', 'fivecrm'], 'lender'],
  [['webhook'], 'callback'],
  [[], 'callback'],
])('who sends to %j has the receiver %s', (providers, receiver) => {
  expect(receiverOf(providers)).toBe(receiver)
})
