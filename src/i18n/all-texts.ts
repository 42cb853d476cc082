import type { Texts } from './texts.ts'
import type { VerificationTexts } from './verification-texts.ts'

/** All that a language says: the form's texts, and those that are loaded with what only some pages need. */
export interface AllTexts extends Texts {
  /** The step that confirms the phone. */
  readonly code: VerificationTexts
  /** Words of a form's definition (titles, labels, hints, options), by the Russian words that stand there. */
  readonly definition: Readonly<Record<string, string>>
}
