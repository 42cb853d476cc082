/** Where attention goes: a field with something to correct, the step's heading, a message. Counts up to repeat itself. */
export interface Attention {
  readonly target: 'heading' | 'message' | 'field' | 'consent'
  readonly name: string
  readonly turn: number
}

/** What stands above a step. */
export type Notice =
  | { readonly kind: 'failed'; readonly code: string }
  /** Words of the provider that belong to no field. */
  | { readonly kind: 'provider'; readonly words: string }
  /** The form is another one than the page was opened with. */
  | { readonly kind: 'changed' }
