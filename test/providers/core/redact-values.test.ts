import { expect, it } from 'vitest'
import { redactReason } from '../../../src/providers/core/error-messages.ts'
import { redactValues } from '../../../src/providers/core/refusals/redact-values.ts'
import type { LeadValues } from '../../../src/lead/values.ts'

const values: LeadValues = JSON.parse(`{
  "lastName": "Щёлкова-Юрьева", "firstName": "Анна", "birthDate": "1990-05-17", "email": "anna.qwerty@example.ru",
  "phone": "+79000000001", "snils": "900-000-058 99", "passportSeries": "4511", "passportNumber": "000050",
  "passportIssuedCode": "770-001", "registrationHouse": "12к2", "jobPlace": "ООО «Вымысел»", "jobIncome": 45000,
  "termDays": 30, "city": "Москва", "comment": "Перезвоните на номер бабушки Глафиры"
}`)

it.each([
  'Щёлкова-Юрьева',
  'ЩЕЛКОВА ЮРЬЕВА',
  'Юрьева',
  'Shchelkova-Iureva',
  'Schelkova-Yureva',
  '%D0%AE%D1%80%D1%8C%D0%B5%D0%B2%D0%B0',
  '\\u042e\\u0440\\u044c\\u0435\\u0432\\u0430',
  '&#1070;&#x440;ьева',
  'anna.qwerty@example.ru',
  'anna.qwerty',
  '17.05.1990',
  '1990-05-17',
  '17051990',
  '8 (900) 000-00-01',
  '79000000001',
  '900 000 058 99',
  '90000005899',
  '45 11 000050',
  '4511000050',
  '000050',
  '770001',
  '12к2',
  'OOO "Вымысел"',
  '45 000',
  '45000.00',
  'бабушки ГЛАФИРЫ',
])('%s is not in a reason', (spelling) => {
  expect(redactValues(`Access denied: ${spelling}, code 4`, values)).toMatch(
    /^Access denied: (?:[OО]{3} ")?…[".00]*, code 4$/,
  )
})

it.each([
  'parameter main.registration_street_kladr: unknown',
  'status 403: no such website, or no such call',
  'campaign 17809: declined, Кампания не принимает заявки брокеров.',
  'Field "termDays" error: 30 is too few for Москва',
  'a longer term than 45',
  'Некорректный номер телефона',
])('a provider’s own words stay: %s', (words) => {
  expect(redactValues(words, values)).toBe(words)
})

it('no value is cut into a part that nobody recognises', () => {
  for (let length = 480; length <= 505; length += 1) {
    const reason = redactReason(`${'-'.repeat(length)} Щёлкова-Юрьева`, [], { values })
    expect(reason).not.toMatch(/[а-яё]/i)
  }
})

it('an encoded copy of the request is not in a reason', () => {
  const copy = Buffer.from(JSON.stringify(values)).toString('base64')
  expect(redactValues(`Cannot parse ${copy}`, values)).toBe('Cannot parse …')
})
