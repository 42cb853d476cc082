import type { FormDefinition } from '../form/definition.ts'
import type { AllTexts } from '../i18n/all-texts.ts'
import { ru } from '../i18n/ru.ts'
import type { Texts } from '../i18n/texts.ts'
import { loadEnglish, loadMessages } from './on-demand.ts'
import type { AnyOptions } from './options/options.ts'
import { tellAuthor } from './tell-author.ts'

/** What a form says, and in which language. */
export interface Speech {
  /** For the attribute of this name. */
  readonly lang: string
  /** Those of what is loaded on demand are Russian where they are not given. */
  readonly texts: Texts & Partial<Pick<AllTexts, 'code' | 'definition'>>
  /** The definition in this language, where there are words for it. */
  translate(definition: FormDefinition): FormDefinition
}

const russian: Speech = { lang: 'ru', texts: ru, translate: (definition) => definition }

/** Loads a form's language and the page's own texts. A form is never lost over them: it is Russian, or English, without. */
export async function loadSpeech({ relay, locale = 'ru', messages }: AnyOptions): Promise<Speech> {
  let base = russian
  try {
    if (/^en\b/.test(locale)) base = (await loadEnglish(relay)).createEnglishPart(locale)
    if (messages === undefined && (base !== russian || /^ru\b/.test(locale))) return base
    const { createMessagesPart } = await loadMessages(relay)
    return await createMessagesPart({
      locale,
      messages,
      base,
      fetch: (url, init) => fetch(url, init),
      onProblem: (problem) => tellAuthor(`option "messages" (attribute data-messages): ${problem}`),
    })
  } catch (error) {
    tellAuthor('texts could not be loaded', error)
    return base
  }
}
