import { describe, expect, it } from 'vitest'
import { validateConsents, validateValues } from '../../src/form/validate.ts'
import { microloanPreset } from '../../src/form/presets/microloan.ts'
import type { ConsentReceipt } from '../../src/lead/lead.ts'
import type { LeadValues } from '../../src/lead/values.ts'
import { vectors } from '../fields/vectors.ts'
import { day } from '../lead/day.ts'
import { define, processing } from './define.ts'

const today = day(vectors.today)

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
const form = { ...define([]), ...microloanPreset }

/** Values from outside: anything that JSON can hold. */
function foreign(values: Readonly<Record<string, unknown>>): LeadValues {
  const held: LeadValues = {}
  return Object.assign(held, values)
}

describe('values from outside', () => {
  it('pass when all required fields are there', () => {
    expect(validateValues(form, person, today)).toEqual({ values: person, issues: [] })
  })

  it('are reported one by one when missing', () => {
    const { values, issues } = validateValues(form, {}, today)
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
    ]
    expect(values).toEqual({})
    expect(issues).toEqual([
      ...required.map((field) => ({ field, code: 'required' })),
      { field: 'city', code: 'required' },
    ])
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
    [{ cityKladr: '7200000000000' }, 'cityKladr', 'kladr-format'],
    [{ cityId: '536' }, 'cityId', 'kladr-format'],
    [{ city: undefined }, 'city', 'required'],
  ])('are refused: %o', (wrong, field, code) => {
    const { values, issues } = validateValues(form, foreign({ ...person, ...wrong }), today)
    expect(issues).toContainEqual({ field, code })
    for (const [name, value] of Object.entries(wrong)) {
      expect(Object.entries(values)).not.toContainEqual([name, value])
    }
  })

  it('have the issues of their dates, however wrong the dates are', () => {
    expect(validateValues(form, foreign({ ...person, birthDate: '9990-01-01' }), today).issues).toEqual([
      { field: 'birthDate', code: 'date-future' },
    ])
  })

  it('never cause an exception', () => {
    const garbage = [true, 5, -1, '', 'x', '2026-13-45', '9999-12-31', '1900-01-01']
    for (const name of Object.keys(person)) {
      for (const wrong of garbage) {
        const checked = validateValues(form, foreign({ ...person, [name]: wrong }), today)
        expect(checked.issues.length).toBeLessThan(5)
      }
    }
  })

  it('keep only the requested names', () => {
    const extra = foreign({
      ...person,
      jobPlace: 'Рога и копыта',
      no: 'such',
      __proto__: 'x',
      constructor: 'x',
    })
    expect(validateValues(form, extra, today).values).toEqual(person)
  })

  it('lose hidden values, valid or not', () => {
    const hiding = define([{ name: 'amount' }, { name: 'phone', when: { field: 'amount', atLeast: 50_000 } }])
    for (const phone of ['+79000000001', 'wrong']) {
      expect(validateValues(hiding, { amount: 1, phone }, today)).toEqual({
        values: { amount: 1 },
        issues: [],
      })
    }
    expect(validateValues(form, { ...person, middleName: 'wrong 1' }, today)).toEqual({
      values: person,
      issues: [],
    })
  })

  it('pass with a warning', () => {
    const expired = { ...person, passportIssuedDate: day('04.09.2010') }
    expect(validateValues(form, expired, today)).toEqual({ values: expired, issues: [] })
    expect(validateValues({ ...form, passportExpiry: 'error' }, expired, today).issues).toEqual([
      { field: 'passportIssuedDate', code: 'passport-expired-at-20' },
    ])
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
  ])('%s', (_, receipts, issues) => {
    expect(
      validateConsents([processing, { ...processing, id: 'advertising', required: false }], receipts),
    ).toEqual(issues)
  })
})
