import type { Attribution } from './attribution.ts'
import type { LeadValues } from './values.ts'

/** What a person agreed to, when, and a hash of the text that was shown. */
export interface ConsentReceipt {
  readonly id: string
  readonly documentUrl: string
  readonly version: string
  /** Hex SHA-256 of the text as shown; absent where the browser has no `crypto.subtle` (a page without https). */
  readonly textSha256?: string
  /** When the box was ticked, in ISO 8601 with the UTC offset of the person's device. */
  readonly acceptedAt: string
}

/** An application as the widget sends it to a relay. */
export interface Lead {
  /** UUID version 7, created once, on the first input. May appear in events. */
  readonly id: string
  /** 128 random bits in base64url. Sent only with the lead's own requests. */
  readonly key: string
  readonly values: LeadValues
  readonly consents: readonly ConsentReceipt[]
  readonly attribution: Attribution
  readonly page: {
    /** Origin and path of the page, without query or fragment. */
    readonly url: string
    readonly startedAt: string
    readonly submittedAt: string
    /** The page's variant of the form, where pages are compared. */
    readonly variant?: string | undefined
  }
  /** Version of the widget. */
  readonly widget: string
  /** The text in a field that no person sees: only a program fills it in. A relay does not store it. */
  readonly website?: string | undefined
  /** A solved challenge of the relay. It is not stored. */
  readonly challenge?: string | undefined
}

/** A lead as adapters receive it: without its key, with the time at which the sending side received it. */
export type DeliverableLead = Pick<Lead, 'id' | 'values' | 'consents' | 'attribution' | 'page'> & {
  readonly receivedAt: Date
}
