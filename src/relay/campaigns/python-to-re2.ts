/** A regular expression of Python in RE2's syntax. */
export interface TranslatedPattern {
  readonly source: string
  /** Set where RE2 matches ASCII only and Python matches all scripts: the result holds for ASCII texts only. */
  readonly asciiOnly: boolean
}

const unicodeClasses = { d: '\\p{Nd}', w: '_\\p{L}\\p{N}', s: '\\s\\x0b\\x{85}\\p{Z}' } as const

/**
 * Translates a pattern of Python's `re`, where letters and digits are those of all scripts, to RE2's syntax. Returns
 * `undefined` for what RE2 does not support: lookaround, backreferences, verbose patterns. The result may still fail to
 * compile.
 */
export function translatePythonPattern(pattern: string): TranslatedPattern | undefined {
  let source = ''
  let asciiOnly = false
  let isAscii = false
  let at = 0

  /** Translates an escape sequence, inside a class or outside, and moves `at` past it. */
  function escape(inClass: boolean): string | undefined {
    const letter = Array.from(pattern.slice(at + 1, at + 3))[0]
    if (letter === undefined) return undefined
    at += 1 + letter.length
    switch (letter) {
      case 'd':
      case 'w':
      case 's':
        if (isAscii) return `\\${letter}`
        return inClass ? unicodeClasses[letter] : `[${unicodeClasses[letter]}]`
      case 'D':
      case 'W':
      case 'S': {
        if (isAscii) return `\\${letter}`
        if (!inClass) return `[^${unicodeClasses[letter === 'D' ? 'd' : letter === 'W' ? 'w' : 's']}]`
        asciiOnly = true
        return `\\${letter}`
      }
      case 'b':
      case 'B':
        if (inClass) return letter === 'b' ? '\\x08' : undefined
        asciiOnly ||= !isAscii
        return `\\${letter}`
      case 'A':
        return inClass ? undefined : '\\A'
      case 'Z':
        return inClass ? undefined : '\\z'
      case 'x':
        return codePoint(2)
      case 'u':
        return codePoint(4)
      case 'U':
        return codePoint(8)
      default:
        if (/[afnrtv]/.test(letter)) return `\\${letter}`
        if (/[A-Za-z0-9]/.test(letter)) return undefined
        // RE2 accepts a backslash before punctuation only.
        return letter <= '\u007f' ? `\\${letter}` : letter
    }
  }

  function codePoint(digits: number): string | undefined {
    const hex = pattern.slice(at, at + digits)
    if (hex.length < digits || !/^[\da-f]+$/i.test(hex)) return undefined
    at += digits
    return `\\x{${hex}}`
  }

  function characterClass(): string | undefined {
    const [opening = '['] = /^\[\^?\]?/.exec(pattern.slice(at)) ?? []
    let translated = opening.replace(']', '\\]')
    at += opening.length
    while (at < pattern.length) {
      const next = pattern.charAt(at)
      if (next === '\\') {
        const escaped = escape(true)
        if (escaped === undefined) return undefined
        translated += escaped
      } else {
        at += 1
        if (next === ']') return `${translated}]`
        // RE2 would read "[:" as the start of a named class.
        translated += next === '[' ? '\\[' : next
      }
    }
    return undefined
  }

  function group(): string | undefined {
    const rest = pattern.slice(at)
    const [comment] = /^\(\?#[^)]*\)/.exec(rest) ?? []
    if (comment !== undefined) {
      at += comment.length
      return ''
    }
    const [flags, on = '', off = '', end = ''] = /^\(\?([aiLmsux]*)(-[imsx]+)?([:)])/.exec(rest) ?? []
    if (flags !== undefined) {
      if (/[xL]/.test(on)) return undefined
      at += flags.length
      isAscii ||= on.includes('a')
      const kept = on.replace(/[au]/g, '') + off.replace('x', '')
      return kept === '' || kept === '-' ? (end === ':' ? '(?:' : '') : `(?${kept}${end}`
    }
    const [opening] = /^\((?:\?P<\w+>|(?!\?))/.exec(rest) ?? []
    if (opening === undefined) return undefined
    at += opening.length
    return opening
  }

  function brace(): string {
    const [counts, from = '', rest = ''] = /^\{(\d*)(,\d*)?\}/.exec(pattern.slice(at)) ?? []
    const isRepeat = counts !== undefined && (from !== '' || rest.length > 1)
    at += isRepeat ? counts.length : 1
    return isRepeat ? `{${from === '' ? '0' : from}${rest}}` : '\\{'
  }

  while (at < pattern.length) {
    const next = pattern.charAt(at)
    const part =
      next === '\\'
        ? escape(false)
        : next === '['
          ? characterClass()
          : next === '('
            ? group()
            : next === '{'
              ? brace()
              : next
    if (part === undefined) return undefined
    if (!'\\[({'.includes(next)) at += 1
    source += part
  }
  return { source, asciiOnly }
}
