import { checkValue, type FieldKind } from './field-kind.ts'
import type { FieldValue } from './fields.ts'
import { email } from './kinds/email.ts'
import { givenName, patronymic, personName, surname } from './kinds/person-name.ts'
import { editDistance } from './text/edit-distance.ts'
import { toRussianLayout } from './text/latin-letters.ts'
import { isWordForNone, namePattern, normalizeName, splitWholeName } from './text/name-text.ts'

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
 * The name that the same keys give in the Russian layout: `Bdfyjd` is `Иванов`. Nothing for a word such as `Ivanov`, which
 * was meant in Latin letters: its keys give fewer vowels than it has.
 */
function suggestRussianName(text: string): string | undefined {
  if (text.length > 100 || /[А-Яа-яЁё]/.test(text) || !/[A-Za-z]/.test(text)) return undefined
  const name = normalizeName(toRussianLayout(text))
  if (!namePattern.test(name) || isWordForNone(name) || splitWholeName(name)) return undefined
  const vowels = (word: string): number => word.match(/[aeiouаеёиоуыэюя]/gi)?.length ?? 0
  return vowels(name) > vowels(text) ? name : undefined
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
