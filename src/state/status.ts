import type { FinalOutcome } from '../lead/send-result.ts'

/** Where a form is: being filled, on its way, not gone through, or ended with an outcome. */
export type Status = 'filling' | 'sending' | 'failed' | FinalOutcome
