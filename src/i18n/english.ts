import type { AllTexts } from './all-texts.ts'
import { definitionEn } from './definition-en.ts'
import { en } from './en.ts'
import { verificationEn } from './verification-en.ts'

/** All of English. */
export const english: AllTexts = { ...en, code: verificationEn, definition: definitionEn }
