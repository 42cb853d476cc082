import { foldWords } from '../fold-place.ts'
import { createTypingPause } from '../place-finder.ts'
import type { AddressAnswer, AddressRow, StreetDirectory } from './street-directory.ts'
import { addressText, foldHouseNumber } from './street-names.ts'

/** Finds streets or houses while a person types, best match first. Rejects when the directory cannot answer. */
export type FindAddressRows = (...query: Parameters<StreetDirectory>) => Promise<readonly AddressRow[]>

/** The most answers that are cached. */
const maxCachedQueries = 50

/**
 * Creates a finder. It searches in a complete answer to a shorter text. Otherwise it queries the directory: at once after a
 * pause of `pauseMs` milliseconds, and after such a pause while a person goes on typing. Answers are kept in memory only.
 */
export function createStreetFinder(directory: StreetDirectory, pauseMs = 150): FindAddressRows {
  const answers = new Map<string, AddressAnswer>()
  const waitForPause = createTypingPause(pauseMs)
  return async (query, signal) => {
    const { list, within } = query
    const text = query.text.trim()
    const known = (part: string): AddressAnswer | undefined => answers.get(`${list} ${within} ${part}`)
    const same = known(text)
    if (same) return same.rows
    for (let length = text.length - 1; length >= 0; length -= 1) {
      const shorter = known(text.slice(0, length))
      const matches = shorter?.complete ? shorter.rows.filter((row) => startsWith(row, text)) : []
      // No match may mean a typo in the new letters, so only matches are final.
      if (matches.length > 0) return matches
    }
    if (text !== '') await waitForPause(signal)
    const answer = await directory({ ...query, text }, signal)
    answers.set(`${list} ${within} ${text}`, answer)
    for (const oldest of answers.keys()) {
      if (answers.size <= maxCachedQueries) break
      answers.delete(oldest)
    }
    return answer.rows
  }
}

/** Whether words of a street begin with all words of a text, or the number of a house begins with it. */
function startsWith(row: AddressRow, text: string): boolean {
  if (row.type === undefined) return foldHouseNumber(row.name).startsWith(foldHouseNumber(text))
  const words = foldWords(addressText(row)).split(' ')
  return foldWords(text)
    .split(' ')
    .every((start) => words.some((word) => word.startsWith(start)))
}
