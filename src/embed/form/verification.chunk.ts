import { verificationRu } from '../../i18n/ru/verification.ts'
import css from '../../themes/verification.css?inline'
import { createVerificationStep } from '../../ui/verification/verification-step.tsx'

/**
 * The part of the script that is loaded when a code is asked for: the step for it, in Russian unless
 * told otherwise, and its styles.
 */
export function createVerificationChunk(words = verificationRu) {
  return { Step: createVerificationStep(words), css }
}
