import { verificationRu } from '../i18n/verification-ru.ts'
import css from '../themes/verification.css?inline'
import { createVerificationStep } from '../ui/verification-step.tsx'

/** The part of the script that is loaded when a code is asked for: the step for it, and its styles. */
export function createVerificationPart() {
  return { Step: createVerificationStep(verificationRu), css }
}
