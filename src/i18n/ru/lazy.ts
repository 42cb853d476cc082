import type { AllTexts, Texts } from '../texts.ts'
import { definitionEn } from '../en/definition.ts'
import { verificationRu } from './verification.ts'

/** What the form's own texts lack to be all texts, in Russian; the words of the presets are Russian already. */
export const lazyRu: Omit<AllTexts, keyof Texts> = {
  code: verificationRu,
  definition: Object.fromEntries(Object.keys(definitionEn).map((words) => [words, words])),
}
