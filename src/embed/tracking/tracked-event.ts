/** What happens in a form, as counters are told of it: never a value. */
export type TrackedEvent =
  | { readonly type: 'view' | 'start' | 'submit' | 'error' | 'leave' }
  | { readonly type: 'consent'; readonly id: string }
  | { readonly type: 'step'; readonly id: string; readonly index: number }
  /** How long a person stayed at a field. */
  | { readonly type: 'field'; readonly name: string; readonly ms: number }
  | { readonly type: 'outcome'; readonly outcome: string; readonly leadId: string }
