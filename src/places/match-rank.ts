/** How many kinds of closeness there are: see {@link matchRankAt}. */
export const noMatch = 6

/**
 * How well the letters from a word on answer a query; every name stands between zeros. 0: the name is the query,
 * 1: begins with it, 2: a later word does; with one slip (a letter too many, too few, another, or two swapped) 3: is it,
 * 4: begins with it, 5: a later word does. {@link noMatch} if nothing holds.
 */
export function matchRankAt(query: Uint16Array, letters: Uint16Array, start: number): number {
  const { length } = query
  const first = letters[start - 1] === 0
  let same = 0
  while (same < length && query[same] === letters[start + same]) same += 1
  const at = start + same
  const isOver = letters[at] === 0
  if (same === length) return first ? Number(!isOver) : 2
  // What a slip in the first letter, or in another word, leaves of a beginning is too little to tell.
  const mayGoOn = length > (first && same > 0 ? 3 : 5)
  if (length < 3 || !(first || mayGoOn)) return noMatch
  // Whatever the slip is, it can be taken to stand where the texts begin to differ.
  const tooMany = matchEnd(query, same + 1, letters, at)
  const tooFew = isOver ? -1 : matchEnd(query, same, letters, at + 1)
  const other = isOver ? -1 : matchEnd(query, same + 1, letters, at + 1)
  const swapped =
    query[same] === letters[at + 1] && query[same + 1] === letters[at]
      ? matchEnd(query, same + 2, letters, at + 2)
      : -1
  if (tooMany + tooFew + other + swapped === -4) return noMatch
  const isWhole =
    letters[tooMany] === 0 || letters[tooFew] === 0 || letters[other] === 0 || letters[swapped] === 0
  // Short names that differ in their first letters are others, not slips.
  if (first && isWhole && (same > 0 || letters.indexOf(0, start) > start + 3)) return 3
  if (!mayGoOn) return noMatch
  return first ? 4 : 5
}

/** Where the letters go on after the rest of a query; -1 if they are others. */
function matchEnd(query: Uint16Array, from: number, letters: Uint16Array, at: number): number {
  let place = at
  for (let index = from; index < query.length; index += 1, place += 1) {
    if (query[index] !== letters[place]) return -1
  }
  return place
}
