import type { FieldName } from '../../src/fields/fields.ts'

/** A text without the characters that nobody sees. */
function visible(text: string): string {
  return text.replace(/[\p{Cf}\p{Cs}\ufe00-\ufe0f]|(?!\s)\p{Cc}/gu, '')
}

/** The groups of decimal digits of a text, in order. */
function groups(text: string): string[] {
  const narrow = visible(text).replace(/[\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
  return narrow.match(/[0-9]+/g) ?? []
}

const all = (text: string): string => groups(text).join('')
const significant = (digits: string): string => digits.replace(/^0+(?=\d)/, '')
/** Raised digits, fractions and Roman numbers are no digits, but they say something. */
const hasOtherNumbers = (text: string): boolean => /[\p{No}\p{Nl}]/u.test(text)
const hasLetters = (text: string, words: RegExp): boolean => /\p{L}/u.test(text.replace(words, ''))

function saysMoney(text: string, value: unknown): boolean {
  const [first = '', ...rest] = groups(text)
  const kopecks = rest.filter((group) => /^00?$/.test(group))
  const whole = [first, ...rest.slice(0, rest.length - kopecks.length)]
  return (
    significant(whole.join('')) === String(value) &&
    (whole.length === 1 ||
      (significant(first).length <= 3 && whole.slice(1).every((group) => group.length === 3))) &&
    !/\p{Pd}|[\u2212+*/:;%$€£#()№\t\n|~=…]/u.test(visible(text).trim()) &&
    !hasLetters(text, /руб(лей|ля|ль)?|р|rub|коп/giu)
  )
}

function saysDays(text: string, value: unknown, words: RegExp): boolean {
  const [number = '', ...others] = groups(text)
  return (
    others.length === 0 &&
    significant(number) === String(value) &&
    !/\p{Pd}|[\u2212+*/:;%,]/u.test(text) &&
    !hasLetters(text, words)
  )
}

function saysDate(text: string, value: unknown): boolean {
  const [year = '', month = '', day = ''] = String(value).split('-')
  const [plain, ...noon] = text.split(/(?<=\d)[tT ](?=0?0:00)/)
  if (/[1-9]/.test(noon.join('').replace(/[+-]\d\d:?\d\d$/, ''))) return false
  const parts = groups(plain ?? '')
  const named = /[а-я]{3}/i.test((plain ?? '').replace(/года/i, ''))
  const pads = (number: string): string => `0?${Number(number)}`
  const middle = named ? '' : pads(month)
  const orders = [`${pads(day)}${middle}${year}`, `${year}${middle}${pads(day)}`]
  return parts.length <= 3 && orders.some((order) => new RegExp(`^${order}$`).test(parts.join('')))
}

function saysPhone(text: string, value: unknown): boolean {
  const digits = all(text)
  const national = String(value).slice(2)
  return (
    digits.endsWith(national) &&
    /^(?:00|810)?[78]{0,3}$/.test(digits.slice(0, -national.length)) &&
    !hasLetters(text, /tel|тел(ефон)?|т/giu) &&
    !/[#*,;&=]/.test(visible(text).trim().slice(0, -1))
  )
}

/** Whether the groups of a text's digits end where the parts of the value do. */
const sameGroups =
  (...ends: readonly number[]) =>
  (text: string, value: unknown): boolean => {
    let count = 0
    const found = groups(text)
      .slice(0, -1)
      .map((group) => (count += group.length))
    return all(text) === all(JSON.stringify(value)) && found.every((end) => ends.includes(end))
  }

/** Whether a text says a value, by rules of their own: the value has the text's digits, all of them, in order. */
export const says: Partial<Record<FieldName, (text: string, value: unknown) => boolean>> = {
  amount: saysMoney,
  termDays: (text, value) => saysDays(text, value, /дн(ей|я)?|день|сут(ок|ки)?/giu),
  jobExperienceMonths: (text, value) => saysDays(text, value, /мес(яц(а|ев)?)?/giu),
  birthDate: saysDate,
  phone: saysPhone,
  homePhone: saysPhone,
  passport: sameGroups(2, 4, 7),
  passportIssuedCode: sameGroups(3),
  snils: sameGroups(3, 6, 9),
  inn: sameGroups(2, 3, 4, 6, 8, 9, 10),
  registrationIndex: sameGroups(3),
}

/** Whether a text can say a number at all. */
export const isPlain = (text: string): boolean => !hasOtherNumbers(text)
