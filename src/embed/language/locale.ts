import type { FormDefinition } from '../../form/definition.ts'
import type { AllTexts, FormTexts } from '../../i18n/texts.ts'

/** The language of a form and its texts. */
export interface Locale<Loaded extends FormTexts = FormTexts> {
  /** BCP 47 tag for the `lang` attribute. */
  readonly lang: string
  /** Texts of chunks that are absent here are Russian. */
  readonly texts: Loaded & Partial<Pick<AllTexts, 'code' | 'calculator' | 'definition'>>
  /** Whether the texts are those of the first step alone: `later.chunk.ts` has the others. */
  readonly isPartial?: boolean
  /** Translates a definition, as far as there are texts for it. */
  translate(definition: FormDefinition): FormDefinition
}
