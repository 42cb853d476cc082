import type { FormEvent } from '../../state/form-ports.ts'

type DetailOf<Type extends FormEvent['type']> = Omit<Extract<FormEvent, { readonly type: Type }>, 'type'>

/** The `detail` of each `anketa:` event, which its callback gets too. Holds no personal data. */
export interface FormEventDetails {
  /** The form is shown. */
  readonly ready: object
  readonly step: DetailOf<'step'>
  /** Something in a step has to be corrected. */
  readonly issues: DetailOf<'issues'>
  /** The lead is about to be sent. Preventing the event's default stops it. */
  readonly submit: { readonly leadId: string }
  readonly outcome: DetailOf<'outcome'>
  readonly error: DetailOf<'error'>
  /** The person opens an offer that the form shows after an outcome. */
  readonly offer: DetailOf<'offer'>
}

/** The name of an event, after `anketa:`. */
export type FormEventName = keyof FormEventDetails

/** A DOM event of a form, such as `AnketaEvent<'outcome'>` for `anketa:outcome`. */
export type AnketaEvent<Name extends FormEventName> = CustomEvent<FormEventDetails[Name]>

type AnketaEventMap = { [Name in FormEventName as `anketa:${Name}`]: AnketaEvent<Name> }

declare global {
  // Types the listeners of `addEventListener` on elements, documents and windows.
  interface GlobalEventHandlersEventMap extends AnketaEventMap {}
}
