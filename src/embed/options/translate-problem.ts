import { consoleRu } from '../../i18n/ru/console.ts'

/** A sentence with placeholders, and its translation. */
interface Phrase {
  readonly pattern: RegExp
  readonly translation: string
}

const phrases: readonly Phrase[] = Object.entries(consoleRu).map(([phrase, translation]) => ({
  pattern: new RegExp(
    `^${phrase
      .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replace(/\{(\w+)\}/g, '(?<$1>.+?)')
      .replace(/ …$/, ' .+')}$`,
  ),
  translation,
}))

/** Translates what the console says to a page's author. What has no translation stays in English. */
export function translateProblem(text: string): string {
  return text.split('\n').map(translateSentence).join('\n')
}

function translateSentence(text: string): string {
  const [, path, problem] = /^([\w.$]+(?:, [\w.$]+)*): (.+)$/.exec(text) ?? []
  if (problem !== undefined) return `${path}: ${translateSentence(problem)}`
  for (const { pattern, translation } of phrases) {
    const match = pattern.exec(text)
    if (match)
      return translation.replace(/\{(\w+)\}/g, (whole, name: string) => {
        const part = match.groups?.[name]
        return part === undefined ? whole : translateSentence(part)
      })
  }
  return text
}
