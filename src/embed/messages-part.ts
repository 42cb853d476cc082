import type { Fetch } from '../delivery/perform.ts'
import { timeoutSignal } from '../delivery/timeout-signal.ts'
import { translateDefinition } from '../form/translate-definition.ts'
import { resolveTexts } from '../i18n/parse-messages.ts'
import { restOfRussian } from '../i18n/rest-of-russian.ts'
import type { Texts } from '../i18n/texts.ts'
import type { Speech } from './load-speech.ts'

/** What a page's own texts are made from. */
export interface MessageSources {
  readonly locale: string
  /** The texts, unchecked, or the address of a file with them. */
  readonly messages: unknown
  /** What is said where the page says nothing. */
  readonly base: Speech<Texts>
  readonly fetch: Fetch
  /** Told, for the page's author, what is wrong or missing. */
  readonly onProblem: (problem: string) => void
}

/** The part of the script that is loaded for pages with texts, or a language, of their own. */
export async function createMessagesPart(sources: MessageSources): Promise<Speech> {
  const { locale, base, onProblem } = sources
  const messages = await readMessages(sources)
  const { texts, problems, missing } = resolveTexts({ ...restOfRussian, ...base.texts }, messages, locale)
  for (const problem of problems) onProblem(problem)
  if (!sameLanguage(locale, base.lang) && missing.length > 0) {
    const which = messages === undefined ? 'all of them' : missing.join(', ')
    onProblem(`the language "${locale}" is to be given here; Russian stays in place of ${which}`)
  }
  return {
    lang: locale,
    texts,
    translate: (definition) => translateDefinition(definition, texts.definition),
  }
}

function sameLanguage(one: string, other: string): boolean {
  return one.split('-')[0] === other.split('-')[0]
}

/** Texts in a file are not worth a form: without them it speaks its own. */
async function readMessages({ messages, fetch, onProblem }: MessageSources): Promise<unknown> {
  if (typeof messages !== 'string') return messages
  const { signal, stop } = timeoutSignal(10_000)
  try {
    const answer = await fetch(messages, { signal })
    if (answer.ok) return await answer.json()
    onProblem(`the file answered ${answer.status}`)
  } catch {
    onProblem('the file could not be loaded, or is not JSON')
  } finally {
    stop()
  }
  return undefined
}
