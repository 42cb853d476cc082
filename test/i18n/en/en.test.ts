import { describe, expect, it } from 'vitest'
import { fieldOf, fields, isFieldName } from '../../../src/fields/fields.ts'
import { presets } from '../../../src/form/presets/presets.ts'
import { definitionEn } from '../../../src/i18n/en/definition.ts'
import { en } from '../../../src/i18n/en/en.ts'
import { verificationEn } from '../../../src/i18n/en/verification.ts'
import { fieldText, issueText, optionText } from '../../../src/i18n/find-text.ts'
import { type IssueCode, issueCodes } from '../../../src/lead/issue.ts'

const names = Object.keys(fields).filter(isFieldName)

describe('an issue', () => {
  it.each(issueCodes)('%s is an English sentence', (code) => {
    expect(issueText({ code, limit: 18 }, en)).toMatch(/^[A-Z]/)
    expect(issueText({ code, limit: 18 }, en)).not.toMatch(/undefined|NaN| {2}/)
  })

  it.each<[IssueCode, number, string]>([
    ['age-minimum', 18, 'from the age of 18'],
    ['amount-maximum', 100_000, '100\u00a0000 ₽ or less'],
    ['term-minimum', 1, '1 day or more'],
    ['term-maximum', 365, '365 days or less'],
  ])('%s of %i says "%s"', (code, limit, words) => {
    expect(issueText({ code, limit }, en)).toContain(words)
  })
})

it.each([
  [1, 'Left to correct: 1', '1 attempt is left', '1 place found'],
  [2, 'Left to correct: 2', '2 attempts are left', '2 places found'],
  [21, 'Left to correct: 21', '21 attempts are left', '21 places found'],
])('counts %i', (count, check, attempts, places) => {
  expect(en.checkFields(count)).toContain(check)
  expect(verificationEn.attempts(count)).toBe(attempts)
  expect(en.places.found(count)).toBe(places)
})

it.each(names.filter((name) => fieldOf(name).kind.control !== 'hidden'))(
  '%s has an English label',
  (name) => {
    expect(fieldText(name, en).label).toMatch(/^[A-Z]/)
    expect(fieldText(name, en).label).not.toBe(name)
  },
)

it.each(names.filter((name) => fieldOf(name).kind.options))(
  'every option of %s has its own label',
  (name) => {
    const { options = [] } = fieldOf(name).kind
    const labels = options.map((option) => optionText(name, option, en))
    for (const label of labels) expect(label).toMatch(/^[A-Z]/)
    expect(new Set(labels).size).toBe(options.length)
  },
)

it.each(Object.entries(presets))('translates every text of the preset %s', (_, { title, steps }) => {
  const words = [
    title,
    ...steps.flatMap((step) => [
      step.title,
      ...step.fields.flatMap(({ label, hint, placeholder, options = [] }) => [
        label,
        hint,
        placeholder,
        ...options.map((option) => option.label),
      ]),
    ]),
  ].filter((word) => word !== undefined)
  expect(words.filter((word) => !Object.hasOwn(definitionEn, word))).toEqual([])
})

it('never blames the person', () => {
  const sentences = [
    ...issueCodes.map((code) => issueText({ code, limit: 18 }, en)),
    ...Object.values(en.results).flatMap(({ title, text }) => [title, text]),
    en.failed,
    verificationEn.failed,
    verificationEn.noAttempts,
  ]
  for (const sentence of sentences) expect(sentence).not.toMatch(/invalid|incorrect|wrong|mistake|illegal/i)
})
