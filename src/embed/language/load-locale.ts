import type { FormDefinition } from '../../form/definition.ts'
import type { AllTexts, FormTexts, ServedTexts, Texts } from '../../i18n/texts.ts'
import { commonRu } from '../../i18n/ru/common.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'

/** What a form says, and in which language. */
export interface Locale<Said extends FormTexts = FormTexts> {
  /** For the attribute of this name. */
  readonly lang: string
  /** Those of what is loaded on demand are Russian where they are not given. */
  readonly texts: Said & Partial<Pick<AllTexts, 'code' | 'definition'>>
  /** The definition in this language, where there are words for it. */
  translate(definition: FormDefinition): FormDefinition
}

const russianLocale: Locale = { lang: 'ru', texts: commonRu, translate: (definition) => definition }

/**
 * Loads a form's language, as far as its definition asks for it, and the page's own texts. A form is never lost over
 * them: without, it is Russian, or English, and its rare fields have their names for labels.
 */
export async function loadLocale(
  { provider, locale = 'ru', messages }: ParsedOptions,
  source: Promise<LocalizedSource>,
): Promise<Locale> {
  const isEnglish = /^en\b/.test(locale)
  const isOwn = messages !== undefined || !(isEnglish || /^ru\b/.test(locale))
  // A relay brings sentences of its own along; an adapter has codes only.
  const isWhole = isOwn || provider !== undefined
  let speech = russianLocale
  try {
    const fallback: Locale<Texts> | undefined = isEnglish
      ? (await import('./english.chunk.ts')).createEnglishLocale(locale)
      : isWhole || (await source.then(lacksTexts, () => false))
        ? { ...russianLocale, texts: (await import('./russian.chunk.ts')).ru }
        : undefined
    if (!fallback) return await source.then(toRussianLocale, () => russianLocale)
    speech = fallback
    if (!isOwn) return speech
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
    return speech
  }
}

/** What the texts of a form depend on. */
interface LocalizedSource {
  readonly definition: FormDefinition
  readonly texts?: ServedTexts | undefined
}

function toRussianLocale({ texts: served }: LocalizedSource): Locale {
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

/** Whether a form asks for more than the usual fields, and its relay has not sent their texts along. */
function lacksTexts({ definition, texts }: LocalizedSource): boolean {
  if (texts) return false
  const usual = { ...commonRu.fields, ...commonRu.composites }
  return definition.steps.some(({ fields }) => fields.some(({ name }) => !Object.hasOwn(usual, name)))
}
