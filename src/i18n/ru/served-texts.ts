import { composites, isCompositeName } from '../../fields/composites.ts'
import type { Receiver } from '../../lead/receiver.ts'
import type { ServedTexts } from '../texts.ts'
import { commonRu } from './common.ts'
import { resultsRu } from './results.ts'
import { ru } from './ru.ts'

/** The fields that have an issue, by the beginning of its code. The others may come from a receiver. */
const fieldsByCode: Readonly<Record<string, RegExp>> = {
  phone: /phone$/i,
  name: /name$/i,
  email: /^email/,
  date: /date$/i,
  amount: /^(?:amount|jobIncome)$/,
  term: /^termDays$/,
  passport: /^passport/,
  text: /^passportIssuedBy$/,
  snils: /^snils$/,
  inn: /^inn$/,
  months: /Months$/,
  kladr: /(?:region|city|street)$/i,
  postal: /Index$/,
  house: /(?:House|Housing|Apartment)$/,
}

/**
 * Selects the Russian texts that a form needs beyond those that the widget has; `asked` are the names of the form's fields
 * and composites.
 */
export function selectServedTexts(asked: readonly string[], receiver: Receiver = 'lender'): ServedTexts {
  const names = asked.flatMap((name) =>
    isCompositeName(name) ? [name, ...composites[name].map((part) => part.name)] : name,
  )
  const isAsked = (name: string): boolean => names.includes(name)
  const hasPart = (part: string): boolean => names.some((name) => name.endsWith(part))
  const mayOccur = (code: string): boolean => {
    const pattern = fieldsByCode[code.replace(/-.*/, '')]
    return !pattern || names.some((name) => pattern.test(name))
  }
  const { cancelled, unexpected, uncertain, busy, passportNote } = ru
  return {
    fields: added(ru.fields, commonRu.fields, isAsked),
    composites: added(ru.composites, commonRu.composites, isAsked),
    options: added(ru.options, commonRu.options, isAsked),
    address: added(ru.address, commonRu.address, hasPart),
    issues: added(ru.issues, commonRu.issues, mayOccur),
    results: resultsRu[receiver],
    cancelled,
    unexpected,
    uncertain,
    busy,
    ...(isAsked('passport') ? { passportNote } : {}),
  }
}

/** What one group of texts has beyond another, as far as a form needs it. */
function added<Text>(
  all: Readonly<Record<string, Text>>,
  usual: object,
  isNeeded: (name: string) => boolean,
): Readonly<Record<string, Text>> {
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => !Object.hasOwn(usual, name) && isNeeded(name)),
  )
}
