/** The letters of names, and where their words begin: what a search runs over. */
export interface NameTable {
  /** Words of a name run together, so that spaces cannot be wrong; zeros stand between names. */
  readonly letters: Uint16Array
  /** Where each word begins. */
  readonly starts: readonly number[]
  /** For each word, which line its name stands in. */
  readonly lines: readonly number[]
}

/** Makes a table from lines of folded names, which tabs part. */
export function nameTable(text: string): NameTable {
  const letters = new Uint16Array(text.length + 2)
  const starts: number[] = []
  const lines: number[] = []
  let length = 1
  let line = 0
  let isInWord = false
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charCodeAt(index)
    if (letter > 32) {
      if (!isInWord) {
        starts.push(length)
        lines.push(line)
      }
      letters[length] = letter
    }
    isInWord = letter > 32
    // A tab or the end of a line leaves its zero.
    if (letter !== 32) length += 1
    if (letter === 10) line += 1
  }
  return { letters, starts, lines }
}
