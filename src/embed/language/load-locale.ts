import type { FormDefinition } from '../../form/definition.ts'
import type { ServedTexts } from '../../i18n/texts.ts'
import { commonRu, pendingTexts } from '../../i18n/ru/common.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'
import type { Locale } from './locale.ts'

const russianLocale: Locale = {
  lang: 'ru',
  texts: { ...pendingTexts, ...commonRu },
  translate: (definition) => definition,
}

/**
 * Loads the texts that a form's definition needs, or the page's own texts. If they cannot be loaded, the form is shown in
 * Russian, and the labels of its rare fields are their names.
 */
export async function loadLocale(
  { provider, locale = 'ru', messages }: ParsedOptions,
  source: Promise<LocalizedSource>,
): Promise<Locale> {
  const receiver = source.then(
    ({ definition }) => definition.receiver,
    // The caller reports it.
    () => undefined,
  )
  try {
    if (messages !== undefined || !/^ru\b/.test(locale)) {
      const { loadOtherLocale } = await import('./other-locale.chunk.ts')
      return await loadOtherLocale(locale, messages, russianLocale, await receiver)
    }
    // A relay sends messages, an adapter has codes only.
    if (provider !== undefined || (await source.then(lacksTexts, () => false)))
      return { ...russianLocale, texts: (await import('./russian.chunk.ts')).russianFor(await receiver) }
  } catch (error) {
    report('texts could not be loaded', error)
  }
  return source.then(createRussianLocale, () => russianLocale)
}

/** What the texts of a form depend on. */
interface LocalizedSource {
  readonly definition: FormDefinition
  readonly texts?: ServedTexts | undefined
}

function createRussianLocale({ texts: served = {} }: LocalizedSource): Locale {
  return {
    ...russianLocale,
    isPartial: true,
    texts: {
      ...russianLocale.texts,
      ...served,
      fields: { ...commonRu.fields, ...served.fields },
      address: { ...commonRu.address, ...served.address },
      composites: { ...commonRu.composites, ...served.composites },
    },
  }
}

/** Whether a relay has sent no texts. */
function lacksTexts({ texts }: LocalizedSource): boolean {
  return texts === undefined
}
