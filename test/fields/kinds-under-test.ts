import fc from 'fast-check'
import type { FieldKind } from '../../src/fields/field-kind.ts'
import { fields, type FieldValue } from '../../src/fields/fields.ts'
import { smsCode } from '../../src/fields/kinds/sms-code.ts'
import { isWordForNone, saysNoPatronymic, splitWholeName } from '../../src/fields/text/name-text.ts'

/** A kind of field and a generator of its canonical values, as they are parsed from text. */
export interface KindUnderTest {
  readonly kind: FieldKind<FieldValue>
  readonly valid: fc.Arbitrary<FieldValue>
}

/** One of these characters. */
export function oneOf(characters: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(characters))
}

/** A number of decimal digits. */
export function digits(least: number, most = least): fc.Arbitrary<string> {
  return fc.string({ unit: oneOf('0123456789'), minLength: least, maxLength: most })
}

const join = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(''))

/** One to three words of these letters, with single spaces. */
const words = (letters: string, separators: readonly string[] = [' ']): fc.Arbitrary<string> => {
  const word = fc.string({ unit: oneOf(letters), minLength: 1, maxLength: 12 })
  return fc
    .array(fc.tuple(fc.constantFrom(...separators), word), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.map(([gap, part], index) => (index === 0 ? part : gap + part)).join(''))
}

const lower = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'
const name = fc.oneof(
  words(lower, ['-', ' ', "'"]).map((text) =>
    text.replace(/(^|[-' ])(.)/g, (_, gap: string, first: string) => gap + first.toUpperCase()),
  ),
  fc.constantFrom('фон Дервиз', 'Рза оглы', 'Гасан-кызы', 'Ю', `Ы${'ы'.repeat(99)}`),
)

/** A whole name is offered in parts, so that it is no value of one part. */
const partOfName = name.filter((text) => splitWholeName(text) === undefined && !isWordForNone(text))

const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10))

/** Check digits: the sum of the digits, each times its position from the end, modulo 101, then the last two digits. */
const snils = digits(9)
  .filter((number) => Number(number) > 1_001_998)
  .map((number) => {
    const sum = Array.from(number).reduce((total, digit, index) => total + Number(digit) * (9 - index), 0)
    return `${number}${String((sum % 101) % 100).padStart(2, '0')}`
  })
const exempt = fc
  .tuple(fc.integer({ min: 1, max: 1_001_998 }), digits(2))
  .map(([number, control]) => String(number).padStart(9, '0') + control)

const inn = digits(10)
  .filter((number) => !number.startsWith('00'))
  .map((number) => withControl(withControl(number, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8])))
function withControl(number: string, weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return number + ((sum % 11) % 10)
}

const house = fc.oneof(
  digits(1, 5),
  fc.constantFrom('12к2', '5/1', '7А', '12 корп. 3', '5-7', 'б/н', 'влад. 3', '10 стр. 2'),
)
const line = words(`${lower}${lower.toUpperCase()}0123456789abcXYZ.,!?№«»"()%&/-`).filter((text) =>
  /[^\p{P} ]/u.test(text),
)
const region = join(fc.integer({ min: 1, max: 99 }).map((code) => String(code).padStart(2, '0')))
const city = fc.oneof(
  join(region, fc.constant('0000'), digits(4), fc.constant('100')),
  fc.constantFrom('7700000000000', '7800000000000', '9200000000000', '9900000000000'),
)
const choice = (kind: FieldKind<FieldValue>): KindUnderTest => ({
  kind,
  valid: fc.constantFrom(...(kind.options ?? [])),
})

/** Every kind of field. */
export const kinds: Readonly<Record<string, KindUnderTest>> = {
  'a surname': { kind: fields.lastName.kind, valid: partOfName },
  'a given name': { kind: fields.firstName.kind, valid: partOfName },
  'a patronymic': {
    kind: fields.middleName.kind,
    valid: partOfName.filter((text) => !saysNoPatronymic(text)),
  },
  'a whole name': {
    kind: fields.guarantorName.kind,
    valid: fc.oneof(name, fc.constant('Иванов Иван Иванович')),
  },
  'a date': { kind: fields.birthDate.kind, valid: date },
  'a line': { kind: fields.birthPlace.kind, valid: line },
  'a text': { kind: fields.comment.kind, valid: line },
  'a mobile number': { kind: fields.phone.kind, valid: join(fc.constant('+79'), digits(9)) },
  'any phone': {
    kind: fields.homePhone.kind,
    valid: fc.oneof(
      join(fc.constantFrom('+73', '+74', '+79'), digits(9)),
      join(fc.constant('+78'), oneOf('012345678'), digits(8)),
    ),
  },
  'an e-mail address': {
    kind: fields.email.kind,
    valid: fc.emailAddress({ size: 'small' }).filter((address) => address.length <= 254),
  },
  SNILS: {
    kind: fields.snils.kind,
    valid: fc
      .oneof(snils, exempt)
      .map((number) => number.replace(/^(\d{3})(\d{3})(\d{3})(\d\d)$/, '$1-$2-$3 $4')),
  },
  INN: { kind: fields.inn.kind, valid: inn },
  money: { kind: fields.amount.kind, valid: fc.integer({ min: 1, max: 9_999_999_999 }) },
  'a term': { kind: fields.termDays.kind, valid: fc.integer({ min: 1, max: 9999 }) },
  months: { kind: fields.jobExperienceMonths.kind, valid: fc.integer({ min: 0, max: 900 }) },
  passport: {
    kind: fields.passport.kind,
    valid: fc
      .tuple(digits(4), digits(6))
      .filter(([, number]) => number !== '000000')
      .map(([passportSeries, passportNumber]) => ({ passportSeries, passportNumber })),
  },
  'a department code': {
    kind: fields.passportIssuedCode.kind,
    valid: join(digits(3), fc.constant('-'), digits(3)),
  },
  'an issuer': {
    kind: fields.passportIssuedBy.kind,
    valid: words(`${lower}${lower.toUpperCase()}0123456789№.,()/"«»'-`).filter((text) =>
      /[а-яё\d]/i.test(text),
    ),
  },
  "a place's name": { kind: fields.city.kind, valid: words(lower) },
  "a place's id": {
    kind: fields.cityId.kind,
    valid: join(fc.constantFrom('devtek:', 'kladr:'), digits(1, 13)),
  },
  'a house number': { kind: fields.registrationHouse.kind, valid: house },
  'a postal index': {
    kind: fields.registrationIndex.kind,
    valid: join(oneOf('123456'), digits(5)),
  },
  "a region's KLADR code": {
    kind: fields.registrationRegionKladr.kind,
    valid: region.map((code) => code.padEnd(13, '0')),
  },
  "a city's KLADR code": { kind: fields.registrationCityKladr.kind, valid: city },
  "a street's KLADR code": {
    kind: fields.registrationStreetKladr.kind,
    valid: join(region, digits(13), fc.constant('00')),
  },
  "a house's KLADR code": { kind: fields.registrationHouseKladr.kind, valid: join(region, digits(17)) },
  'a checkbox': { kind: fields.noMiddleName.kind, valid: fc.boolean() },
  gender: choice(fields.gender.kind),
  'a marital status': choice(fields.maritalStatus.kind),
  'a credit history': choice(fields.creditHistory.kind),
  'a deposit': choice(fields.deposit.kind),
  'an employment': choice(fields.employment.kind),
  'an SMS code': { kind: smsCode, valid: digits(3, 8).filter((code) => !/^(\d{4})\1$/.test(code)) },
}
