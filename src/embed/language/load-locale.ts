import type { FormDefinition } from '../../form/definition.ts'
import type { Texts } from '../../i18n/texts.ts'
import { commonRu } from '../../i18n/ru/common.ts'
import { loadEnglish, loadMessages, loadRare } from '../on-demand.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'
import type { Locale } from './locale.ts'

const russianLocale: Locale = { lang: 'ru', texts: commonRu, translate: (definition) => definition }

/**
 * Loads the texts that a form's definition needs, and the page's own texts. If they cannot be loaded, the form is shown
 * in Russian or English, and the labels of its rare fields are their names.
 */
export async function loadLocale(
  { relay, provider, locale = 'ru', messages }: ParsedOptions,
  source: Promise<{ readonly definition: FormDefinition }>,
): Promise<Locale> {
  const isEnglish = /^en\b/.test(locale)
  const isOwn = messages !== undefined || !(isEnglish || /^ru\b/.test(locale))
  // A relay sends messages, an adapter has codes only.
  const isWhole = isOwn || provider !== undefined
  let loaded = russianLocale
  try {
    const fallback: Locale<Texts> | undefined = isEnglish
      ? (await loadEnglish(relay)).createEnglishLocale(locale)
      : isWhole || (await source.then(needsExtendedTexts, () => false))
        ? { ...russianLocale, texts: (await loadRare(relay)).extendRu(commonRu) }
        : undefined
    if (!fallback) return russianLocale
    loaded = fallback
    if (!isOwn) return loaded
    const { createMessagesLocale } = await loadMessages(relay)
    return await createMessagesLocale({
      locale,
      messages,
      fallback,
      fetch: (url, init) => fetch(url, init),
      onProblem: (problem) => report(`option "messages" (attribute data-messages): ${problem}`),
    })
  } catch (error) {
    report('texts could not be loaded', error)
    return loaded
  }
}

function needsExtendedTexts({ definition }: { readonly definition: FormDefinition }): boolean {
  const common = { ...commonRu.fields, ...commonRu.composites }
  return definition.steps.some(({ fields }) => fields.some(({ name }) => !Object.hasOwn(common, name)))
}
