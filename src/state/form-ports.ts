import type { ConsentDefinition } from '../form/definition.ts'
import type { Delivery } from '../lead/delivery.ts'
import type { Lead } from '../lead/lead.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'

/** What the form needs from outside. */
export interface FormPorts extends Delivery {
  /** The clock. */
  now(): Date
  /** Creates the id and the key of a new lead. */
  identify(): LeadIdentity
  /** The page's address and where the person came from. */
  origin(): { readonly url: string; readonly attribution: Lead['attribution'] }
  /** Hex SHA-256 of a text; `undefined` where the browser has no digest. */
  digest(text: string): Promise<string | undefined>
  /** The sentence that is shown beside a consent's box. */
  consentText(consent: ConsentDefinition): string
  /** Whether the lead may be sent. */
  beforeSubmit(lead: Lead): boolean | Promise<boolean>
  /** Called when the receiver requires fields that the form does not show, so that its definition is outdated. */
  onOutdated(): void
  /** Called with an exception that kept an application from being sent. */
  onException(exception: unknown): void
  /** Called with every event. */
  onEvent(event: FormEvent): void
  /** The widget's version. */
  readonly version: string
}

/** What happens in a form. No event carries personal data. */
export type FormEvent =
  /** The first change that a person makes. */
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
