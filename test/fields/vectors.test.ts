import { describe, expect, it } from 'vitest'
import { checkValue, type FieldKind, type ParseResult, parseText } from '../../src/fields/field-kind.ts'
import { fields } from '../../src/fields/fields.ts'
import { isCityKladr, isHouseKladr, isRegionKladr, isStreetKladr } from '../../src/fields/place/kladr.ts'
import { passport } from '../../src/fields/kinds/passport.ts'
import { validateFieldValue, ruleContext } from '../../src/form/validate.ts'
import { define } from '../form/define.ts'
import { day } from '../lead/day.ts'
import { vectors } from './vectors.ts'
import { suggestText } from '../../src/fields/suggestions.ts'

const valueIn = (result: ParseResult<unknown>): unknown =>
  result && 'value' in result ? result.value : undefined

const same = (texts: readonly string[]): [string, string][] => texts.map((text) => [text, text])
const written = (rows: readonly [string][]): string[] => rows.map(([text]) => text)
const { snils, inn12, phone, deptCode, date, name, email, amount, postalIndex, kladr } = vectors

/** Texts that a kind accepts, with their values, and texts that it refuses. */
const tables: readonly [
  string,
  { kind: FieldKind<unknown>; ok: readonly (readonly [string, unknown])[]; bad: readonly string[] },
][] = [
  [
    'SNILS',
    {
      kind: fields.snils.kind,
      ok: written(snils.valid).map((text) => [
        text,
        text.replace(/^(\d{3})(\d{3})(\d{3})(\d\d)$/, '$1-$2-$3 $4'),
      ]),
      bad: written(snils.invalid),
    },
  ],
  ['INN', { kind: fields.inn.kind, ok: same(written(inn12.valid)), bad: written(inn12.invalid) }],
  ['phone', { kind: fields.phone.kind, ok: phone.ok, bad: written(phone.bad) }],
  [
    'passport',
    {
      kind: passport,
      ok: vectors.passport.combined.map(([text, [passportSeries, passportNumber]]) => [
        text,
        { passportSeries, passportNumber },
      ]),
      bad: [],
    },
  ],
  [
    'department code',
    {
      kind: fields.passportIssuedCode.kind,
      ok: [...same(deptCode.ok), ...deptCode.normalize],
      bad: deptCode.bad,
    },
  ],
  [
    'date',
    {
      kind: fields.birthDate.kind,
      ok: date.ok.map(([text, shown]) => [text, day(shown)]),
      bad: date.bad,
    },
  ],
  ['name', { kind: fields.lastName.kind, ok: [...same(name.ok), ...name.fix], bad: name.bad }],
  // The length of an address is checked by providers.
  [
    'e-mail',
    { kind: fields.email.kind, ok: same([...email.ok, ...email.tooLongForAdmitad]), bad: email.bad },
  ],
  [
    'amount',
    {
      kind: fields.amount.kind,
      ok: amount.ok.filter(([, value]) => value !== null),
      bad: [...amount.bad, ...amount.ok.filter(([, value]) => value === null).map(([text]) => text)],
    },
  ],
  ['postal index', { kind: fields.registrationIndex.kind, ok: same(postalIndex.ok), bad: postalIndex.bad }],
  [
    "a city's code",
    {
      kind: fields.registrationCityKladr.kind,
      ok: same(written(kladr.cityOk)),
      bad: written([...kladr.cityBad, ...kladr.street, ...kladr.house]),
    },
  ],
  [
    "a street's code",
    {
      kind: fields.registrationStreetKladr.kind,
      ok: same(written(kladr.street)),
      bad: written([...kladr.cityOk, ...kladr.cityBad.filter(([code]) => code.length < 17), ...kladr.house]),
    },
  ],
  [
    "a house's code",
    {
      kind: fields.registrationHouseKladr.kind,
      ok: same(written(kladr.house)),
      bad: written([...kladr.cityOk, ...kladr.street]),
    },
  ],
]

describe.each(tables)('%s', (_, { kind, ok, bad }) => {
  it.each(ok)('parses %j as %o', (text, value) => {
    expect(parseText(kind, text)).toEqual({ value })
    expect(checkValue(kind, value)).toEqual({ value })
  })

  it.each(bad)('refuses %j', (text) => {
    expect(valueIn(parseText(kind, text))).toBeUndefined()
  })
})

