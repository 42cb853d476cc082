import { describe, expect, it } from 'vitest'
import { parseText } from '../../src/fields/field-kind.ts'
import { type FieldName, fieldOf } from '../../src/fields/fields.ts'
import { guessGender } from '../../src/fields/kinds/choice.ts'
import { smsCode } from '../../src/fields/kinds/sms-code.ts'
const long = (letter: string, length: number): string => letter.repeat(length)
const domain = `${long('a', 63)}.`.repeat(3)

/** Result of parsing a text: a code, `undefined` for an empty text, or `{ value }`. */
const tests: readonly [FieldName, string, unknown][] = [
  ['phone', '', undefined],
  ['phone', '+7 ', undefined],
  ['phone', '+7 (___) ___-__-__', undefined],
  ['phone', '+7 900 000-00-0', 'phone-incomplete'],
  ['phone', '+7 900 000-00-012', 'phone-incomplete'],
  ['phone', '+7 701 000-00-0', 'phone-incomplete'],
  ['phone', '+7 495 000-00-0', 'phone-incomplete'],
  ['phone', '+7 900 000-00-01 доб. 5', 'phone-incomplete'],
  ['phone', '+7 9OO 000-00-01', 'phone-incomplete'],
  ['phone', '8 (495) 000-00-01', 'phone-not-mobile'],
  ['phone', '8 800 000 00 01', 'phone-not-mobile'],
  ['phone', '+7 701 000 00 01', 'phone-foreign'],
  ['phone', '+380 50 000 00 01', 'phone-foreign'],
  ['phone', '+1 202 555 0101', 'phone-foreign'],

  ['homePhone', '8 (495) 000-00-01', { value: '+74950000001' }],
  ['homePhone', '+7 812 000-00-01', { value: '+78120000001' }],
  ['homePhone', '8 10 7 342 000 00 01', { value: '+73420000001' }],
  ['jobPhone', '8 800 000 00 01', { value: '+78000000001' }],
  ['jobPhone', '8 900 000 00 01', { value: '+79000000001' }],
  ['jobPhone', '+7 701 000 00 01', 'phone-foreign'],
  ['jobPhone', '+7 200 000 00 01', 'phone-foreign'],
  ['jobPhone', '+380 44 000 00 01', 'phone-foreign'],
  ['jobPhone', '000 00 01', 'phone-incomplete'],
  ['jobPhone', '+7 495 000-00-01 доб. 5', 'phone-incomplete'],

  ['passport', 'серия 45 10 номер 000050', { value: { passportSeries: '4510', passportNumber: '000050' } }],
  ['passport', '45 10, № 000050', { value: { passportSeries: '4510', passportNumber: '000050' } }],
  ['passport', '4510 00005', 'passport-format'],
  ['passport', '4510 0000500', 'passport-format'],
  ['passport', '45-1O 000050', 'passport-format'],
  ['passport', '4510 000000', 'passport-number-zeros'],
  ['passportIssuedCode', '72-001', 'passport-code-format'],

  ['birthDate', '05.09', 'date-incomplete'],
  ['birthDate', '05.09.10', 'date-incomplete'],
  ['birthDate', '5 сентября 2010', 'date-incomplete'],
  ['birthDate', '31.02.2010', 'date-unreal'],
  ['birthDate', '01.01.1899', 'date-unreal'],

  ['lastName', 'Иванов1', 'name-letters'],
  ['lastName', 'И.', 'name-letters'],
  ['lastName', 'Иванoff', 'name-cyrillic'],
  ['lastName', 'Ivanov', 'name-cyrillic'],
  ['lastName', long('Ы', 101), 'text-length'],

  ['email', ' mailto:user@example.com\u200b ', { value: 'user@example.com' }],
  ['email', 'user@example.123', 'email-format'],
  ['email', 'user@127.0.0.1', 'email-format'],
  ['email', `${long('u', 59)}@${domain}ru`, { value: `${long('u', 59)}@${domain}ru` }],
  ['email', `${long('u', 60)}@${domain}ru`, 'email-length'],

  ['snils', '112 233 445-95', { value: '112-233-445 95' }],
  ['snils', '１１２２３３４４５９５', { value: '112-233-445 95' }],
  ['snils', '112-233-445', 'snils-format'],
  ['snils', '112-233-445 950', 'snils-format'],
  ['snils', '112-233-445 9x', 'snils-format'],
  ['snils', '112-233-445 96', 'snils-control'],
  ['snils', '000-000-000 00', 'snils-control'],
  ['inn', ' 999900000160 ', { value: '999900000160' }],
  ['inn', '9999000001', 'inn-organisation'],
  ['inn', '99990000016', 'inn-format'],
  ['inn', '9999 0000 0160', 'inn-format'],
  ['inn', '999900000161', 'inn-control'],
  ['inn', '000000000000', 'inn-control'],

  ['amount', '50 тыс', 'amount-format'],
  ['amount', '30 000.00', 'amount-format'],
  ['amount', '30 000.', { value: 30_000 }],
  ['amount', '30 000,', 'amount-format'],
  ['jobIncome', '45 300,50', 'amount-format'],
  ['termDays', '30', { value: 30 }],
  ['termDays', '030', { value: 30 }],
  ['termDays', '30 дней', { value: 30 }],
  ['termDays', '1 день', { value: 1 }],
  ['termDays', '30 мес', 'term-format'],
  ['termDays', '30 дн.', { value: 30 }],
  ['termDays', '30.5', 'term-format'],
  ['termDays', '12345', 'term-format'],
  ['termDays', '-30', 'term-format'],
  ['termDays', '0', undefined],
  ['jobExperienceMonths', '0', { value: 0 }],
  ['jobExperienceMonths', '018', { value: 18 }],
  ['jobExperienceMonths', '18 мес.', { value: 18 }],
  ['jobExperienceMonths', '900', { value: 900 }],
  ['jobExperienceMonths', '901', 'months-format'],
  ['jobExperienceMonths', '1,5', 'months-format'],
  ['jobExperienceMonths', '2 года', 'months-format'],

  ['passportIssuedBy', '  ГУ МВД  России по г. Москве ', { value: 'ГУ МВД России по г. Москве' }],
  ['passportIssuedBy', 'ОВД «Северный» №\u00a03 – 2', { value: 'ОВД «Северный» № 3 - 2' }],
  ['passportIssuedBy', 'OVD', 'text-letters'],
  ['passportIssuedBy', long('О', 256), 'text-length'],
  ['passportIssuedBy', ' \u200b', 'required'],
  ['city', '  Тюмень ', { value: 'Тюмень' }],
  ['city', 'Йошкар–Ола', { value: 'Йошкар-Ола' }],
  ['city', '\u200b', 'required'],
  ['city', long('Ы', 256), 'text-length'],
  ['cityId', 'devtek:536', { value: 'devtek:536' }],
  ['cityId', 'kladr:7200000100000', { value: 'kladr:7200000100000' }],
  ['cityId', '536', 'kladr-format'],
  ['regionId', 'devtek:12345678901234', 'kladr-format'],

  ['registrationIndex', '１０１０００', { value: '101000' }],
  ['registrationIndex', '701000', 'postal-index-format'],
  ['registrationHouse', ' 12к2 ', { value: '12к2' }],
  ['registrationHouse', '5/1', { value: '5/1' }],
  ['registrationApartment', '7А', { value: '7А' }],
  ['registrationHouse', '12, 5', 'house-format'],
  ['registrationHouse', long('1', 11), 'text-length'],
  ['registrationStreet', ' ул.\u00a0Ленина\n1 ', { value: 'ул. Ленина 1' }],
  ['registrationStreet', 'и\u200b\u0306', { value: 'й' }],
  ['registrationStreet', '\u200b', 'required'],
  ['registrationStreet', long('Ы', 256), 'text-length'],
  ['comment', long('Ы', 500), { value: long('Ы', 500) }],
  ['comment', long('Ы', 501), 'text-length'],
  ['registrationCityKladr', '72 000 001 000 00', { value: '7200000100000' }],
  ['registrationCityKladr', '7200000000000', 'kladr-format'],

  ['employment', '9', { value: 9 }],
  ['employment', '10', 'choice-unknown'],
  ['employment', 'работаю', 'choice-unknown'],
  ['creditHistory', '0', 'choice-unknown'],
  ['gender', 'male', { value: 'male' }],
  ['gender', 'мужской', 'choice-unknown'],
  ['maritalStatus', 'divorced', 'choice-unknown'],
  ['residenceSame', 'да', { value: true }],
]

