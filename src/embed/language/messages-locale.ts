import type { Fetch } from '../../delivery/send-http.ts'
import { timeoutSignal } from '../../delivery/timeout-signal.ts'
import { translateDefinition } from '../../form/translate-definition.ts'
import { resolveTexts } from '../../i18n/messages/parse-messages.ts'
import { languageRu } from '../../i18n/ru/language.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { Locale } from './locale.ts'

/** What the page's own texts are loaded from. */
export interface MessagesLocaleOptions {
  readonly locale: string
  /** The texts, unchecked, or the URL of a file with them. */
  readonly messages: unknown
  /** Texts where the page has none. */
  readonly fallback: Locale<Texts>
  readonly fetch: Fetch
  /** Called with what is wrong or missing, for the page's author. */
  readonly onProblem: (problem: string) => void
}

/** Creates the locale of a page with its own texts or language. */
export async function createMessagesLocale(sources: MessagesLocaleOptions): Promise<Locale> {
  const { locale, fallback, onProblem } = sources
  const [messages, { calculatorRu: calculator }] = await Promise.all([
    fetchMessages(sources),
    import('../calculator/calculator.chunk.ts'),
  ])
  const { texts, problems, missing } = resolveTexts(
    { ...languageRu, calculator, ...fallback.texts },
    messages,
    locale,
  )
  for (const problem of problems) onProblem(problem)
  if (!isSameLanguage(locale, fallback.lang) && missing.length > 0) {
    const which = messages === undefined ? 'all of them' : missing.join(', ')
    onProblem(`expected the texts of the language "${locale}"; Russian is used for ${which}`)
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

/** Fetches the texts where they are in a file. Without them the form has the fallback texts. */
async function fetchMessages({ messages, fetch, onProblem }: MessagesLocaleOptions): Promise<unknown> {
  if (typeof messages !== 'string') return messages
  const { signal, stop } = timeoutSignal(10_000)
  try {
    const response = await fetch(messages, { signal })
    if (response.ok) return await response.json()
    onProblem(`the file answered ${response.status}`)
  } catch {
    onProblem('the file could not be loaded, or is not JSON')
  } finally {
    stop()
  }
  return undefined
}
