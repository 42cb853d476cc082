import type { Ending, LenderOffer } from '../form/after-outcome.ts'
import type { ConsentDefinition } from '../form/definition.ts'
import type { FieldName, FieldValue } from '../fields/fields.ts'
import type { Delivery } from '../lead/delivery.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import type { LeadValues } from '../lead/values.ts'
import type { RepeatPorts } from './repeat-sending.ts'

/** What the form needs from outside. */
export interface FormPorts {
  /** The clock. */
  now(): Date
  /** Creates the id and the key of a new lead. */
  identify(): LeadIdentity
  /** The sentence that is shown beside a consent's box. */
  consentText(consent: ConsentDefinition): string
  /** Called with every event. */
  onEvent(event: FormEvent): void
}

/** The event of an outcome. */
export type OutcomeEvent = Extract<FormEvent, { readonly type: 'outcome' }>

/** An offer with its address filled in, and the address of its logo where it may be loaded. */
export interface ShownOffer extends Omit<LenderOffer, 'logo'> {
  readonly logo: string | undefined
}

/** What follows an outcome, with the links of this lead. */
export interface FollowUp {
  readonly ending: Ending
  readonly offers: readonly ShownOffer[]
  /** The page that opens by itself. */
  readonly redirect: string | undefined
  /** The person opens an offer: its index. */
  openOffer(index: number): void
  /** Keeps the page: the person does something else than waiting for the next one. */
  stay(): void
}

/** What the actions of a form need from outside: see `form-actions.ts`. */
export interface ActionPorts extends FormPorts, Delivery {
  /** The page's address, its variant of the form, and where the person came from. */
  origin(): {
    readonly url: string
    readonly variant?: string | undefined
    readonly attribution: Lead['attribution']
  }
  /** Hex SHA-256 of a text; `undefined` where the browser has no digest. */
  digest(text: string): Promise<string | undefined>
  /** Reports an outcome in place of `onEvent`, and starts what follows it. */
  followOutcome?(event: OutcomeEvent): FollowUp
  /** Whether the lead may be sent, or what the page finds wrong with it. */
  beforeSubmit(lead: Lead): SubmitPermission | Promise<SubmitPermission>
  /** What the page's own rule finds wrong with a value. */
  validate?(name: FieldName, value: FieldValue | undefined, values: () => LeadValues): string | undefined
  /** Called with what the receiver finds wrong and the form does not ask for, so that its definition may be outdated. */
  onOutdated(fields: readonly string[]): void
  /** Called with what the page finds wrong and the form does not ask for. */
  onUnknownFields(fields: readonly string[]): void
  /** Says that one application too many was sent, and after how many seconds it can be sent again. */
  limitedText(seconds: number): string
  /** How an application without an answer is sent again; by default it is not. */
  readonly repeating?: RepeatPorts
  /** Called with an exception that kept an application from being sent. */
  onException(exception: unknown): void
  /** The widget's version. */
  readonly version: string
}

/** Whether a page lets a lead be sent, or what it finds wrong with the answers. */
export type SubmitPermission = boolean | readonly FieldIssue[]

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
  /** The person opens an offer, of which the first has the number 1. */
  | { readonly type: 'offer'; readonly offer: number; readonly outcome: string; readonly leadId: string }
