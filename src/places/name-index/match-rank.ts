/** The rank of a name that does not match: see {@link matchRankAt}. */
export const noMatch = 6

/**
 * Ranks the match between a query and the letters from the start of a word; zeros separate names. 0: the name equals the
 * query, 1: the name begins with it, 2: a later word begins with it; 3, 4, 5: the same with one typo (an extra, missing,
 * different or swapped letter). {@link noMatch} otherwise.
 */
export function matchRankAt(query: Uint16Array, letters: Uint16Array, start: number): number {
  const { length } = query
  const first = letters[start - 1] === 0
  let same = 0
  while (same < length && query[same] === letters[start + same]) same += 1
  const at = start + same
  const isNameEnd = letters[at] === 0
  if (same === length) return first ? Number(!isNameEnd) : 2
  // After a typo in the first letter, or in a later word, a short beginning matches too many names.
  const allowsPrefix = length > (first && same > 0 ? 3 : 5)
  if (length < 3 || !(first || allowsPrefix)) return noMatch
  // Any typo can be placed where the texts first differ.
  const extra = matchEnd(query, same + 1, letters, at)
  const missing = isNameEnd ? -1 : matchEnd(query, same, letters, at + 1)
  const different = isNameEnd ? -1 : matchEnd(query, same + 1, letters, at + 1)
  const swapped =
    query[same] === letters[at + 1] && query[same + 1] === letters[at]
      ? matchEnd(query, same + 2, letters, at + 2)
      : -1
  if (extra + missing + different + swapped === -4) return noMatch
  const isWhole =
    letters[extra] === 0 || letters[missing] === 0 || letters[different] === 0 || letters[swapped] === 0
  // Short names with different first letters are different names, not typos.
  if (first && isWhole && (same > 0 || letters.indexOf(0, start) > start + 3)) return 3
  if (!allowsPrefix) return noMatch
  return first ? 4 : 5
}

/** The index after the rest of the query in the letters; -1 if they differ. */
function matchEnd(query: Uint16Array, from: number, letters: Uint16Array, at: number): number {
  let place = at
  for (let index = from; index < query.length; index += 1, place += 1) {
    if (query[index] !== letters[place]) return -1
  }
  return place
}
