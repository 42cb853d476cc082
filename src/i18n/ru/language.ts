import type { AllTexts, Texts } from '../texts.ts'
import { definitionEn } from '../en/definition.ts'
import { verificationRu } from './verification.ts'

/**
 * The Russian texts beside `Texts` that come with other languages; those of the calculator come with its code. The presets'
 * own texts are Russian already.
 */
export const languageRu: Omit<AllTexts, keyof Texts | 'calculator'> = {
  code: verificationRu,
  definition: Object.fromEntries(Object.keys(definitionEn).map((text) => [text, text])),
}
