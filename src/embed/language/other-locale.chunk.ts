import { translateDefinition } from '../../form/translate-definition.ts'
import { allEn } from '../../i18n/en/en.ts'
import { resultsEn } from '../../i18n/en/results.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { Receiver } from '../../lead/receiver.ts'
import { report } from '../options/report.ts'
import type { Locale } from './locale.ts'
import { createMessagesLocale } from './messages-locale.ts'

/** Loads the locale of a page that is not in Russian, or has texts of its own. Loaded on demand. */
export async function loadOtherLocale(
  locale: string,
  messages: unknown,
  russian: Omit<Locale, 'texts'>,
  receiver: Receiver | undefined,
): Promise<Locale> {
  const isEnglish = /^en\b/.test(locale)
  const fallback = isEnglish
    ? createEnglishLocale(locale, receiver)
    : { ...russian, texts: (await import('./russian.chunk.ts')).russianFor(receiver) }
  if (isEnglish && messages === undefined) return fallback
  return createMessagesLocale({
    locale,
    messages,
    fallback,
    fetch: (url, init) => fetch(url, init),
    onProblem: (problem) => report(`option "messages" (attribute data-messages): ${problem}`),
  })
}

function createEnglishLocale(lang: string, receiver: Receiver = 'lender'): Locale<Texts> {
  return {
    lang,
    texts: { ...allEn, results: resultsEn[receiver] },
    translate: (definition) => translateDefinition(definition, allEn.definition),
  }
}
