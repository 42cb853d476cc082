import { isDocumentedParameter } from './campaign-parameters.ts'
import { transliterate } from './transliterate.ts'

const nameParameters = new Set(['first_name', 'last_name', 'middle_name', 'guarator'])
const moneyParameters = new Set(['credit_sum', 'work_salary'])

/**
 * The spellings of a parameter's value that mean the same, the usual one first: every campaign checks them with a
 * pattern of its own. A value's shape says what it is; only names, money and the passport's number are known by their
 * parameter.
 */
export function valueVariants(path: string, value: string): readonly string[] {
  return [...new Set([value, ...spellings(path, value)])]
}

function spellings(path: string, value: string): readonly string[] {
  const [, area, number] = /^\+7(\d{3})(\d{7})$/.exec(value) ?? []
  if (area !== undefined && number !== undefined) return phoneSpellings(area, number)
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(value) ?? []
  if (day !== undefined && month !== undefined && year !== undefined) return dateSpellings(day, month, year)
  if (path === 'passport_cn') return passportSpellings(value)
  if (moneyParameters.has(path)) return moneySpellings(value)
  if (path === 'gender') return genderSpellings(value)
  if (nameParameters.has(path)) return nameSpellings(value)
  if (value.includes('@')) return [value.toLowerCase()]
  return isDocumentedParameter(path) ? textSpellings(value) : [withoutYo(value)]
}

/** Every text that has one part of each list, in their order. */
function combine(...lists: readonly (readonly string[])[]): readonly string[] {
  return lists.reduce((texts, parts) => texts.flatMap((text) => parts.map((part) => text + part)), [''])
}

/** `7…`, `8…` and ten digits first, as lenders want most often; then with every usual separator. */
function phoneSpellings(area: string, number: string): readonly string[] {
  const [first, middle, last] = [number.slice(0, 3), number.slice(3, 5), number.slice(5)]
  const numbers = [number, ...['-', ' ', '.'].map((separator) => [first, middle, last].join(separator))]
  const halves = ['-', ' '].map((separator) => first + separator + middle + last)
  const separated = combine(
    ['+7', '7', '8', ''],
    ['', ' ', '-', '.'],
    [area, `(${area})`],
    ['', ' ', '-', '.'],
    [...numbers, ...halves],
  ).filter((text) => !/^[ .-]/.test(text))
  return [`7${area}${number}`, `8${area}${number}`, area + number, ...separated]
}

function dateSpellings(day: string, month: string, year: string): readonly string[] {
  return [
    `${year}-${month}-${day}`,
    `${day}-${month}-${year}`,
    `${day}/${month}/${year}`,
    `${year}.${month}.${day}`,
    `${year}/${month}/${day}`,
    `${day} ${month} ${year}`,
    `${day}${month}${year}`,
    `${year}${month}${day}`,
    `${year}-${month}-${day}T00:00:00`,
    `${year}-${month}-${day} 00:00:00`,
    `${year}-${month}-${day}T00:00:00Z`,
    `${year}-${month}-${day}T00:00:00.000Z`,
    ...['.', '/', '-'].map((separator) => [day, month, year.slice(2)].join(separator)),
    ...['.', '/', '-'].map((separator) => [Number(day), Number(month), year].join(separator)),
  ]
}

/** Without kopecks where there are none, with a comma, or with its digits in groups. */
function moneySpellings(value: string): readonly string[] {
  const written = [value, value.replace(/\.00$/, ''), value.replace(/0$/, ''), value.replace('.', ',')]
  return [...written, ...written.map((text) => text.replace(/\B(?=(?:\d{3})+(?!\d))/g, ' '))]
}

function passportSpellings(value: string): readonly string[] {
  const [, region, year, number] = /^(\d{2})(\d{2})(\d{6})$/.exec(value) ?? []
  if (region === undefined || year === undefined || number === undefined) return []
  const separators = [' ', '-', ', ', ' № ', '№', ' №', ':', '/', ',', 'N', ' N ', ' N']
  return combine([region], ['', ' ', '-'], [year], separators, [number])
}

/**
 * Without ё, which a pattern's "а-я" does not include; then with other separators of the parts, or none: `Салтыков
 * Щедрин`; then in Latin letters, as in a passport for travel abroad; then all of it in capitals.
 */
function nameSpellings(value: string): readonly string[] {
  const written = [value, withoutYo(value), transliterate(value)].flatMap((name) => [
    name,
    name.replace(/['’]/g, ''),
    name.replace(/[-–]/g, ' ').replace(/['’]/g, ''),
    name.replace(/ /g, '-').replace(/['’]/g, ''),
    name.replace(/[^\p{L}]/gu, ''),
  ])
  const letters = written.map((name) => name.replace(/[^\p{L}]/gu, ''))
  return [
    ...written,
    ...written.map((name) => name.toUpperCase()),
    // One word with one capital letter.
    ...letters.map((name) => name.slice(0, 1) + name.slice(1).toLowerCase()),
    ...written.map((name) => name.toLowerCase()),
  ]
}

/** Letters and words for `male` and `female`. What the campaigns' numbers mean, only `valueMaps` can say. */
function genderSpellings(value: string): readonly string[] {
  const words = { male: ['m', 'м', 'муж', 'мужской'], female: ['f', 'ж', 'жен', 'женский'] } as const
  if (value !== 'male' && value !== 'female') return []
  return [value, ...words[value]].flatMap((word) => [
    word,
    word.slice(0, 1).toUpperCase() + word.slice(1),
    word.toUpperCase(),
  ])
}

/** Other texts lose their quotation marks and punctuation at most. */
function textSpellings(value: string): readonly string[] {
  const written = [value, withoutYo(value), transliterate(value)].flatMap((text) => [
    text,
    text.replace(/[«»"“”„]/g, ''),
    text
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replace(/ {2,}/g, ' ')
      .trim(),
    text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim(),
  ])
  return [...written, ...written.map((text) => text.toUpperCase())]
}

function withoutYo(text: string): string {
  return text.replaceAll('ё', 'е').replaceAll('Ё', 'Е')
}
