import type { ConsentDefinition } from '../form/definition.ts'
import type { Delivery } from '../lead/delivery.ts'
import type { Lead } from '../lead/lead.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'

/** What the form needs from outside. */
export interface FormPorts extends Delivery {
  /** The clock. */
  now(): Date
  /** A new lead's id and key. */
  identify(): LeadIdentity
  /** What is known of the page and the traffic. */
  origin(): { readonly url: string; readonly attribution: Lead['attribution'] }
  /** Hex SHA-256 of a text, where the browser can. */
  digest(text: string): Promise<string | undefined>
  /** The sentence that is shown beside a consent's box. */
  consentText(consent: ConsentDefinition): string
  /** May keep a lead from being sent by returning false. */
  beforeSubmit(lead: Lead): boolean | Promise<boolean>
  /** The receiver asks for more than the form does: its definition is to be fetched anew. */
  onOutdated(): void
  /** Told what happens; carries no personal data. */
  onEvent(event: FormEvent): void
  /** The widget's version. */
  readonly version: string
}

/** What happens in a form. Nothing of it is personal. */
export type FormEvent =
  /** The form is touched for the first time. */
  | { readonly type: 'start' }
  /** A consent is given. */
  | { readonly type: 'consent'; readonly id: string }
  | {
      readonly type: 'step'
      readonly id: string
      readonly index: number
      readonly total: number
      readonly direction: 'forward' | 'back'
    }
  | { readonly type: 'issues'; readonly step: string; readonly codes: readonly string[] }
  | { readonly type: 'outcome'; readonly outcome: string; readonly leadId: string }
  | { readonly type: 'error'; readonly code: string }
