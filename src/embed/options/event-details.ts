import type { FormEvent } from '../../state/form-ports.ts'

type DetailOf<Type extends FormEvent['type']> = Omit<Extract<FormEvent, { readonly type: Type }>, 'type'>

/** What each `anketa:` event tells in its `detail`, and each callback is given: nothing personal. */
export interface FormEventDetails {
  /** The form is shown. */
  readonly ready: object
  readonly step: DetailOf<'step'>
  /** Something of a step is to be corrected. */
  readonly issues: DetailOf<'issues'>
  /** The lead is about to be sent; preventing the event's default keeps it. */
  readonly submit: { readonly leadId: string }
  readonly outcome: DetailOf<'outcome'>
  readonly error: DetailOf<'error'>
}

/** The name of an event, after `anketa:`. */
export type FormEventName = keyof FormEventDetails
