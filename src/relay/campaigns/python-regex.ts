import { RE2JS } from 're2js'
import type { PatternMatcher } from '../../providers/core/context.ts'
import { translatePythonPattern } from './python-to-re2.ts'

interface CompiledPattern {
  readonly engine: RE2JS
  readonly asciiOnly: boolean
}

/** Longer ones are no pattern of a field. */
const maxPatternLength = 10_000

/** So many compiled patterns are kept; campaigns have a few dozen fields. */
const maxCachedPatterns = 500

/**
 * Creates a matcher of Python's regular expressions that are nobody's to trust. It searches, as Python's `re.search`,
 * in time linear in the text (RE2), whatever the pattern; a pattern that is broken, or that RE2 has no means for, tells
 * nothing.
 */
export function createPatternMatcher(): PatternMatcher {
  const compiled = new Map<string, CompiledPattern | undefined>()

  function find(pattern: string): CompiledPattern | undefined {
    if (compiled.has(pattern)) return compiled.get(pattern)
    if (compiled.size >= maxCachedPatterns) compiled.clear()
    const made = compile(pattern)
    compiled.set(pattern, made)
    return made
  }

  return (pattern, text) => {
    const found = find(pattern)
    if (!found || (found.asciiOnly && !/^[\0-\x7f]*$/.test(text))) return undefined
    try {
      return found.engine.test(text)
    } catch {
      return undefined
    }
  }
}

function compile(pattern: string): CompiledPattern | undefined {
  const translated = pattern.length > maxPatternLength ? undefined : translatePythonPattern(pattern)
  if (!translated) return undefined
  try {
    return { engine: RE2JS.compile(translated.source), asciiOnly: translated.asciiOnly }
  } catch {
    return undefined
  }
}
