import type { FormDefinition } from '../../form/definition.ts'
import type { AllTexts, FormTexts } from '../../i18n/texts.ts'

/** What a form says, and in which language. */
export interface Locale<Said extends FormTexts = FormTexts> {
  /** For the attribute of this name. */
  readonly lang: string
  /** Those of what is loaded on demand are Russian where they are not given. */
  readonly texts: Said & Partial<Pick<AllTexts, 'code' | 'definition'>>
  /** The definition in this language, where there are words for it. */
  translate(definition: FormDefinition): FormDefinition
}
