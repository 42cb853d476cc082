import type { FormDefinition } from '../../form/definition.ts'
import { selectServedTexts } from '../../i18n/ru/served-texts.ts'
import type { ServedTexts } from '../../i18n/texts.ts'

/** A definition as a page gets it: with the texts that the widget has only for the usual fields. */
export interface ServedDefinition extends FormDefinition {
  readonly texts?: ServedTexts | undefined
}

/** Adds to a definition the texts that its fields need. */
export function createServedDefinition(definition: FormDefinition): ServedDefinition {
  const names = definition.steps.flatMap(({ fields }) => fields.map(({ name }) => name))
  return { ...definition, texts: selectServedTexts(names) }
}
