import { findClosestName } from '../../fields/text/edit-distance.ts'
import type { AllTexts } from '../texts.ts'
import { type FormatText, parseTemplate, placeholdersAt } from './template.ts'

/** The resulting texts, the problems of the messages, and the paths of the texts that they do not replace. */
export interface ResolvedTexts {
  readonly texts: AllTexts
  readonly problems: readonly string[]
  readonly missing: readonly string[]
}

type Tree = Readonly<Record<string, unknown>>

/**
 * Replaces texts of `base` by those of the same names in `messages`, which are unchecked. Texts with values are templates
 * ({@link parseTemplate}) or functions. An invalid message is ignored and reported with its path, what was expected and the
 * closest known name. `locale` decides which plural categories there are.
 */
export function resolveTexts(base: AllTexts, messages: unknown, locale = 'ru'): ResolvedTexts {
  const problems: string[] = []
  const missing: string[] = []
  const rules = pluralRules(locale) ?? new Intl.PluralRules('ru')
  if (!pluralRules(locale)) problems.push('locale: expected the code of a language, such as "kk"')

  function resolve(own: unknown, message: unknown, path: string): unknown {
    if (isTree(own)) return resolveTree(own, message, path)
    if (message === undefined) {
      missing.push(path)
      return own
    }
    const takesValues = typeof own === 'function'
    if (takesValues && typeof message === 'function') {
      return withFallback(message as FormatText, own as FormatText)
    }
    const names = takesValues ? placeholdersAt(path) : []
    const { write, problem } = parseTemplate(message, names, rules)
    if (problem !== undefined) problems.push(`${path}: ${problem}`)
    if (!write) return own
    return takesValues ? write : write()
  }

  function resolveTree(own: Tree, message: unknown, path: string): Tree {
    const known = Object.keys(own)
    if (message !== undefined && !isTree(message)) {
      problems.push(`${path || 'messages'}: expected an object with ${known.join(', ')}`)
    }
    const tree = isTree(message) ? message : {}
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
    const resolved = known.map((name) => [name, resolve(own[name], ownProperty(tree, name), at(name))])
    for (const [name, text] of Object.entries(tree)) {
      if (known.includes(name) || text === undefined) continue
      // Fields may get hints and placeholders that they lack. A definition's texts are not known here.
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

/** Falls back to the own text when the page's function throws, so that the form keeps working. */
function withFallback(message: FormatText, own: FormatText): FormatText {
  return (...values) => {
    try {
      return String(message(...values))
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
