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
  if (moneyParameters.has(path)) return [value.replace(/\.00$/, ''), value.replace('.', ',')]
  if (nameParameters.has(path)) return nameSpellings(value)
  if (value.includes('@')) return [value.toLowerCase()]
  return isDocumentedParameter(path) ? textSpellings(value) : [withoutYo(value)]
}

/** `7…`, `8…` and ten digits first, as lenders want most often; then the same with the usual separators. */
function phoneSpellings(area: string, number: string): readonly string[] {
  const [first, middle, last] = [number.slice(0, 3), number.slice(3, 5), number.slice(5)]
  const layouts = [
    `${area}${number}`,
    `(${area})${first}-${middle}-${last}`,
    `(${area})${number}`,
    `-${area}-${first}-${middle}-${last}`,
    `-${area}-${number}`,
    ` (${area}) ${first}-${middle}-${last}`,
    ` (${area}) ${first} ${middle} ${last}`,
    ` (${area}) ${number}`,
    ` ${area} ${first}-${middle}-${last}`,
    ` ${area} ${first} ${middle} ${last}`,
    ` ${area} ${number}`,
  ]
  return layouts.flatMap((layout) =>
    ['+7', '7', '8', ''].map((prefix) => (prefix === '' ? layout.replace(/^[ -]/, '') : prefix + layout)),
  )
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
  ]
}

function passportSpellings(value: string): readonly string[] {
  const [, region, year, number] = /^(\d{2})(\d{2})(\d{6})$/.exec(value) ?? []
  if (region === undefined || year === undefined || number === undefined) return []
  return [`${region}${year}`, `${region} ${year}`].flatMap((series) =>
    [' ', '-', ', ', ' № ', '№', ' №', ':', '/'].map((separator) => series + separator + number),
  )
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
  return [...written, ...written.map((name) => name.toUpperCase())]
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
  ])
  return [...written, ...written.map((text) => text.toUpperCase())]
}

function withoutYo(text: string): string {
  return text.replaceAll('ё', 'е').replaceAll('Ё', 'Е')
}
