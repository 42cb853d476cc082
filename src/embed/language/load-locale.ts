import type { FormDefinition } from '../../form/definition.ts'
import type { ServedTexts, Texts } from '../../i18n/texts.ts'
import { commonRu } from '../../i18n/ru/common.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'
import type { Locale } from './locale.ts'

const russianLocale: Locale = { lang: 'ru', texts: commonRu, translate: (definition) => definition }

/**
 * Loads the texts that a form's definition needs, and the page's own texts. If they cannot be loaded, the form is shown
 * in Russian or English, and the labels of its rare fields are their names.
 */
export async function loadLocale(
  { provider, locale = 'ru', messages }: ParsedOptions,
  source: Promise<LocalizedSource>,
): Promise<Locale> {
  const isEnglish = /^en\b/.test(locale)
  const isOwn = messages !== undefined || !(isEnglish || /^ru\b/.test(locale))
  // A relay sends messages, an adapter has codes only.
  const isWhole = isOwn || provider !== undefined
  let loaded = russianLocale
  try {
    const fallback: Locale<Texts> | undefined = isEnglish
      ? (await import('./english.chunk.ts')).createEnglishLocale(locale)
      : isWhole || (await source.then(lacksTexts, () => false))
        ? { ...russianLocale, texts: (await import('./russian.chunk.ts')).ru }
        : undefined
    if (!fallback) return await source.then(createRussianLocale, () => russianLocale)
    loaded = fallback
    if (!isOwn) return loaded
    const { createMessagesLocale } = await import('./messages.chunk.ts')
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

/** What the texts of a form depend on. */
interface LocalizedSource {
  readonly definition: FormDefinition
  readonly texts?: ServedTexts | undefined
}

function createRussianLocale({ texts: served }: LocalizedSource): Locale {
  if (!served) return russianLocale
  return {
    ...russianLocale,
    texts: {
      ...commonRu,
      fields: { ...commonRu.fields, ...served.fields },
      address: { ...commonRu.address, ...served.address },
      composites: { ...commonRu.composites, ...served.composites },
      options: { ...commonRu.options, ...served.options },
      issues: { ...commonRu.issues, ...served.issues },
    },
  }
}

/** Whether a form asks for more than the common fields, and its relay has not sent their texts. */
function lacksTexts({ definition, texts }: LocalizedSource): boolean {
  if (texts) return false
  const common = { ...commonRu.fields, ...commonRu.composites }
  return definition.steps.some(({ fields }) => fields.some(({ name }) => !Object.hasOwn(common, name)))
}
