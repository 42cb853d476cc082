import type { FieldIssue } from './issue.ts'
import type { PublicOutcomeName } from './outcome.ts'

/** The outcomes that end a form; `invalid` goes back to filling. */
export type FinalOutcome = Exclude<PublicOutcomeName, 'invalid'>

/** What sending a lead came to; `failed` means that no answer tells what became of it. */
export type SendResult =
  | { readonly outcome: FinalOutcome }
  | { readonly outcome: 'invalid'; readonly issues: readonly FieldIssue[] }
  | { readonly outcome: 'failed'; readonly code: string; readonly message?: string }
