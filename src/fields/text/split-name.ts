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

/** Endings of surnames. Some given names have them, too: see {@link givenNames}. */
const surname = /(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ой|ая)|енко|чук|швили|дзе|[иы]х)$/iu

/** The most frequent given names, and those that end like surnames. */
const givenNames = new RegExp(
  `^(?:${[
    'александра?|алекс(?:ей|андр)|алина|алевтина|анастасия|ангелина|андрей|анна|антон(?:ина)?|арина|арт[её]м|борис|вадим',
    'валентина?|василий|вера|виктор|виталий|владимир|галина|дарья|денис|дмитрий|ева|евгени[йя]|екатерина|елена|иван|игорь',
    'илья|ирина|карина|константин|кристина|ксения|лев|людмила|максим|марат|марина|мария|мартин|михаил|надежда|наталья',
    'никита|николай|нина|оксана|олег|ольга|павел|п[её]тр|полина|регина|роман|руслан|светлана|сергей|софья|степан|татьяна',
    'тимур|юлия|юрий|яков',
  ].join('|')})$`,
  'iu',
)

const isSurname = (word: string): boolean => surname.test(word) && !givenNames.test(word)

/** A word after a name that says that there is no patronymic. */
const none = /\s+(?:нету?|без отчества|отсутствует|[-\u2013\u2014]+)\.?\s*$/iu

/**
 * Splits a whole name that was written into one field. A patronymic tells its parts apart, in the order surname, name,
 * patronymic or with the surname last; two words are a surname and a name without a patronymic. What is not certain is only
 * a proposal: every word is in some part, and a person has to confirm it.
 */
export function splitName(text: string): SplitName {
  const name = normalizeName(text.replace(none, '').replace(/,/g, ' '))
  const words = nameWords(name)
  const [first = '', second = '', third = ''] = words
  const isName = namePattern.test(name) && words.every((word) => word.length <= 100)
  const noMiddleName = none.test(text)
  if (words.length === 2) return splitPair(first, second, isName, noMiddleName)
  if (isName && words.length === 3 && !noMiddleName) {
    const isLast = !patronymic.test(first) && !isSurname(first)
    if (patronymic.test(second) && isLast)
      return { lastName: third, firstName: first, middleName: second, noMiddleName, isCertain: true }
    if (patronymic.test(third) && !patronymic.test(second) && !isSurname(second))
      return { lastName: first, firstName: second, middleName: third, noMiddleName, isCertain: true }
  }
  return { ...propose(words), noMiddleName, isCertain: false }
}

/** Two words. No patronymic tells which of them is the surname. */
function splitPair(first: string, second: string, isName: boolean, hasNone: boolean): SplitName {
  const proposed = { noMiddleName: hasNone, isCertain: false }
  if (patronymic.test(second)) return { lastName: '', firstName: first, middleName: second, ...proposed }
  const isReversed =
    (givenNames.test(first) && !givenNames.test(second)) || (isSurname(second) && !isSurname(first))
  if (isReversed) return { lastName: second, firstName: first, middleName: '', ...proposed }
  const isCertain =
    isName && second.length > 1 && !givenNames.test(first) && !isSurname(second) && !patronymic.test(first)
  return { lastName: first, firstName: second, middleName: '', noMiddleName: isCertain || hasNone, isCertain }
}

/** Puts every word into some part: a surname of several words before a name and a patronymic, or in the usual order. */
function propose(words: readonly string[]): WholeName {
  const [first = '', second = '', third = ''] = words
  if (words.length === 3 && patronymic.test(second))
    return { lastName: first, firstName: third, middleName: second }
  const last = words.length > 3 && patronymic.test(words.at(-1) ?? '') ? words.length - 2 : 1
  return {
    lastName: words.slice(0, last).join(' '),
    firstName: words[last] ?? '',
    middleName: words.slice(last + 1).join(' '),
  }
}
