import { composites, isCompositeName } from '../../fields/composites.ts'
import type { ServedTexts } from '../texts.ts'
import { commonRu } from './common.ts'
import { ru } from './ru.ts'

/**
 * Selects the Russian texts that fields and composites need to be shown, beyond those that the widget has from the start.
 * It loads all the others while the person fills in the first step.
 */
export function selectServedTexts(asked: readonly string[], hasCalculator = false): ServedTexts {
  const names = asked.flatMap((name) =>
    isCompositeName(name) ? [name, ...composites[name].map((part) => part.name)] : name,
  )
  const isAsked = (name: string): boolean => names.includes(name)
  const hasPart = (part: string): boolean => names.some((name) => name.endsWith(part))
  return {
    fields: added(ru.fields, commonRu.fields, isAsked),
    composites: added(ru.composites, commonRu.composites, isAsked),
    options: added(ru.options, commonRu.options, isAsked),
    address: added(ru.address, commonRu.address, hasPart),
    ...(isAsked('passport') ? { passportNote: ru.passportNote } : {}),
    ...(hasCalculator ? { loanRisks: ru.loanRisks, loanConditions: ru.loanConditions } : {}),
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
