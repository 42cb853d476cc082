import { describe, expect, it } from 'vitest'
import { amount } from '../../src/fields/amount.ts'
import { date } from '../../src/fields/date.ts'
import { departmentCode } from '../../src/fields/department-code.ts'
import { email } from '../../src/fields/email.ts'
import { type ReadResult, readText } from '../../src/fields/field-kind.ts'
import { issuePlace } from '../../src/fields/issue-place.ts'
import { issuer } from '../../src/fields/issuer.ts'
import { isCityKladr } from '../../src/fields/kladr.ts'
import { passport } from '../../src/fields/passport.ts'
import { personName } from '../../src/fields/person-name.ts'
import { phone } from '../../src/fields/phone.ts'
import { term } from '../../src/fields/term.ts'
import { vectors } from './vectors.ts'

const valueIn = (result: ReadResult<unknown>): unknown =>
  result && 'value' in result ? result.value : undefined

const same = (texts: readonly string[]): [string, string][] => texts.map((text) => [text, text])

describe('phone', () => {
  it.each(vectors.phone.ok)('reads %j as %s', (text, value) => {
    expect(readText(phone, text)).toEqual({ value })
  })

  it.each(vectors.phone.bad)('takes no number from %j', (text) => {
    expect(valueIn(readText(phone, text))).toBeUndefined()
  })

  it.each([
    ['', undefined],
    ['+7 ', undefined],
    ['+7 (___) ___-__-__', undefined],
    ['+7 900 000-00-0', 'phone-incomplete'],
    ['+7 900 000-00-012', 'phone-incomplete'],
    ['+7 701 000-00-0', 'phone-incomplete'],
    ['+7 495 000-00-0', 'phone-incomplete'],
    ['+7 900 000-00-01 доб. 5', 'phone-incomplete'],
    ['+7 9OO 000-00-01', 'phone-incomplete'],
    ['8 (495) 000-00-01', 'phone-not-mobile'],
    ['8 800 000 00 01', 'phone-not-mobile'],
    ['+7 701 000 00 01', 'phone-foreign'],
    ['+380 50 000 00 01', 'phone-foreign'],
    ['+1 202 555 0101', 'phone-foreign'],
  ])('says of %j: %s', (text, code) => {
    expect(readText(phone, text)).toEqual(code && { code })
  })
})

describe('passport', () => {
  it.each([
    ...vectors.passport.combined,
    ['0310 000050', ['0310', '000050']],
    ['серия 45 10 номер 000050', ['4510', '000050']],
    ['45 10, № 000050', ['4510', '000050']],
  ] as const)('reads %j', (text, [passportSeries, passportNumber]) => {
    expect(readText(passport, text)).toEqual({ value: { passportSeries, passportNumber } })
  })

  it.each([
    ['', undefined],
    ['4510 00005', 'passport-format'],
    ['4510 0000500', 'passport-format'],
    ['45-1O 000050', 'passport-format'],
    ['4510 000000', 'passport-number-zeros'],
  ])('says of %j: %s', (text, code) => {
    expect(readText(passport, text)).toEqual(code && { code })
  })
})

describe('department code', () => {
  it.each([...same(vectors.deptCode.ok), ...vectors.deptCode.normalise])('reads %j as %s', (text, value) => {
    expect(readText(departmentCode, text)).toEqual({ value })
  })

  it.each(vectors.deptCode.bad)('says what is wrong with %j', (text) => {
    expect(readText(departmentCode, text)).toEqual(text === '' ? undefined : { code: 'passport-code-format' })
  })
})

describe('date', () => {
  it.each(vectors.date.ok)('reads %j as %s', (text, shown) => {
    expect(readText(date, text)).toEqual({ value: shown.split('.').toReversed().join('-') })
  })

  it.each(vectors.date.bad)('takes no date from %j', (text) => {
    expect(valueIn(readText(date, text))).toBeUndefined()
  })

  it.each([
    ['05.09', 'date-incomplete'],
    ['05.09.10', 'date-incomplete'],
    ['5 сентября 2010', 'date-incomplete'],
    ['31.02.2010', 'date-unreal'],
    ['01.01.1899', 'date-unreal'],
  ])('says of %j: %s', (text, code) => {
    expect(readText(date, text)).toEqual({ code })
  })
})

