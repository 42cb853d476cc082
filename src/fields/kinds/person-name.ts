import { check, maxLength, pipe, regex, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { toRussianLayout } from '../text/keyboard-layout.ts'
import { normalizeWords } from '../text/plain-text.ts'

/** Cyrillic words joined by single hyphens, spaces or apostrophes. */
const namePattern = /^[А-Яа-яЁё]+(?:[- '][А-Яа-яЁё]+)*$/

// Latin letters, and the Cyrillic letters that look the same, in the same order.
const lookAlikes = 'AaBCcEeHKkMOoPpTXxyË\u00eb'
const cyrillic = 'АаВСсЕеНКкМОоРрТХхуЁё'

/**
 * A surname, given name or patronymic: Cyrillic letters, parts joined by a hyphen, a space or an apostrophe,
 * 1–100 characters. Capitals are not required (`фон Дервиз`), and a surname may be one letter (`Ю`).
 */
export const personName: FieldKind<string> = {
  control: 'text',
  attributes: { autoCapitalize: 'words', spellCheck: false },
  schema: pipe(
    string('required'),
    check((name) => !/[A-Za-z]/.test(name), 'name-cyrillic'),
    maxLength(100, 'text-length'),
    regex(namePattern, 'name-letters'),
  ),
  normalize(text) {
    const joined = normalizeWords(text)
      .replace(/[\u2018\u2019\u02bc`]/g, "'")
      .replace(/ ?([-']) ?/g, '$1')
    return fixCase(
      joined
        .split(/([- '])/)
        .map(fixLookAlikes)
        .join(''),
    )
  },
  suggest: suggestRussianName,
  format: (name) => name,
}

/** Replaces the Latin letters of a partly Cyrillic word, if every one of them looks like a Cyrillic letter. */
function fixLookAlikes(word: string): string {
  if (!/[А-Яа-яЁё]/.test(word) || !/[A-Za-z]/.test(word)) return word
  const fixed = word.replace(
    /[A-Za-z\u00cb\u00eb]/g,
    (letter) => cyrillic[lookAlikes.indexOf(letter)] ?? letter,
  )
  return /[A-Za-z]/.test(fixed) ? word : fixed
}

/** Capitalises the words of a name in all lower or all upper case. `оглы` and `кызы` are always lower. */
function fixCase(name: string): string {
  const uniform = name === name.toLowerCase() || (name === name.toUpperCase() && name.length > 1)
  const cased = uniform
    ? name.toLowerCase().replace(/(^|[- '])(\p{L})/gu, (_, gap, first) => gap + first.toUpperCase())
    : name
  return cased.replace(/[- ](?:оглы|кызы)$/iu, (word) => word.toLowerCase())
}

/**
 * The name that the same keys give in the Russian layout: `Bdfyjd` is `Иванов`. Nothing for a word such as `Ivanov`, which
 * was meant in Latin letters: its keys give fewer vowels than it has.
 */
function suggestRussianName(text: string): string | undefined {
  if (/[А-Яа-яЁё]/.test(text) || !/[A-Za-z]/.test(text)) return undefined
  const name = personName.normalize(toRussianLayout(text))
  if (typeof name !== 'string' || !namePattern.test(name)) return undefined
  const vowels = (word: string): number => word.match(/[aeiouаеёиоуыэюя]/gi)?.length ?? 0
  return vowels(name) > vowels(text) ? name : undefined
}
