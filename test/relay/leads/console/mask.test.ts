import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  createTextMasker,
  maskPerson,
  maskValue,
  maskValues,
} from '../../../../src/relay/leads/console/mask.ts'

const names = [
  'lastName',
  'firstName',
  'middleName',
  'email',
  'phone',
  'birthDate',
  'snils',
  'registrationStreet',
  'comment',
  'custom.f_7',
]

const text = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.stringMatching(/^[а-яё]{1,12}(-[а-яё]{1,8})?$/),
  fc.stringMatching(/^\+7\d{10}$/),
  fc.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
  fc.stringMatching(/^[a-z\d.]{1,8}@[a-z]{1,8}\.[a-z]{2,4}$/),
)

it('no masked value contains the value', () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), text, (name, value) => {
      // What consists of signs of the mask alone says nothing.
      fc.pre(!/^[*…@.+\s-]*$/.test(value))
      expect(String(maskValue(name, value))).not.toContain(value)
    }),
  )
})

it('no masked person contains a name or the phone', () => {
  const name = fc.stringMatching(/^[А-Я][а-яё]{2,12}$/)
  fc.assert(
    fc.property(name, name, fc.stringMatching(/^\+7\d{10}$/), (lastName, firstName, phone) => {
      const person = maskPerson({ lastName, firstName, phone })
      for (const value of [lastName, firstName, phone, phone.slice(2)]) expect(person).not.toContain(value)
    }),
  )
})

it.each([
  [{ lastName: 'Иванов', firstName: 'Иван', phone: '+79000000001' }, 'И…в И., +7 900 ***-**-01'],
  [{ firstName: 'Ю', phone: '+79000000001' }, '…., +7 900 ***-**-01'],
  [{ lastName: 'Ли' }, 'Л…'],
  [{}, ''],
])('describes %o as %s', (values, person) => {
  expect(maskPerson(values)).toBe(person)
})

it('shows what tells of the loan, and hides the rest', () => {
  expect(
    maskValues({
      amount: 30_000,
      region: 'Тюменская область',
      email: 'ivan@example.ru',
      jobIncome: 50_000,
      snils: '00000000001',
    }),
  ).toEqual({
    amount: 30_000,
    region: 'Тюменская область',
    email: 'i***@e***.ru',
    jobIncome: '***',
    snils: '***',
  })
})

it('hides a person in what a provider says', () => {
  const mask = createTextMasker([{ lastName: 'Примеров', phone: '+79000000001' }, { lastName: 'Другова' }])
  expect(mask('Клиент ПРИМЕРОВ (8 900 000-00-01) или Drugova отказан: скоринг')).not.toMatch(
    /примеров|900|drugova/i,
  )
})
