import type { FormDefinition } from './definition.ts'

/** The translations of words, by the words as they stand in a definition. */
export type Translations = Readonly<Record<string, string>>

/**
 * A definition whose titles, labels, hints, placeholders and options are written in other words, where there are such.
 * Consents stay as they are: what a person agrees to is what the author wrote.
 */
export function translateDefinition(definition: FormDefinition, words: Translations): FormDefinition {
  const translate = <Text extends string | undefined>(text: Text): Text | string =>
    text !== undefined && Object.hasOwn(words, text) ? (words[text] ?? text) : text
  return {
    ...definition,
    title: translate(definition.title),
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
