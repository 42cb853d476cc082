import type { FormDefinition } from '../form/definition.ts'
import type { AllTexts } from '../i18n/all-texts.ts'
import type { FormTexts, Texts } from '../i18n/texts.ts'
import { usualRu } from '../i18n/usual-ru.ts'
import { loadEnglish, loadMessages, loadRare } from './on-demand.ts'
import type { AnyOptions } from './options/options.ts'
import { tellAuthor } from './tell-author.ts'

/** What a form says, and in which language. */
export interface Speech<Said extends FormTexts = FormTexts> {
  /** For the attribute of this name. */
  readonly lang: string
  /** Those of what is loaded on demand are Russian where they are not given. */
  readonly texts: Said & Partial<Pick<AllTexts, 'code' | 'definition'>>
  /** The definition in this language, where there are words for it. */
  translate(definition: FormDefinition): FormDefinition
}

const russian: Speech = { lang: 'ru', texts: usualRu, translate: (definition) => definition }

/**
 * Loads a form's language, as far as its definition asks for it, and the page's own texts. A form is never lost over
 * them: without, it is Russian, or English, and its rare fields have their names for labels.
 */
export async function loadSpeech(
  { relay, provider, locale = 'ru', messages }: AnyOptions,
  source: Promise<{ readonly definition: FormDefinition }>,
): Promise<Speech> {
  const isEnglish = /^en\b/.test(locale)
  const isOwn = messages !== undefined || !(isEnglish || /^ru\b/.test(locale))
  // A relay brings sentences of its own along; an adapter has codes only.
  const isWhole = isOwn || provider !== undefined
  let speech = russian
  try {
    const base: Speech<Texts> | undefined = isEnglish
      ? (await loadEnglish(relay)).createEnglishPart(locale)
      : isWhole || (await source.then(asksRarely, () => false))
        ? { ...russian, texts: (await loadRare(relay)).completeRussian(usualRu) }
        : undefined
    if (!base) return russian
    speech = base
    if (!isOwn) return speech
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
    return speech
  }
}

function asksRarely({ definition }: { readonly definition: FormDefinition }): boolean {
  const usual = { ...usualRu.fields, ...usualRu.composites }
  return definition.steps.some(({ fields }) => fields.some(({ name }) => !Object.hasOwn(usual, name)))
}
