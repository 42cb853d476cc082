import type { AllTexts, Texts } from '../texts.ts'
import { definitionEn } from '../en/definition.ts'
import { verificationRu } from './verification.ts'

/** The Russian texts that are not part of `Texts`. The presets' own texts are Russian already. */
export const lazyRu: Omit<AllTexts, keyof Texts> = {
  code: verificationRu,
  definition: Object.fromEntries(Object.keys(definitionEn).map((text) => [text, text])),
}