describe('name', () => {
  it.each([...same(vectors.name.ok), ...vectors.name.fix])('reads %j as %s', (text, value) => {
    expect(readText(personName, text)).toEqual({ value })
  })

  it.each(vectors.name.bad)('takes no name from %j', (text) => {
    expect(valueIn(readText(personName, text))).toBeUndefined()
  })

  it.each(vectors.name.wrongLayout)('asks for Cyrillic instead of %j', (text) => {
    expect(readText(personName, text)).toEqual({ code: 'name-cyrillic' })
  })

  it.each([
    ['Иванов1', 'name-letters'],
    ['И.', 'name-letters'],
    ['Иванoff', 'name-cyrillic'],
    ['Ы'.repeat(101), 'text-length'],
  ])('says of %j: %s', (text, code) => {
    expect(readText(personName, text)).toEqual({ code })
  })
})

describe('email', () => {
  it.each([
    ...same([...vectors.email.ok, ...vectors.email.tooLongForAdmitad]),
    [' mailto:user@example.com\u200b ', 'user@example.com'],
  ])('reads %j as %s', (text, value) => {
    expect(readText(email, text)).toEqual({ value })
  })

  it.each([...vectors.email.bad, 'user@example.123', 'user@127.0.0.1'])('refuses %j', (text) => {
    expect(readText(email, text)).toEqual({ code: 'email-format' })
  })

  it('refuses more than 254 characters', () => {
    const domain = `${'a'.repeat(63)}.`.repeat(3)
    expect(readText(email, `${'u'.repeat(59)}@${domain}ru`)).toHaveProperty('value')
    expect(readText(email, `${'u'.repeat(60)}@${domain}ru`)).toEqual({ code: 'email-length' })
  })
})

describe('amount', () => {
  it.each(vectors.amount.ok)('reads %j as %s', (text, value) => {
    expect(readText(amount, text)).toEqual(value === null ? { code: 'amount-format' } : { value })
  })

  it.each(vectors.amount.bad)('takes no sum from %j', (text) => {
    expect(valueIn(readText(amount, text))).toBeUndefined()
  })
})

describe('term', () => {
  it.each([
    ['30', { value: 30 }],
    ['030', { value: 30 }],
    ['30 дней', { value: 30 }],
    ['1 день', { value: 1 }],
    ['30 мес', { code: 'term-format' }],
    ['12345', { code: 'term-format' }],
    ['-30', { code: 'term-format' }],
    ['0', undefined],
  ])('reads %j as %o', (text, result) => {
    expect(readText(term, text)).toEqual(result)
  })
})

describe('issuer', () => {
  it.each([
    ['  ГУ МВД  России по г. Москве ', { value: 'ГУ МВД России по г. Москве' }],
    ['ОВД «Северный» №\u00a03 – 2', { value: 'ОВД «Северный» № 3 - 2' }],
    ['OVD', { code: 'text-letters' }],
    ['О'.repeat(256), { code: 'text-length' }],
    [' \u200b', { code: 'text-letters' }],
  ])('reads %j', (text, result) => {
    expect(readText(issuer, text)).toEqual(result)
  })
})

describe('city of issue', () => {
  it.each([
    ['Москва', { value: { region: 'Москва', city: 'Москва', cityKladr: '7700000000000' } }],
    ['  Тюмень ', { value: { city: 'Тюмень' } }],
    ['Йошкар–Ола', { value: { city: 'Йошкар-Ола' } }],
    ['\u200b', { code: 'required' }],
    ['Ы'.repeat(256), { code: 'text-length' }],
  ])('reads %j', (text, result) => {
    expect(readText(issuePlace, text)).toEqual(result)
  })
})

describe('KLADR code of a city', () => {
  it.each(vectors.kladr.cityOk)('%s is one', (code) => {
    expect(isCityKladr(code)).toBe(true)
  })

  it.each([...vectors.kladr.cityBad, ...vectors.kladr.street, ...vectors.kladr.house])(
    '%s is none',
    (code) => {
      expect(isCityKladr(code)).toBe(false)
    },
  )
})
