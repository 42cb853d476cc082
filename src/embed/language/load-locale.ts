import type { FormDefinition } from '../../form/definition.ts'
import type { Texts } from '../../i18n/texts.ts'
import { commonRu } from '../../i18n/ru/common.ts'
import { loadEnglish, loadMessages, loadRare } from '../on-demand.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'
import type { Locale } from './locale.ts'

const russianLocale: Locale = { lang: 'ru', texts: commonRu, translate: (definition) => definition }

/**
 * Loads a form's language, as far as its definition asks for it, and the page's own texts. A form is never lost over
 * them: without, it is Russian, or English, and its rare fields have their names for labels.
 */
export async function loadLocale(
  { relay, provider, locale = 'ru', messages }: ParsedOptions,
  source: Promise<{ readonly definition: FormDefinition }>,
): Promise<Locale> {
  const isEnglish = /^en\b/.test(locale)
  const isOwn = messages !== undefined || !(isEnglish || /^ru\b/.test(locale))
  // A relay brings sentences of its own along; an adapter has codes only.
  const isWhole = isOwn || provider !== undefined
  let speech = russianLocale
  try {
    const fallback: Locale<Texts> | undefined = isEnglish
      ? (await loadEnglish(relay)).createEnglishLocale(locale)
      : isWhole || (await source.then(needsExtendedTexts, () => false))
        ? { ...russianLocale, texts: (await loadRare(relay)).extendRu(commonRu) }
        : undefined
    if (!fallback) return russianLocale
    speech = fallback
    if (!isOwn) return speech
    const { createMessagesLocale: createMessagesPart } = await loadMessages(relay)
    return await createMessagesPart({
      locale,
      messages,
      fallback,
      fetch: (url, init) => fetch(url, init),
      onProblem: (problem) => report(`option "messages" (attribute data-messages): ${problem}`),
    })
  } catch (error) {
    report('texts could not be loaded', error)
    return speech
  }
}

function needsExtendedTexts({ definition }: { readonly definition: FormDefinition }): boolean {
  const usual = { ...commonRu.fields, ...commonRu.composites }
  return definition.steps.some(({ fields }) => fields.some(({ name }) => !Object.hasOwn(usual, name)))
}
