/** One way to look for names that have a text with one slip in it. */
export type TypoPattern =
  /** They begin so. */
  | { readonly start: string }
  /** They are just this. */
  | { readonly name: string }
  /** They fit this LIKE pattern, which holds three letters in a row for a trigram index. */
  | { readonly pattern: string }

/** Texts shorter than this have too many neighbours. */
const minTextLength = 4

/** Up to this length only whole names are looked for: too many begin like that, but for a letter. */
const maxWholeNameLength = 5

/** What may be missing: names are folded, and have neither ё nor anything between their words. */
const letters = Array.from('абвгдежзийклмнопрстуфхцчшщъыьэюя')

/** From this length on every part of the text that a slip leaves whole is long enough to be looked for by itself. */
const longTextLength = 11

/**
 * How to look for names that begin with a text but for one slip: a letter too many, too few, another, or two swapped. A
 * slip stands in one place, so the text before or behind it is whole.
 */
export function createTypoPatterns(text: string): readonly TypoPattern[] {
  if (text.length < minTextLength) return []
  return text.length < longTextLength ? createShortTextPatterns(text) : createLongTextPatterns(text)
}

/**
 * Every text from which one slip leads to this one. There are some hundreds, and each is found in an index at once; what
 * they have in common, a half or the first letters, thousands of names may have, too.
 */
function createShortTextPatterns(text: string): readonly TypoPattern[] {
  const found = Array.from(text, (_, at) => {
    const [before, after] = [text.slice(0, at), text.slice(at + 1)]
    const replaced = letters.flatMap((letter) => [before + letter + after, before + letter + text.slice(at)])
    return [...replaced, before + after, swapLetters(text, at)]
  }).flat()
  const isWhole = text.length <= maxWholeNameLength
  const behind = isWhole ? letters.map((letter) => text + letter) : []
  return [...new Set([...found, ...behind])].map((start) => (isWhole ? { name: start } : { start }))
}

/** Every slip lies within one of these windows: a swap at the end of one within the next, which overlaps it. */
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
