import { verificationRu } from '../../i18n/ru/verification.ts'
import css from '../../themes/on-demand/verification.css?inline'
import { createVerificationStep } from '../../ui/verification/verification-step.tsx'

/** Creates the step that asks for a code, with its styles. Loaded on demand. */
export function createVerificationChunk(texts = verificationRu) {
  return { Step: createVerificationStep(texts), css }
}
