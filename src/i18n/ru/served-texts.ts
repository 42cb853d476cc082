import { composites, isCompositeName } from '../../fields/composites.ts'
import type { Receiver } from '../../lead/receiver.ts'
import type { ServedTexts } from '../texts.ts'
import { commonRu } from './common.ts'
import { resultsRu } from './results.ts'
import { ru } from './ru.ts'

/**
 * Selects the Russian texts that a form needs beyond the usual ones, which the widget has; `asked` are the names of the
 * form's fields and composites. Returns nothing for a form that needs no others.
 */
export function selectServedTexts(
  asked: readonly string[],
  receiver: Receiver = 'lender',
): ServedTexts | undefined {
  const results = receiver === 'lender' ? undefined : resultsRu[receiver]
  const names = new Set(
    asked.flatMap((name) =>
      isCompositeName(name) ? [name, ...composites[name].map((part) => part.name)] : name,
    ),
  )
  const usual = { ...commonRu.fields, ...commonRu.composites }
  if (asked.every((name) => Object.hasOwn(usual, name))) return results && { results }
  const isAsked = (name: string): boolean => names.has(name)
  return {
    ...(results ? { results } : {}),
    fields: added(ru.fields, commonRu.fields, isAsked),
    composites: added(ru.composites, commonRu.composites, isAsked),
    options: added(ru.options, commonRu.options, isAsked),
    address: added(ru.address, commonRu.address),
    issues: added(ru.issues, commonRu.issues),
  }
}

/** What one group of texts has beyond another. */
function added<Text>(
  all: Readonly<Record<string, Text>>,
  usual: object,
  isAsked: (name: string) => boolean = () => true,
): Readonly<Record<string, Text>> {
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => !Object.hasOwn(usual, name) && isAsked(name)),
  )
}
