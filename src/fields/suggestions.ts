import { checkValue, type FieldKind } from './field-kind.ts'
import type { FieldValue } from './fields.ts'
import { email } from './kinds/email.ts'
import { givenName, patronymic, personName, surname } from './kinds/person-name.ts'
import { editDistance } from './text/edit-distance.ts'
import { isGivenName } from './text/given-names.ts'
import { readLookAlikes, toRussianLayout } from './text/latin-letters.ts'
import { isWordForNone, namePattern, normalizeName, splitWholeName } from './text/name-text.ts'
import { looksLikeName } from './text/split-name.ts'

/** Mail services that a mistyped domain probably means. */
const knownMailServices = [
  'gmail.com',
  'yandex.ru',
  'mail.ru',
  'rambler.ru',
  'inbox.ru',
  'icloud.com',
  'outlook.com',
  'hotmail.com',
]

/** The address with a known service's domain, if that is one edit away. */
function suggestEmail(text: string): string | undefined {
  const [, local, written = ''] = /^(.{1,64})@(.{1,20})$/.exec(text.trim()) ?? []
  const domain = written.toLowerCase()
  const meant =
    domain === 'gmail.ru'
      ? 'gmail.com'
      : knownMailServices.find((service) => editDistance(domain, service) === 1)
  const address = `${local}@${meant}`
  return meant === undefined || knownMailServices.includes(domain) || 'code' in checkValue(email, address)
    ? undefined
    : address
}

/**
 * The Russian name that was meant by Latin letters: by the look of capitals (`TEPEXOB` is `Терехов`), or by the same keys
 * of the Russian layout (`Bdfyjd` is `Иванов`). Nothing for a word such as `Ivanov`, whose keys give fewer vowels than it
 * has, and for a reading that does not look like a name.
 */
function suggestRussianName(text: string): string | undefined {
  if (text.length > 100 || /[А-Яа-яЁё]/.test(text) || !/[A-Za-z]/.test(text)) return undefined
  // A P is also written for П, which no Latin letter looks like.
  const looks = [text, text.replace(/^P/, 'П')].flatMap((written) => readLookAlikes(written) ?? [])
  const vowels = (word: string): number => word.match(/[aeiouаеёиоуыэюя]/gi)?.length ?? 0
  const keys = toRussianLayout(text)
  const readings = [...looks, ...(vowels(keys) > vowels(text) ? [keys] : [])]
    .map(normalizeName)
    .filter(isReadable)
  return readings.find((name) => isGivenName(name.replace(/(?:[ое]в|ин)а?$/, ''))) ?? readings[0]
}

/** Whether a guessed text looks like one part of a Russian name, or several surnames. */
function isReadable(name: string): boolean {
  return (
    namePattern.test(name) &&
    !isWordForNone(name) &&
    !splitWholeName(name) &&
    !/(?:^|[- '])[ъыь]|[ъыь]{2}/i.test(name) &&
    // An ending alone proves little of a short word.
    name.split(/[- ']/).every((word) => (word.length > 3 ? looksLikeName(word) : isGivenName(word)))
  )
}

/** Apart from the kinds, so that a form loads it after its first step. */
const suggestionOf = new Map<FieldKind<FieldValue>, (text: string) => string | undefined>([
  [email, suggestEmail],
  [personName, suggestRussianName],
  [surname, suggestRussianName],
  [givenName, suggestRussianName],
  [patronymic, suggestRussianName],
])

/** What a text of a field probably means. It is offered, never applied without the person's consent. */
export function suggestText(kind: FieldKind<FieldValue>, text: string): string | undefined {
  return suggestionOf.get(kind)?.(text)
}
