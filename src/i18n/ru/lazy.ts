import type { AllTexts, Texts } from '../texts.ts'
import { calculatorRu } from './calculator.ts'
import { languageRu } from './language.ts'

/** The Russian texts that are not part of `Texts`. */
export const lazyRu: Omit<AllTexts, keyof Texts> = {
  ...languageRu,
  calculator: calculatorRu,
}
