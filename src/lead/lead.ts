import type { Attribution } from './attribution.ts'
import type { LeadValues } from './values.ts'

/** What a person agreed to, when, and a fingerprint of the text that was shown. */
export interface ConsentReceipt {
  readonly id: string
  readonly documentUrl: string
  readonly version: string
  /** Hex SHA-256 of the text as shown; absent where the browser offers no digest (a page without https). */
  readonly textSha256?: string
  /** The tick's moment in ISO 8601 with the offset of the person's clock. */
  readonly acceptedAt: string
}

/** An application as the widget sends it to a relay. */
export interface Lead {
  /** UUID version 7, made once when the form is first touched. May stand in events. */
  readonly id: string
  /** 128 random bits in base64url; never leaves the lead's own requests. */
  readonly key: string
  readonly values: LeadValues
  readonly consents: readonly ConsentReceipt[]
  readonly attribution: Attribution
  readonly page: {
    /** Origin and path of the page, without query and fragment. */
    readonly url: string
    readonly startedAt: string
    readonly submittedAt: string
  }
  /** Version of the widget. */
  readonly widget: string
}

/** A lead as it is delivered: without its key, with the moment of receipt by the clock of whoever sends it on. */
export type DeliverableLead = Pick<Lead, 'values' | 'consents' | 'attribution' | 'page'> & {
  readonly receivedAt: Date
}
