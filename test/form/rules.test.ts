import { describe, expect, it } from 'vitest'
import { validateFieldValue, ruleContext } from '../../src/form/validate.ts'
import type { FormDefinition } from '../../src/form/definition.ts'
import type { ResolvedField } from '../../src/form/expand-definition.ts'
import type { IssueCode } from '../../src/lead/issue.ts'
import type { LeadValues } from '../../src/lead/values.ts'
import { vectors } from '../fields/vectors.ts'
import { day } from '../lead/day.ts'
import { define } from './define.ts'

const today = day(vectors.today)

function find(field: ResolvedField, values: LeadValues, settings: Partial<FormDefinition> = {}): unknown {
  return validateFieldValue(field, values, ruleContext({ ...define([]), ...settings }, today))
}

describe('a requested field', () => {
  it.each<[ResolvedField, LeadValues, unknown]>([
    [{ name: 'email' }, {}, { code: 'required' }],
    [{ name: 'email', required: false }, {}, undefined],
    [{ name: 'email', required: false }, { email: 'user@' }, { code: 'email-format' }],
    [{ name: 'gender' }, {}, { code: 'required-choice' }],
    [{ name: 'employment' }, {}, { code: 'required-choice' }],
    [{ name: 'city' }, {}, { code: 'required' }],
    [{ name: 'cityId', required: false }, {}, undefined],
    [{ name: 'gender', required: false }, {}, undefined],
    [{ name: 'registrationStreet' }, {}, { code: 'required' }],
    [{ name: 'registrationStreet' }, { registrationStreet: ' ' }, { code: 'required' }],
    [{ name: 'registrationCityKladr', required: false }, {}, undefined],
  ])('%o in %o: %o', (field, values, finding) => {
    expect(find(field, values)).toEqual(finding)
  })
})

describe('limits', () => {
  it.each<[ResolvedField, LeadValues, unknown]>([
    [{ name: 'amount', minimum: 1000 }, { amount: 1000 }, undefined],
    [{ name: 'amount', minimum: 1000 }, { amount: 999 }, { code: 'amount-minimum', limit: 1000 }],
    [{ name: 'amount', maximum: 5000 }, { amount: 5000 }, undefined],
    [{ name: 'amount', maximum: 5000 }, { amount: 5001 }, { code: 'amount-maximum', limit: 5000 }],
    [{ name: 'jobIncome', minimum: 5000 }, { jobIncome: 4999 }, { code: 'amount-minimum', limit: 5000 }],
    [{ name: 'termDays', minimum: 7 }, { termDays: 6 }, { code: 'term-minimum', limit: 7 }],
    [{ name: 'termDays', maximum: 30 }, { termDays: 31 }, { code: 'term-maximum', limit: 30 }],
    // Limits apply to money and terms only.
    [{ name: 'jobExperienceMonths', minimum: 6 }, { jobExperienceMonths: 1 }, undefined],
    [{ name: 'employment', maximum: 3 }, { employment: 9 }, undefined],
    [{ name: 'passportIssuedCode', minimum: 1 }, { passportIssuedCode: '000-000' }, undefined],
  ])('%o in %o: %o', (field, values, finding) => {
    expect(find(field, values)).toEqual(finding)
  })
})

describe('options of the definition', () => {
  const options = [
    { value: 3, label: 'ИП' },
    { value: 1, label: 'Договор' },
  ]

  it.each<[ResolvedField, LeadValues, unknown]>([
    [{ name: 'employment', options }, { employment: 3 }, undefined],
    [{ name: 'employment', options }, { employment: 2 }, { code: 'choice-unknown' }],
    [{ name: 'employment' }, { employment: 2 }, undefined],
    [{ name: 'employment' }, { employment: 10 }, { code: 'choice-unknown' }],
    [{ name: 'gender', options: [{ value: 'female', label: 'Ж' }] }, { gender: 'female' }, undefined],
    [
      { name: 'gender', options: [{ value: 'female', label: 'Ж' }] },
      { gender: 'male' },
      { code: 'choice-unknown' },
    ],
  ])('%o in %o: %o', (field, values, finding) => {
    expect(find(field, values)).toEqual(finding)
  })
})

