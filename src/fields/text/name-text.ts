import { fixLookAlikes } from './latin-letters.ts'
import { normalizeWords } from './plain-text.ts'

/** Cyrillic words joined by single hyphens, spaces or apostrophes. */
export const namePattern = /^[А-Яа-яЁё]+(?:[- '][А-Яа-яЁё]+)*$/

/** Words for "son" and "daughter" that follow the father's name. They are written in lower case. */
export const kinship = 'огл[ыуи]|у?ул[уы]|угли|[кг]ызы|[кг]изи'
const kinshipWord = new RegExp(`[- ](?:${kinship})(?= |$)`, 'giu')
const patronymicEnding = new RegExp(`(?:..ич|вна|чна|шна|${kinship})$`, 'iu')

/** A name in its usual spelling: hyphens, apostrophes, capitals, Cyrillic letters for Latin ones that look the same. */
export function normalizeName(text: string): string {
  const plain = normalizeWords(text)
  // Nobody's name. The rest takes a while.
  if (plain.length > 200) return plain
  const name = plain
    // A stress mark, and a stop that a keyboard puts after a word. After an initial it stays.
    .replace(/\u0301/g, '')
    .replace(/(\p{L}{3}) ?[.,;]$/u, '$1')
    .replace(/(\p{L} ?)[\u2018\u2019\u02bc`\u00b4"\u201c\u201d](?= ?\p{L})/gu, "$1'")
    .replace(/ ?([-']) ?/g, '$1')
  return fixCase(fixLookAlikes(name))
}

/** Corrects the case of a name in lower case, and of words in upper or inverted case: `иВАНОВ`. */
function fixCase(name: string): string {
  const pattern = name === name.toLowerCase() ? /\p{L}+/gu : /\p{L}\p{Lu}+(?!\p{L})/gu
  return name
    .replace(pattern, (word, at: number) =>
      /\p{L}/u.test(name.charAt(at - 1)) ? word : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .replace(kinshipWord, (word) => word.toLowerCase())
}

/** Whether a text says in words, or by a dash, that there is no patronymic: `нет`, `Без отчества`, `не имею`, `-`. */
export function isWordForNone(text: string): boolean {
  return /^(?:-[- ]*$|нету?\.?$|(?:нет|не|без|отчеств[оа]) |отсутствует|прочерк)/i.test(normalizeWords(text))
}

/**
 * Whether the text in the field of a patronymic means "I have no patronymic". Surnames may be such words. One mistyped letter of "отсутствует" leaves its
 * beginning or its end. No patronymic begins or ends so, and none is one repeated letter.
 */
export function saysNoPatronymic(text: string): boolean {
  return isWordForNone(text) || /^(?:(?:без|не|ничего|пусто)\.?|[хx]|(.)\1+|[оа]тс.*|.*вует)$/i.test(text)
}

/** A person's name in three parts. */
export interface WholeName {
  readonly lastName: string
  readonly firstName: string
  readonly middleName: string
}

/** The words of a name in its usual spelling. `Гасан оглы` is one of them: both are one patronymic. */
export function nameWords(name: string): readonly string[] {
  const words = name.replace(kinshipWord, (word) => word.replace(' ', '\u00a0')).split(' ')
  return words.map((word) => word.replace('\u00a0', ' '))
}

/**
 * The parts of a whole name that was written into one field: `Иванов Иван Иванович`, or with the surname last. The
 * patronymic tells the parts apart; without one the text is no whole name, and the result is `undefined`.
 */
export function splitWholeName(text: string): WholeName | undefined {
  const name = normalizeName(text.replace(/,/g, ' '))
  if (!namePattern.test(name)) return undefined
  const words = nameWords(name)
  const [first = '', second = '', third = ''] = words
  if (words.length !== 3) return undefined
  // No given name ends like a patronymic, but a surname may: "Иван Иванович Рабинович".
  if (patronymicEnding.test(second)) return { lastName: third, firstName: first, middleName: second }
  return patronymicEnding.test(third) ? { lastName: first, firstName: second, middleName: third } : undefined
}
