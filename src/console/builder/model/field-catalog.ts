import { composites, isCompositeName } from '../../../fields/composites.ts'
import { type FieldName, fieldOf, fields, isFieldName } from '../../../fields/fields.ts'
import { en } from '../../../i18n/en/en.ts'
import { ru } from '../../../i18n/ru/ru.ts'
import { fieldText, optionText } from '../../../i18n/find-text.ts'
import { addressParts } from '../../../lead/values.ts'
import type { ConsoleLanguage } from '../../access/preferences.ts'

/** Groups of fields, as people look for them. */
export const fieldGroups = [
  'contact',
  'person',
  'loan',
  'passport',
  'address',
  'work',
  'guarantor',
  'other',
] as const

/** One of {@link fieldGroups}. */
export type FieldGroupName = (typeof fieldGroups)[number]

const patterns: readonly (readonly [FieldGroupName, RegExp])[] = [
  ['guarantor', /^guarantor/],
  ['passport', /^passport/],
  ['work', /^(?:job|employment)/],
  ['address', /^(?:registration|residence|issuePlace)/],
  ['contact', /^(?:phone|homePhone|email|emailSecond|callTime)$/],
  ['person', /Name$|^(?:gender|birth|maritalStatus|snils|inn)/],
  ['loan', /^(?:amount|termDays|purpose|productType|creditHistory|deposit|comment)$/],
]

/** The group of a field. */
export function groupOfField(name: string): FieldGroupName {
  return patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other'
}

/** The fields that a form can ask, without parts of addresses, which belong to their composite. */
export const askableFields: readonly string[] = [
  ...Object.keys(fields).filter((name) => isFieldName(name) && isAsked(name)),
  ...Object.keys(composites),
]

function isAsked(name: FieldName): boolean {
  const part = name.replace(/^(?:registration|residence|job)(?=[A-Z])/, '').toLowerCase()
  const isPart = addressParts.some((known) => known.toLowerCase() === part)
  return fieldOf(name).kind.control !== 'hidden' && !isPart
}

/** The label that a field has unless its form says otherwise. */
export function describeField(name: string, language: ConsoleLanguage): string {
  const texts = language === 'ru' ? ru : en
  return isCompositeName(name) ? texts.composites[name] : fieldText(name, texts).label
}

/** The label that an option has unless its form says otherwise. */
export function describeOption(name: string, value: string | number, language: ConsoleLanguage): string {
  return isFieldName(name) ? optionText(name, value, language === 'ru' ? ru : en) : String(value)
}