describe('a birth date', () => {
  it.each<[string, Partial<FormDefinition>, unknown]>([
    ['22.11.2008', {}, undefined],
    ['23.11.2008', {}, { code: 'age-minimum', limit: 18 }],
    ['23.11.2008', { minimumAge: 0 }, undefined],
    ['23.11.2005', { minimumAge: 21 }, { code: 'age-minimum', limit: 21 }],
    ['22.11.1960', { maximumAge: 65 }, { code: 'age-maximum', limit: 65 }],
    ['23.11.1960', { maximumAge: 65 }, undefined],
    ['23.11.2026', { minimumAge: 0 }, { code: 'date-future' }],
  ])('%s with %o: %o', (birth, settings, finding) => {
    expect(find({ name: 'birthDate' }, { birthDate: day(birth) }, settings)).toEqual(finding)
  })
})

describe("a passport's dates", () => {
  const warn = (code: IssueCode): unknown => ({ code, warning: true })
  const series = (printed: string): LeadValues => ({
    birthDate: day('05.09.1990'),
    passportIssuedDate: day('06.09.2015'),
    passportSeries: `45${printed}`,
  })

  it.each<[string, unknown]>([
    ['12', undefined],
    ['15', undefined],
    ['16', undefined],
    ['11', warn('passport-series-year')],
    ['17', warn('passport-series-year')],
    ['97', warn('passport-series-year')],
    ['00', warn('passport-series-year')],
    ['2', undefined],
  ])('a form printed in %s, issued in 2015: %o', (printed, finding) => {
    for (const passportExpiry of ['warn', 'error'] as const) {
      expect(find({ name: 'passportIssuedDate' }, series(printed), { passportExpiry })).toEqual(finding)
    }
  })

  it.each([
    ['97', '01.10.1997'],
    ['98', '01.10.1997'],
    ['99', '01.01.2000'],
    ['00', '31.12.1999'],
    ['97', '01.01.2000'],
  ])('a form printed in %s may be issued on %s', (printed, issued) => {
    const values = { passportIssuedDate: day(issued), passportSeries: `45${printed}` }
    expect(find({ name: 'passportIssuedDate' }, { ...values, birthDate: day('05.09.1950') })).toBeUndefined()
  })

  it('are checked as far as possible without a birth date', () => {
    const at = (issued: string): unknown =>
      find({ name: 'passportIssuedDate' }, { passportIssuedDate: day(issued) })
    expect(at('30.09.1997')).toEqual({ code: 'passport-before-1997' })
    expect(at('01.10.1997')).toBeUndefined()
    expect(at('23.11.2026')).toEqual({ code: 'date-future' })
  })

  it('report an expired passport before a series that does not match', () => {
    const values = { ...series('11'), passportIssuedDate: day('04.09.2010') }
    expect(find({ name: 'passportIssuedDate' }, values)).toEqual(warn('passport-expired-at-20'))
  })

  it.each([
    ['21.11.2026', 'warn', { code: 'passport-expired', warning: true }],
    ['21.11.2026', 'error', { code: 'passport-expired', warning: false }],
    ['22.11.2026', 'error', undefined],
    ['01.01.2040', 'warn', undefined],
  ] as const)('valid until %s, with "%s": %o', (until, passportExpiry, finding) => {
    const values = { passportExpirationDate: day(until) }
    expect(find({ name: 'passportExpirationDate' }, values, { passportExpiry })).toEqual(finding)
  })
})

describe('a rare but real value', () => {
  it.each<[ResolvedField, LeadValues, unknown]>([
    [{ name: 'lastName' }, { lastName: 'Ю' }, { code: 'name-short', warning: true }],
    [{ name: 'firstName' }, { firstName: 'О' }, { code: 'name-short', warning: true }],
    [{ name: 'lastName' }, { lastName: 'Ын' }, undefined],
    [{ name: 'middleName' }, { middleName: 'Ё' }, { code: 'name-short', warning: true }],
    [{ name: 'phone' }, { phone: '+79000000000' }, { code: 'phone-equal-digits', warning: true }],
    [{ name: 'phone' }, { phone: '+79999999999' }, { code: 'phone-equal-digits', warning: true }],
    [{ name: 'phone' }, { phone: '+79000000001' }, undefined],
    [{ name: 'guarantorPhone' }, { guarantorPhone: '+79000000000' }, undefined],
  ])('%o in %o: %o', (field, values, finding) => {
    expect(find(field, values)).toEqual(finding)
  })
})

it('a job cannot start in the future', () => {
  const at = (start: string): unknown => find({ name: 'jobStartDate' }, { jobStartDate: day(start) })
  expect(at('22.11.2026')).toBeUndefined()
  expect(at('23.11.2026')).toEqual({ code: 'date-future' })
})
