import { describe, expect, it } from 'vitest'
import { isKeptField } from '../../../src/embed/draft/kept-fields.ts'
import { fields } from '../../../src/fields/fields.ts'

describe('a draft', () => {
  it('never holds documents, of all the fields that a form can have', () => {
    expect(Object.keys(fields).filter((name) => !isKeptField(name))).toEqual([
      'birthPlace',
      'snils',
      'inn',
      'passport',
      'passportIssuedDate',
      'passportIssuedCode',
      'passportIssuedBy',
      'passportExpirationDate',
    ])
  })

  it.each([
    'passportSeries',
    'passportNumber',
    'foreignPassport',
    'code',
    'smsCode',
    'consent',
    'consent-processing',
    'processing',
    'custom.passport',
    'custom.city',
    'city.passport',
    'cardNumber',
    'constructor',
    '',
  ])('does not hold what is not named: %s', (name) => {
    expect(isKeptField(name)).toBe(false)
  })
})
