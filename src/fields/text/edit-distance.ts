/** The number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
export function editDistance(from: string, to: string): number {
  const distances = new Map<string, number>()
  // The distance between the first letters of both: `i` of the one, `j` of the other.
  const at = (i: number, j: number): number => {
    if (!i || !j) return i + j
    const known = distances.get(`${i} ${j}`)
    if (known !== undefined) return known
    const [a, b] = [from[i - 1], to[j - 1]]
    const distance = Math.min(
      at(i - 1, j) + 1,
      at(i, j - 1) + 1,
      at(i - 1, j - 1) + (a === b ? 0 : 1),
      a === to[j - 2] && b === from[i - 2] ? at(i - 2, j - 2) + 1 : Infinity,
    )
    distances.set(`${i} ${j}`, distance)
    return distance
  }
  return at(from.length, to.length)
}

/** The closest known name, if it is close enough to be what was meant. */
export function findClosestName(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance)
  return best && best.distance <= Math.max(2, name.length / 3) ? best.candidate : undefined
}
