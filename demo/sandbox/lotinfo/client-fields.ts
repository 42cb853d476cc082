import { isRealDate } from '../core/is-real-date.ts'

/** Returns the problem of a value, in Russian, or `undefined` if the value is as documented. */
export type Rule = (value: unknown) => string | undefined

/** A row of the document's table. Required members have an asterisk there. */
export type Member = { readonly rule: Rule; readonly required?: true }

/** The members of an object in the document, by name. */
export type Members = Readonly<Record<string, Member>>

const integer: Rule = (value) =>
  Number.isSafeInteger(value) && Number(value) > 0 ? undefined : 'Ожидается целое число'
const text: Rule = (value) => {
  if (typeof value !== 'string') return 'Ожидается строка'
  if (value === '') return 'Пустое значение'
  return value === value.trim() ? undefined : 'Лишние пробелы в начале или в конце'
}

function like(pattern: RegExp, problem: string): Rule {
  return (value) => text(value) ?? (pattern.test(String(value)) ? undefined : problem)
}

function oneOf(...values: readonly (number | string)[]): Rule {
  return (value) =>
    values.some((allowed) => allowed === value)
      ? undefined
      : `Ожидается одно из значений: ${values.join(', ')}`
}

const date: Rule = (value) =>
  text(value) ?? (isRealDate(String(value)) ? undefined : 'Ожидается дата дд.мм.гггг')
const ids: Rule = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((id) => integer(id) === undefined)
    ? undefined
    : 'Ожидается список номеров'

/** A client, without its lists and passport, which have tables of their own. */
export const clientMembers: Members = {
  userId: { rule: integer },
  apiIdExchange: { rule: integer },
  fioF: { rule: text },
  fioI: { rule: text },
  fioO: { rule: text },
  fioDesc: { rule: text },
  sex: { rule: oneOf('male', 'female') },
  birthday: { rule: date },
  deeps: { rule: oneOf(1, 2, 3) },
  deepon: { rule: oneOf(1, 2, 3) },
  clientc: { rule: oneOf(1, 2, 3) },
  family: { rule: oneOf(0, 1) },
  address: { rule: text },
  regionId: { rule: integer },
  cityId: { rule: integer },
  regionName: { rule: text },
  cityName: { rule: text },
  userCategory: { rule: ids },
  clientType: { rule: oneOf(0, 1, 2, 3, 4) },
  agency: { rule: text },
}

/** A contact. */
export const contactMembers: Members = {
  type: { rule: oneOf('mobile', 'city', 'email', 'other'), required: true },
  value: { rule: text, required: true },
  general: { rule: oneOf(0, 1) },
  comment: { rule: text },
  spy: { rule: oneOf(0, 1) },
}

/** The format of a contact's value, by type. */
export const contactValues: Readonly<Record<string, RegExp>> = {
  mobile: /^7\d{10}$/,
  city: /^8\d{10}$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  other: /./,
}

/** A comment. */
export const commentMembers: Members = { value: { rule: text, required: true } }

/** The passport. Series and number have a fixed number of digits, which a JSON number would lose. */
export const passportMembers: Members = {
  serial: { rule: like(/^\d{4}$/, 'Ожидаются 4 цифры') },
  number: { rule: like(/^\d{6}$/, 'Ожидаются 6 цифр') },
  sended: { rule: text },
  dateSended: { rule: date },
  codePod: { rule: like(/^\d{3}-\d{3}$/, 'Ожидается код вида 123-456') },
  placeBirth: { rule: text },
  propiska: { rule: text },
  placeHome: { rule: text },
  snils: { rule: like(/^\d{3}-\d{3}-\d{3} \d\d$/, 'Ожидается номер вида 123-123-123 44') },
}

/** An object of a client. */
export const objectMembers: Members = {
  id: { rule: integer },
  name: { rule: text },
  lpr: { rule: oneOf(0, 1) },
  doled: { rule: like(/^[1-9]\d*\/[1-9]\d*$/, 'Ожидается доля вида 1/3') },
}

/** An order of a client. */
export const orderMembers: Members = { id: { rule: integer }, name: { rule: text } }
