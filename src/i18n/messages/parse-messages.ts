import { findClosestName } from '../../fields/text/edit-distance.ts'
import type { AllTexts } from '../texts.ts'
import { type FormatText, parseTemplate, placeholdersAt } from './template.ts'

/** Texts with some replaced; what was given and not understood; and the paths of all that was not given. */
export interface ResolvedTexts {
  readonly texts: AllTexts
  readonly problems: readonly string[]
  readonly missing: readonly string[]
}

type Tree = Readonly<Record<string, unknown>>

/**
 * Replaces texts of `base` by those in `messages`, which may come from anywhere: the same names, with templates where
 * values are put in (`readTemplate`), or functions. What is wrong is left out, and told with its path, what was expected
 * and the closest known name. `locale` says which plural forms there are.
 */
export function resolveTexts(base: AllTexts, messages: unknown, locale = 'ru'): ResolvedTexts {
  const problems: string[] = []
  const missing: string[] = []
  const rules = pluralRules(locale) ?? new Intl.PluralRules('ru')
  if (!pluralRules(locale)) problems.push('locale: expected the code of a language, such as "kk"')

  function resolve(own: unknown, given: unknown, path: string): unknown {
    if (isTree(own)) return resolveTree(own, given, path)
    if (given === undefined) {
      missing.push(path)
      return own
    }
    const written = typeof own === 'function'
    if (written && typeof given === 'function') return withFallback(given as FormatText, own as FormatText)
    const names = written ? placeholdersAt(path) : []
    const { write, problem } = parseTemplate(given, names, rules)
    if (problem !== undefined) problems.push(`${path}: ${problem}`)
    if (!write) return own
    return written ? write : write()
  }

  function resolveTree(own: Tree, given: unknown, path: string): Tree {
    const known = Object.keys(own)
    if (given !== undefined && !isTree(given)) {
      problems.push(`${path || 'messages'}: expected an object with ${known.join(', ')}`)
    }
    const tree = isTree(given) ? given : {}
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
    const resolved = known.map((name) => [name, resolve(own[name], ownProperty(tree, name), at(name))])
    for (const [name, text] of Object.entries(tree)) {
      if (known.includes(name) || text === undefined) continue
      // A field may get a hint that it has not, and a definition has words of its own.
      const addable = /^(?:definition\.|(?:fields|address)\.\w+\.(?:hint|placeholder)$)/.test(at(name))
      if (addable && typeof text === 'string') resolved.push([name, text])
      else problems.push(`${at(name)}: ${addable ? 'expected a text' : unknownName(name, known)}`)
    }
    return Object.fromEntries(resolved)
  }

  const texts = resolve(base, messages ?? undefined, '') as AllTexts
  return { texts, problems, missing }
}

function isTree(candidate: unknown): candidate is Tree {
  return typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate)
}

function ownProperty(tree: Tree, name: string): unknown {
  return Object.hasOwn(tree, name) ? tree[name] : undefined
}

function unknownName(name: string, known: readonly string[]): string {
  const close = findClosestName(name, known)
  return `there is no such text${close ? `, did you mean "${close}"?` : `, only ${known.join(', ')}`}`
}

/** A text of the page's own that throws must not take the form with it. */
function withFallback(given: FormatText, own: FormatText): FormatText {
  return (...values) => {
    try {
      return String(given(...values))
    } catch {
      return own(...values)
    }
  }
}

function pluralRules(locale: string): Intl.PluralRules | undefined {
  try {
    return new Intl.PluralRules(locale)
  } catch {
    return undefined
  }
}
