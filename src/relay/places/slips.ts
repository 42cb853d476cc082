/** One way to look for names that have a text with one slip in it. */
export type SlipSearch =
  /** They begin so, and fit one of the LIKE patterns. */
  | { readonly start: string; readonly filter: readonly string[] }
  /** They fit this LIKE pattern, which holds three letters in a row for a trigram index, and one of the others. */
  | { readonly pattern: string; readonly filter: readonly string[] }

/** Texts shorter than this have too many neighbours. */
const shortest = 4

/** Up to this length only whole names are looked for: too many begin like that, but for a letter. */
const wholeNames = 5

/** From this length on every part of the text that a slip leaves whole is long enough to be looked for by itself. */
const long = 11

/**
 * How to look for names that begin with a text but for one slip: a letter too many, too few, another, or two swapped. A
 * slip stands in one place, so the text before or behind it is whole.
 */
export function slipsOf(text: string): readonly SlipSearch[] {
  if (text.length < shortest) return []
  return text.length < long ? slipsOfShort(text) : slipsOfLong(text)
}

/** Either half is whole, or the slip is the swap in the middle. */
function slipsOfShort(text: string): readonly SlipSearch[] {
  const half = text.length >> 1
  const tail = text.slice(half)
  const end = text.length > wholeNames ? '%' : ''
  const slips = Array.from(text, (_, at) => [
    `${text.slice(0, at)}_${text.slice(at + 1)}${end}`,
    `${text.slice(0, at)}_${text.slice(at)}${end}`,
    `${text.slice(0, at)}${text.slice(at + 1)}${end}`,
    ...(at + 1 < text.length ? [`${swapped(text, at)}${end}`] : []),
  ])
  return [
    { start: text.slice(0, half), filter: [...slips.slice(half).flat(), `${text}_`] },
    { start: swapped(text, half - 1), filter: [`${swapped(text, half - 1)}${end}`] },
    ...(tail.length < 3 ? [] : [{ pattern: `%${tail}%`, filter: slips.slice(0, half).flat() }]),
  ]
}

/** Every slip lies within one of these windows: a swap at the end of one within the next, which overlaps it. */
function slipsOfLong(text: string): readonly SlipSearch[] {
  const width = 5
  const last = text.length - width
  const windows = Array.from({ length: Math.ceil(last / (width - 1)) }, (_, index) => index * (width - 1))
  return [...windows, last].map((at) => ({
    pattern: `%${text.slice(0, at)}%${text.slice(at + width)}%`.replace(/%+/g, '%'),
    filter: [],
  }))
}

function swapped(text: string, at: number): string {
  return `${text.slice(0, at)}${text.charAt(at + 1)}${text.charAt(at)}${text.slice(at + 2)}`
}
