/** A pattern for names that contain a text with one typing error. */
export type TypoPattern =
  /** The name begins with this text. */
  | { readonly start: string }
  /** The name equals this text. */
  | { readonly name: string }
  /** The name matches this LIKE pattern, which has three consecutive letters for a trigram index. */
  | { readonly pattern: string }

/** Shorter texts are one typing error away from too many names. */
const minTextLength = 4

/** Up to this length only whole names match: too many names begin with a similar text. */
const maxWholeNameLength = 5

/** The letters of folded names without spaces. */
const letters = Array.from('абвгдежзийклмнопрстуфхцчшщъыьэюя')

/** From this length on, the part that a typing error leaves intact is long enough for the trigram index. */
const longTextLength = 11

/**
 * Creates patterns for names that begin with a text apart from one typing error: an extra letter, a missing one, a wrong
 * one, or two swapped. The text before and after the error is intact.
 */
export function createTypoPatterns(text: string): readonly TypoPattern[] {
  if (text.length < minTextLength) return []
  return text.length < longTextLength ? createShortTextPatterns(text) : createLongTextPatterns(text)
}

/**
 * Every text that one typing error turns into this one. There are some hundreds, and each is one index lookup. Searching
 * for an intact part instead could match thousands of names.
 */
function createShortTextPatterns(text: string): readonly TypoPattern[] {
  const corrections = Array.from(text, (_, at) => {
    const [before, after] = [text.slice(0, at), text.slice(at + 1)]
    const replaced = letters.flatMap((letter) => [before + letter + after, before + letter + text.slice(at)])
    return [...replaced, before + after, swapLetters(text, at)]
  }).flat()
  const isWhole = text.length <= maxWholeNameLength
  const longer = isWhole ? letters.map((letter) => text + letter) : []
  return [...new Set([...corrections, ...longer])].map((start) => (isWhole ? { name: start } : { start }))
}

/** Every typing error is inside one of the windows. They overlap by a letter, so that no swap crosses a border. */
function createLongTextPatterns(text: string): readonly TypoPattern[] {
  const width = 5
  const last = text.length - width
  const windows = Array.from({ length: Math.ceil(last / (width - 1)) }, (_, index) => index * (width - 1))
  return [...windows, last].map((at) => ({
    pattern: `%${text.slice(0, at)}%${text.slice(at + width)}%`.replace(/%+/g, '%'),
  }))
}

function swapLetters(text: string, at: number): string {
  return `${text.slice(0, at)}${text.charAt(at + 1)}${text.charAt(at)}${text.slice(at + 2)}`
}
