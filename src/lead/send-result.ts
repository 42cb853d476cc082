import type { FieldIssue } from './issue.ts'
import type { PublicOutcomeName } from './outcome.ts'

/** The outcomes that end a form; `invalid` goes back to filling, and `verification` ends one that is not confirmed. */
export type FinalOutcome = Exclude<PublicOutcomeName, 'invalid'>

/** A code was sent to the phone. After a wrong one there is an issue of the field `code`. */
export interface CodeAwaited {
  readonly outcome: 'verification'
  /** How many more wrong codes are taken, where that is known; at 0 none is. */
  readonly attemptsLeft?: number
  readonly issues?: readonly FieldIssue[]
}

/** What sending a lead, or the code that confirms it, came to; `failed` means that no answer tells what became of it. */
export type SendResult =
  | { readonly outcome: Exclude<FinalOutcome, 'verification'> }
  | CodeAwaited
  | { readonly outcome: 'invalid'; readonly issues: readonly FieldIssue[] }
  | { readonly outcome: 'failed'; readonly code: string }
