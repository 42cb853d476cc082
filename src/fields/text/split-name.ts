import { isGivenName } from './given-names.ts'
import { kinship, namePattern, nameWords, normalizeName, type WholeName } from './name-text.ts'

/** A whole name in parts. */
export interface SplitName extends WholeName {
  /** Whether the person has no patronymic. */
  readonly noMiddleName: boolean
  /** Whether these are the right parts, so that nobody has to confirm them. */
  readonly isCertain: boolean
}

/** Endings that patronymics have, and given names do not: `Мкртич` is a given name. */
const patronymic = new RegExp(
  `(?:[ое]вич|[ое]вна|ична|[иы]шна|(?:^|[- ])(?:иль|кузьм|лук|ник[ие]т|фом|савв|фок|сил)ич|[- ](?:${kinship}))$`,
  'iu',
)

/** Endings of surnames. Some given names have them, too: see {@link isGivenName}. */
const surname =
  /(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ой|ая)|енко|чук|[мнл]юк|швили|дзе|[иы]х|[а-я][бвгджзклмнпрстфхцчшщ]янц?)$/iu

const isSurname = (word: string): boolean => surname.test(word) && !isGivenName(word)

/** Whether a word is a known given name, or ends as surnames or patronymics do. */
export function looksLikeName(word: string): boolean {
  return isGivenName(word) || surname.test(word) || patronymic.test(word)
}

/** Whether a word ends as only patronymics do, and is no given name. */
export function isPatronymic(word: string): boolean {
  return patronymic.test(word) && !isGivenName(word)
}

/** A word after a name that says that there is no patronymic. */
const none = /\s+(?:нету?|без отчества|отсутствует|[-\u2013\u2014]+)\.?\s*$/iu

/**
 * Splits a whole name that was written into one field. Three words are certain with a patronymic in its place, two words
 * with an ending of surnames before a known given name, and only if no word could be another part. What is not certain is
 * only a proposal: every word is in some part, and a person has to confirm it.
 */
export function splitName(text: string): SplitName {
  const name = normalizeName(text.replace(none, '').replace(/,/g, ' '))
  const words = nameWords(name)
  const isName = namePattern.test(name) && words.every((word) => word.length > 1 && word.length <= 100)
  const hasNone = none.test(text) && !words.some((word) => patronymic.test(word))
  const isCertain = (isName || isShortSurname(name, words)) && hasProof(words, none.test(text))
  const noMiddleName = hasNone || (isCertain && words.length === 2)
  return { ...propose(words, hasNone), noMiddleName, isCertain }
}

/** A surname of one letter, as in `Ю Елена Викторовна`, is no initial where the other words prove what it is. */
function isShortSurname(name: string, [first = '', ...others]: readonly string[]): boolean {
  return namePattern.test(name) && /^[аеёиоуэюя]$/i.test(first) && others.every((word) => word.length > 1)
}

/** Whether the words prove which parts they are. */
function hasProof(words: readonly string[], hasNone: boolean): boolean {
  const [first = '', second = '', third = ''] = words
  if (words.length === 2) return isSurname(first) && !patronymic.test(first) && isGivenName(second)
  if (words.length !== 3 || hasNone) return false
  if (patronymic.test(second))
    return !isGivenName(third) && !patronymic.test(first) && isNameBefore(first, third)
  if (!patronymic.test(third) || isGivenName(first) || isSurname(second)) return false
  return isSurname(first) || isGivenName(second)
}

/** Whether the first of two words is the name, and the other one the surname. */
function isNameBefore(first: string, last: string): boolean {
  return isGivenName(first) || (isSurname(last) && !isSurname(first))
}

/** Puts every word into some part, in the order that is the most likely one. */
function propose(words: readonly string[], hasNone: boolean): WholeName {
  const [first = '', second = '', third = ''] = words
  if (words.length === 2) {
    if (patronymic.test(second)) return { lastName: '', firstName: first, middleName: second }
    const isReversed =
      (isGivenName(first) && !isGivenName(second)) || (isSurname(second) && !isSurname(first))
    return isReversed ? partsOf(second, first) : partsOf(first, second)
  }
  if (words.length === 3 && !hasNone) {
    if (patronymic.test(second))
      return isGivenName(third) && !isGivenName(first)
        ? partsOf(first, third, second)
        : partsOf(third, first, second)
    if (patronymic.test(third))
      return isGivenName(first) && !isGivenName(second)
        ? partsOf(second, first, third)
        : partsOf(first, second, third)
    if (isSurname(third) && !isSurname(first))
      return isSurname(second) ? partsOf(`${second} ${third}`, first) : partsOf(third, first, second)
    if (isSurname(second) && isGivenName(third)) return partsOf(`${first} ${second}`, third)
  }
  // A surname of several words before a name and a patronymic, or before a name alone.
  const hasPatronymic = words.length > 3 && patronymic.test(words.at(-1) ?? '')
  const last = hasNone && words.length > 2 ? words.length - 1 : hasPatronymic ? words.length - 2 : 1
  return partsOf(words.slice(0, last).join(' '), words[last] ?? '', words.slice(last + 1).join(' '))
}

const partsOf = (lastName: string, firstName: string, middleName = ''): WholeName => ({
  lastName,
  firstName,
  middleName,
})
