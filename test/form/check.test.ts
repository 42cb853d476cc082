import { describe, expect, it } from 'vitest'
import { checkConsents, checkField, checkValues, ruleContext } from '../../src/form/check.ts'
import type { FieldRequest } from '../../src/form/definition.ts'
import { microloan } from '../../src/form/presets/microloan.ts'
import { findingOf } from '../../src/form/rules.ts'
import type { ConsentReceipt } from '../../src/lead/lead.ts'
import type { LeadValues } from '../../src/lead/values.ts'
import { vectors } from '../fields/vectors.ts'
import { day } from '../lead/day.ts'
import { define, processing } from './define.ts'

const today = day(vectors.today)
const context = ruleContext(define([]), today)

const problemCodes = new Map([
  ['future', 'date-future'],
  ['before-14', 'passport-before-14'],
  ['before-1997-10-01', 'passport-before-1997'],
  ['expired-at-20', 'passport-expired-at-20'],
  ['expired-at-45', 'passport-expired-at-45'],
])

describe('the passport of somebody', () => {
  it.each(vectors.issue)('born $birth, issued $issued: $problem ($why)', ({ birth, issued, problem }) => {
    const values = { birthDate: day(birth), passportIssuedDate: day(issued) }
    const expired = problem?.startsWith('expired') ?? false
    const code = problem === null ? undefined : (problemCodes.get(problem) ?? problem)
    for (const passportExpiry of ['warn', 'error'] as const) {
      const warning = expired ? { warning: passportExpiry === 'warn' } : {}
      const finding = code === undefined ? undefined : { code, ...warning }
      expect(findingOf('passportIssuedDate', values, { ...context, passportExpiry })).toEqual(finding)
      const found = checkField({ name: 'passportIssuedDate' }, values, { ...context, passportExpiry })
      expect(found).toEqual(finding)
    }
  })

  it('is looked at without a birth date as far as it goes', () => {
    expect(findingOf('passportIssuedDate', { passportIssuedDate: day('30.09.1997') }, context)).toEqual({
      code: 'passport-before-1997',
    })
    expect(
      findingOf('passportIssuedDate', { passportIssuedDate: day('01.10.1997') }, context),
    ).toBeUndefined()
    expect(findingOf('passportIssuedDate', {}, context)).toBeUndefined()
  })
})

describe('the age of somebody', () => {
  it.each(vectors.age)('born %s is %i', (birth, age) => {
    const find = (minimumAge: number, maximumAge?: number) =>
      findingOf('birthDate', { birthDate: day(birth) }, { ...context, minimumAge, maximumAge })
    expect(find(age)).toBeUndefined()
    expect(find(age, age)).toBeUndefined()
    expect(find(age + 1)).toEqual({ code: 'age-minimum', limit: age + 1 })
    expect(find(0, age - 1)).toEqual({ code: 'age-maximum', limit: age - 1 })
  })

  it('is 18 at least unless the form says else, and nobody is born tomorrow', () => {
    expect(checkField({ name: 'birthDate' }, { birthDate: day('23.11.2008') }, context)).toEqual({
      code: 'age-minimum',
      limit: 18,
    })
    expect(findingOf('birthDate', { birthDate: day('23.11.2026') }, { ...context, minimumAge: 0 })).toEqual({
      code: 'date-future',
    })
  })
})

const person: LeadValues = {
  amount: 30_000,
  termDays: 30,
  lastName: 'Ёлкина',
  firstName: 'Ынна',
  noMiddleName: true,
  birthDate: day('05.09.1990'),
  phone: '+79000000001',
  passportSeries: '4510',
  passportNumber: '000050',
  passportIssuedDate: day('06.09.2015'),
  passportIssuedCode: '720-001',
  passportIssuedBy: 'ОВД',
  city: 'Тюмень',
  cityKladr: '7200000100000',
}
const form = { ...define([]), ...microloan }

/** Values as they come from outside: whatever JSON can hold. */
function foreign(values: Readonly<Record<string, unknown>>): LeadValues {
  return Object.fromEntries(Object.entries(values))
}

