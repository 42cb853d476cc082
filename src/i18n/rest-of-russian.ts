import type { AllTexts } from './all-texts.ts'
import { definitionEn } from './definition-en.ts'
import type { Texts } from './texts.ts'
import { verificationRu } from './verification-ru.ts'

/** What the form's own texts lack to be all texts, in Russian; the words of the presets are Russian already. */
export const restOfRussian: Omit<AllTexts, keyof Texts> = {
  code: verificationRu,
  definition: Object.fromEntries(Object.keys(definitionEn).map((words) => [words, words])),
}