describe("a passport's parts", () => {
  const check = (passportSeries: string, passportNumber: string): unknown =>
    checkValue(passport, { passportSeries, passportNumber })
  const { series, number } = vectors.passport
  const [goodNumber = ''] = number.ok

  it.each(series.ok.map((text, index) => [text, series.normalized[index] ?? '']))(
    'series %s is %s',
    (text, normalized) => {
      const value = { passportSeries: normalized, passportNumber: goodNumber }
      expect(parseText(passport, `${text} ${goodNumber}`)).toEqual({ value })
      expect(check(normalized, goodNumber)).toEqual({ value })
    },
  )

  it.each(number.ok)('number %s is valid', (text) => {
    expect(check('4510', text)).toHaveProperty('value')
  })

  it.each(series.bad)('series %j is invalid', (text) => {
    expect(check(text, goodNumber)).toEqual({ code: 'passport-format' })
    expect(parseText(passport, `${text} ${goodNumber}`)).toEqual({ code: 'passport-format' })
  })

  it.each(number.bad)('number %j is invalid', (text) => {
    const code = text === '000000' ? 'passport-number-zeros' : 'passport-format'
    expect(check('4510', text)).toEqual({ code })
    expect(parseText(passport, `4510 ${text}`)).toEqual({ code })
  })
})

describe('KLADR', () => {
  const tests = { isRegionKladr, isCityKladr, isStreetKladr, isHouseKladr }
  const right = (code: string): string[] =>
    Object.entries(tests).flatMap(([test, isRight]) => (isRight(code) ? [test] : []))

  it.each(kladr.cityOk)('%s is the code of a city', (code) => {
    expect(right(code)).toContain('isCityKladr')
  })

  it.each(kladr.cityBad)('%s is not the code of a city', (code) => {
    expect(right(code)).not.toContain('isCityKladr')
  })

  it.each(kladr.street)('%s is the code of a street only', (code) => {
    expect(right(code)).toEqual(['isStreetKladr'])
    // A street belongs to the city with the same first eleven digits.
    expect(kladr.cityOk.some(([city]) => city.slice(0, 11) === code.slice(0, 11))).toBe(true)
  })

  it.each(kladr.house)('%s is the code of a house only', (code) => {
    expect(right(code)).toEqual(['isHouseKladr'])
  })
})

describe('a suggestion', () => {
  it.each(email.typos)('%s is %s', (text, meant) => {
    const { kind } = fields.email
    expect(suggestText(kind, text)).toBe(meant)
    // Such an address may exist: it is accepted, with a suggestion.
    expect(parseText(kind, text)).toEqual({ value: text })
  })

  it.each(name.wrongLayout)('%s is %s', (text, meant) => {
    const { kind } = fields.lastName
    expect(suggestText(kind, text)).toBe(meant)
    expect(parseText(kind, text)).toEqual({ code: 'name-cyrillic' })
  })

  it.each([...email.ok, ...name.ok, ...name.bad])('there is none for %s', (text) => {
    expect(suggestText(fields.email.kind, text)).toBeUndefined()
    expect(suggestText(fields.lastName.kind, text)).toBeUndefined()
  })
})

describe('on 22.11.2026', () => {
  const today = day(vectors.today)
  const context = ruleContext(define([]), today)
  const codes = new Map([
    ['future', 'date-future'],
    ['before-14', 'passport-before-14'],
    ['before-1997-10-01', 'passport-before-1997'],
  ])

  it.each(vectors.issue)('born $birth, passport of $issued: $problem ($why)', (vector) => {
    const { birth, issued, problem } = vector
    const values = { birthDate: day(birth), passportIssuedDate: day(issued) }
    for (const passportExpiry of ['warn', 'error'] as const) {
      const expired = problem?.startsWith('expired') && { warning: passportExpiry === 'warn' }
      const code = problem && (codes.get(problem) ?? `passport-${problem}`)
      expect(
        validateFieldValue({ name: 'passportIssuedDate' }, values, { ...context, passportExpiry }),
      ).toEqual(code ? { code, ...expired } : undefined)
    }
  })

  it.each(vectors.age)('born %s is %i', (birth, age) => {
    const find = (minimumAge: number, maximumAge?: number): unknown =>
      validateFieldValue(
        { name: 'birthDate' },
        { birthDate: day(birth) },
        { ...context, minimumAge, maximumAge },
      )
    expect(find(age)).toBeUndefined()
    expect(find(age, age)).toBeUndefined()
    expect(find(age + 1)).toEqual({ code: 'age-minimum', limit: age + 1 })
    expect(find(0, age - 1)).toEqual({ code: 'age-maximum', limit: age - 1 })
  })
})
