import type { Fetch } from '../../delivery/send-http.ts'
import { timeoutSignal } from '../../delivery/timeout-signal.ts'
import { translateDefinition } from '../../form/translate-definition.ts'
import { resolveTexts } from '../../i18n/messages/parse-messages.ts'
import { lazyRu } from '../../i18n/ru/lazy.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { Locale } from './locale.ts'

/** What a page's own texts are made from. */
export interface MessagesLocaleOptions {
  readonly locale: string
  /** The texts, unchecked, or the address of a file with them. */
  readonly messages: unknown
  /** What is said where the page says nothing. */
  readonly fallback: Locale<Texts>
  readonly fetch: Fetch
  /** Told, for the page's author, what is wrong or missing. */
  readonly onProblem: (problem: string) => void
}

/** The part of the script that is loaded for pages with texts, or a language, of their own. */
export async function createMessagesLocale(sources: MessagesLocaleOptions): Promise<Locale> {
  const { locale, fallback, onProblem } = sources
  const messages = await fetchMessages(sources)
  const { texts, problems, missing } = resolveTexts({ ...lazyRu, ...fallback.texts }, messages, locale)
  for (const problem of problems) onProblem(problem)
  if (!isSameLanguage(locale, fallback.lang) && missing.length > 0) {
    const which = messages === undefined ? 'all of them' : missing.join(', ')
    onProblem(`the language "${locale}" is to be given here; Russian stays in place of ${which}`)
  }
  return {
    lang: locale,
    texts,
    translate: (definition) => translateDefinition(definition, texts.definition),
  }
}

function isSameLanguage(one: string, other: string): boolean {
  return one.split('-')[0] === other.split('-')[0]
}

/** Texts in a file are not worth a form: without them it speaks its own. */
async function fetchMessages({ messages, fetch, onProblem }: MessagesLocaleOptions): Promise<unknown> {
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
