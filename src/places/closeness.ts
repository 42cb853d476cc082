/** Folded words run together, so that spaces cannot be wrong, and where each of them begins. */
export interface Name {
  readonly text: string
  readonly starts: readonly number[]
}

/** Takes folded words apart. */
export function nameOf(words: string): Name {
  const starts = [0]
  let text = ''
  for (const word of words.split(' ')) {
    if (text !== '') starts.push(text.length)
    text += word
  }
  return { text, starts }
}

/** How many kinds of closeness there are: see {@link closenessOf}. */
export const farAway = 6

/**
 * How well a name answers a query: 0 equal, 1 begins with it, 2 a word begins with it or its words begin words of the
 * name in their order; with one slip (a letter too many, too few, another, or two swapped): 3 equal, 4 begins with it,
 * 5 a later word does; {@link farAway} if it does not.
 */
export function closenessOf(query: Name, name: Name): number {
  let best = farAway
  for (const start of name.starts) {
    const found = closenessAt(query.text, name.text, start)
    if (found < best) best = found
  }
  return best > 2 && query.starts.length > 1 && name.starts.length > 1 && wordsBegin(query, name) ? 2 : best
}

function closenessAt(query: string, name: string, start: number): number {
  const { length } = query
  let same = 0
  while (same < length && query.charCodeAt(same) === name.charCodeAt(start + same)) same += 1
  if (same === length) return start > 0 ? 2 : name.length > length ? 1 : 0
  if (length < 3) return farAway
  const at = start + same
  // Whatever the slip is, it can be taken to stand where the texts begin to differ.
  const ends = [
    endOf(query, same + 1, name, at + 1),
    endOf(query, same + 1, name, at),
    endOf(query, same, name, at + 1),
    query[same] === name[at + 1] && query[same + 1] === name[at] ? endOf(query, same + 2, name, at + 2) : -1,
  ]
  if (start === 0 && ends.includes(name.length)) return 3
  // A beginning is short, and a slip in its first letter leaves too little to tell.
  if (length < (same === 0 ? 6 : 4) || Math.max(...ends) < 0) return farAway
  return start === 0 ? 4 : 5
}

/** Where a name goes on after the rest of a query; -1 if it has something else. */
function endOf(query: string, from: number, name: string, at: number): number {
  let place = at
  for (let index = from; index < query.length; index += 1, place += 1) {
    if (query.charCodeAt(index) !== name.charCodeAt(place)) return -1
  }
  return place
}

function wordsBegin(query: Name, name: Name): boolean {
  let word = 0
  for (const start of name.starts) {
    if (word === query.starts.length) break
    if (name.text.startsWith(query.text.slice(query.starts[word], query.starts[word + 1]), start)) word += 1
  }
  return word === query.starts.length
}
