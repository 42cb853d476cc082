import { RE2JS } from 're2js'
import type { PatternMatcher } from '../../providers/core/context.ts'
import { translatePythonPattern } from './python-to-re2.ts'

interface CompiledPattern {
  readonly engine: RE2JS
  readonly asciiOnly: boolean
}

/** A longer text is not the pattern of a field. */
const maxPatternLength = 10_000

/** The most compiled patterns that are cached; campaigns have a few dozen fields. */
const maxCachedPatterns = 500

/**
 * Creates a matcher for untrusted regular expressions of Python. Like Python's `re.search`, it searches anywhere in the
 * text, but in linear time (RE2), whatever the pattern. For a pattern that is invalid or that RE2 does not support, the
 * result is `undefined`.
 */
export function createPatternMatcher(): PatternMatcher {
  const compiled = new Map<string, CompiledPattern | undefined>()

  function find(pattern: string): CompiledPattern | undefined {
    if (compiled.has(pattern)) return compiled.get(pattern)
    if (compiled.size >= maxCachedPatterns) compiled.clear()
    const result = compile(pattern)
    compiled.set(pattern, result)
    return result
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