describe('values from outside', () => {
  it('pass when all that is asked is there', () => {
    expect(checkValues(form, person, today)).toEqual({ values: person, issues: [] })
  })

  it('are each asked for by name', () => {
    const { values, issues } = checkValues(form, {}, today)
    const required = [
      'amount',
      'termDays',
      'lastName',
      'firstName',
      'middleName',
      'birthDate',
      'phone',
      'passport',
      'passportIssuedDate',
      'passportIssuedCode',
      'passportIssuedBy',
      'issuePlace',
    ]
    expect(values).toEqual({})
    expect(issues).toEqual(required.map((field) => ({ field, code: 'required' })))
  })

  it.each<[Record<string, unknown>, string, string]>([
    [{ amount: '30000' }, 'amount', 'amount-format'],
    [{ amount: 1e21 }, 'amount', 'amount-format'],
    [{ termDays: 1.5 }, 'termDays', 'term-format'],
    [{ lastName: 5 }, 'lastName', 'required'],
    [{ lastName: 'Ivanov' }, 'lastName', 'name-cyrillic'],
    [{ noMiddleName: 'да' }, 'noMiddleName', 'choice-unknown'],
    [{ birthDate: '05.09.1990' }, 'birthDate', 'date-incomplete'],
    [{ birthDate: 19_900_905 }, 'birthDate', 'date-incomplete'],
    [{ phone: '89000000001' }, 'phone', 'phone-incomplete'],
    [{ email: 'user@' }, 'email', 'email-format'],
    [{ passportSeries: 4510 }, 'passport', 'passport-format'],
    [{ passportNumber: undefined }, 'passport', 'passport-format'],
    [{ passportIssuedDate: true }, 'passportIssuedDate', 'date-incomplete'],
    [{ cityKladr: '7200000000000' }, 'issuePlace', 'kladr-format'],
    [{ cityId: '536' }, 'issuePlace', 'kladr-format'],
    [{ city: undefined }, 'issuePlace', 'required'],
  ])('are refused: %o', (wrong, field, code) => {
    const { values, issues } = checkValues(form, foreign({ ...person, ...wrong }), today)
    expect(issues).toContainEqual({ field, code })
    for (const [name, value] of Object.entries(wrong)) {
      expect(Object.entries(values)).not.toContainEqual([name, value])
    }
  })

  it('are judged by the calendar, however far they are from it', () => {
    expect(checkValues(form, foreign({ ...person, birthDate: '9990-01-01' }), today).issues).toEqual([
      { field: 'birthDate', code: 'date-future' },
    ])
  })

  it('never make it throw', () => {
    const garbage = [true, 5, -1, '', 'x', '2026-13-45', '9999-12-31', '1900-01-01']
    for (const name of Object.keys(person)) {
      for (const wrong of garbage) {
        const checked = checkValues(form, foreign({ ...person, [name]: wrong }), today)
        expect(checked.issues.length).toBeLessThan(5)
      }
    }
  })

  it('keep only the names that are asked', () => {
    const extra = foreign({
      ...person,
      jobPlace: 'Рога и копыта',
      no: 'such',
      __proto__: 'x',
      constructor: 'x',
    })
    expect(checkValues(form, extra, today).values).toEqual(person)
  })

  it('lose what is hidden, right or wrong', () => {
    const hiding = define([{ name: 'amount' }, { name: 'phone', when: { field: 'amount', atLeast: 50_000 } }])
    for (const phone of ['+79000000001', 'wrong']) {
      expect(checkValues(hiding, { amount: 1, phone }, today)).toEqual({ values: { amount: 1 }, issues: [] })
    }
    expect(checkValues(form, { ...person, middleName: 'wrong 1' }, today)).toEqual({
      values: person,
      issues: [],
    })
  })

  it('pass with a warning', () => {
    const expired = { ...person, passportIssuedDate: day('04.09.2010') }
    expect(checkValues(form, expired, today)).toEqual({ values: expired, issues: [] })
    expect(checkValues({ ...form, passportExpiry: 'error' }, expired, today).issues).toEqual([
      { field: 'passportIssuedDate', code: 'passport-expired-at-20' },
    ])
  })
})

describe('one field', () => {
  it.each<[FieldRequest, LeadValues, unknown]>([
    [{ name: 'amount', minimum: 1000 }, { amount: 1000 }, undefined],
    [{ name: 'amount', minimum: 1000 }, { amount: 999 }, { code: 'amount-minimum', limit: 1000 }],
    [{ name: 'amount', maximum: 5000 }, { amount: 5000 }, undefined],
    [{ name: 'amount', maximum: 5000 }, { amount: 5001 }, { code: 'amount-maximum', limit: 5000 }],
    [{ name: 'termDays', minimum: 7 }, { termDays: 6 }, { code: 'term-minimum', limit: 7 }],
    [{ name: 'termDays', maximum: 30 }, { termDays: 31 }, { code: 'term-maximum', limit: 30 }],
    [{ name: 'email', required: false }, {}, undefined],
    [{ name: 'email', required: false }, { email: 'user@' }, { code: 'email-format' }],
    [{ name: 'email' }, {}, { code: 'required' }],
  ])('%o finds in %o: %o', (field, values, finding) => {
    expect(checkField(field, values, context)).toEqual(finding)
  })
})

describe('consents', () => {
  const { id, documentUrl, version } = processing
  const receipt: ConsentReceipt = { id, documentUrl, version, acceptedAt: '2026-11-22T12:00:00+03:00' }
  const missing = [{ field: 'consent.processing', code: 'consent-required' }]

  it.each<[string, readonly ConsentReceipt[], unknown]>([
    ['given', [receipt], []],
    ['given among others', [{ ...receipt, id: 'transfer' }, receipt], []],
    ['not given', [], missing],
    ['given for something else', [{ ...receipt, id: 'transfer' }], missing],
    ['given to another version', [{ ...receipt, version: '2025-01-01' }], missing],
    ['given to another document', [{ ...receipt, documentUrl: 'https://example.ru/other' }], missing],
  ])('%s', (_, given, issues) => {
    expect(checkConsents([processing, { ...processing, id: 'advertising', required: false }], given)).toEqual(
      issues,
    )
  })
})
