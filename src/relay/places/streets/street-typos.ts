/** Shorter words are one typing error away from too many others. */
const minWordLength = 4

/** LIKE patterns for keys that may hold a word apart from one typing error: a part before or after the error is intact. */
export function createStreetTypoPatterns(word: string): readonly string[] {
  if (word.length < minWordLength) return []
  const half = Math.floor(word.length / 2)
  const swapped = `${word.slice(0, half - 1)}${word.charAt(half)}${word.charAt(half - 1)}`
  return [`% ${word.slice(0, half)}%`, `%${word.slice(half)}%`, `% ${swapped}%`]
}

/** Whether each word begins a word of a key, apart from one typing error in one of them. */
export function matchesWithTypo(words: readonly string[], key: string): boolean {
  const keyWords = key.trim().split(' ')
  const wrong = words.filter((word) => !keyWords.some((one) => one.startsWith(word)))
  const [only] = wrong
  return (
    wrong.length === 0 ||
    (wrong.length === 1 && only !== undefined && keyWords.some((one) => beginsNearly(one, only)))
  )
}

/** Whether a text begins with a word apart from one letter that is wrong, extra, missing, or swapped with the next. */
function beginsNearly(text: string, word: string): boolean {
  if (word.length < minWordLength) return false
  let at = 0
  while (at < word.length && text[at] === word[at]) at += 1
  return (
    text.startsWith(word.slice(at + 1), at + 1) ||
    text.startsWith(word.slice(at + 1), at) ||
    text.startsWith(word.slice(at), at + 1) ||
    (text[at] === word[at + 1] && text[at + 1] === word[at] && text.startsWith(word.slice(at + 2), at + 2))
  )
}
