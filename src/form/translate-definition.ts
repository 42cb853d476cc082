import type { AfterOutcome, Ending, EndingName } from './after-outcome.ts'
import type { FormDefinition } from './definition.ts'

/** Translations by the text of the definition. */
export type Translations = Readonly<Record<string, string>>

/**
 * Translates titles, labels, hints, placeholders and options for which there is a translation. Consents stay as the author
 * wrote them: that is what a person agrees to.
 */
export function translateDefinition(definition: FormDefinition, translations: Translations): FormDefinition {
  const translate = <Text extends string | undefined>(text: Text): Text | string =>
    text !== undefined && Object.hasOwn(translations, text) ? (translations[text] ?? text) : text
  return {
    ...definition,
    title: translate(definition.title),
    ...(definition.after ? { after: translateEndings(definition.after, translate) } : {}),
    steps: definition.steps.map((step) => ({
      ...step,
      title: translate(step.title),
      fields: step.fields.map((field) => ({
        ...field,
        label: translate(field.label),
        hint: translate(field.hint),
        placeholder: translate(field.placeholder),
        options: field.options?.map((option) => ({ ...option, label: translate(option.label) })),
      })),
    })),
  }
}

/** Names of advertisers are left as they are: they are legal names. */
function translateEndings(
  { accepted, declined, duplicate, queued }: AfterOutcome,
  translate: <Text extends string | undefined>(text: Text) => Text | string,
): AfterOutcome {
  const translateEnding = (name: EndingName, ending: Ending | undefined) =>
    ending && {
      [name]: {
        ...ending,
        title: translate(ending.title),
        text: translate(ending.text),
        offers: ending.offers?.map((offer) => ({
          ...offer,
          title: translate(offer.title),
          text: translate(offer.text),
          rate: typeof offer.rate === 'string' ? translate(offer.rate) : offer.rate,
        })),
      },
    }
  return {
    ...translateEnding('accepted', accepted),
    ...translateEnding('declined', declined),
    ...translateEnding('duplicate', duplicate),
    ...translateEnding('queued', queued),
  }
}