it.each(tests)('%s parses %j as %o', (name, text, read) => {
  expect(parseText(fieldOf(name).kind, text)).toEqual(typeof read === 'string' ? { code: read } : read)
})

it.each([
  ['1234', { value: '1234' }],
  [' 12-34 ', { value: '1234' }],
  ['Код: 12 34', { value: '1234' }],
  ['<#> 012345 – ваш код. Никому его не говорите', { value: '012345' }],
  ['Код 1234 для займа на 5 000 ₽', { code: 'code-format' }],
  ['О123', { code: 'code-format' }],
  ['код', { code: 'code-format' }],
  ['12', { code: 'code-format' }],
  ['123456789', { code: 'code-format' }],
  ['12O4', { code: 'code-format' }],
  ['', undefined],
])('an SMS code parses %j as %o', (text, read) => {
  expect(parseText(smsCode, text)).toEqual(read)
})

describe('a suggestion', () => {
  it.each<[FieldName, string, string | undefined]>([
    ['email', ' User.Name@GMIAL.com ', 'User.Name@gmail.com'],
    ['email', 'user@gmail.ru', 'user@gmail.com'],
    ['email', 'user@gmailcom', 'user@gmail.com'],
    ['email', 'user@gmail.com', undefined],
    ['email', 'user@gmx.com', undefined],
    ['email', 'us er@gmial.com', undefined],
    ['email', 'user@', undefined],
    ['email', '', undefined],
    ['firstName', 'bdfy', 'Иван'],
    ['lastName', 'Cfknsrjd-Otlhby', 'Салтыков-Щедрин'],
    ['lastName', 'Ivanov', undefined],
    ['lastName', 'Иванов', undefined],
    ['lastName', 'Bdfyjd1', undefined],
    ['passportIssuedBy', 'Bdfyjd', undefined],
  ])('for %s and %j: %s', (name, text, meant) => {
    expect(fieldOf(name).kind.suggest?.(text)).toBe(meant)
  })

  it.each([
    ['Ёлкович', 'male'],
    ['Ильич', 'male'],
    ['Рза оглы', 'male'],
    ['Ёлковна', 'female'],
    ['Ильинична', 'female'],
    ['Саввишна', 'female'],
    ['Гасан-кызы', 'female'],
    ['Юрий', undefined],
    ['', undefined],
  ])('for the sex, by the patronymic %j: %s', (patronymic, sex) => {
    expect(guessGender(patronymic)).toBe(sex)
  })
})
