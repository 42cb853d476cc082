import { check, maxLength, pipe, regex, string } from 'valibot'
import type { IssueCode } from '../../lead/issue.ts'
import type { FieldKind } from '../field-kind.ts'
import {
  isWordForNone,
  namePattern,
  normalizeName,
  saysNoPatronymic,
  splitWholeName,
} from '../text/name-text.ts'

/**
 * A name: Cyrillic letters, parts joined by a hyphen, a space or an apostrophe, 1–100 characters. Capitals are not
 * required (`фон Дервиз`), and a surname may be one letter (`Ю`). `none` is the issue of a word for "none", which
 * `isNone` finds, and `isOther` finds a name of more parts than the field asks.
 */
function nameKind(
  none?: IssueCode,
  isOther: (name: string) => boolean = () => false,
  isNone = isWordForNone,
): FieldKind<string> {
  return {
    control: 'text',
    maxLength: 100,
    attributes: { autoCapitalize: 'words', spellCheck: false },
    schema: pipe(
      string('required'),
      maxLength(100, 'text-length'),
      check((name) => none === undefined || !isNone(name), none ?? 'required'),
      check((name) => !isOther(name), 'name-whole'),
      check((name) => !/[A-Za-z]/.test(name), 'name-cyrillic'),
      regex(namePattern, 'name-letters'),
      // The label instead of a name.
      regex(/^(?!(?:фамилия|имя|отчество|фио)$)/i, 'required'),
    ),
    normalize: normalizeName,
    format: (name) => name,
  }
}

const isWhole = (name: string): boolean => splitWholeName(name) !== undefined
const endsInPatronymic = (name: string): boolean => isWhole(name) || / \S*[ео](?:вич|вна)$/i.test(name)

/** The name of a person, whole or in part. */
export const personName = nameKind()

/** A surname. */
export const surname = nameKind('required', isWhole)

/** A given name, without the patronymic. */
export const givenName = nameKind('required', endsInPatronymic)

/** A patronymic. The form has a box for people who have none. */
export const patronymic = nameKind('name-none', endsInPatronymic, saysNoPatronymic)
