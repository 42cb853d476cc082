import type { Fetch } from '../../delivery/send-http.ts'
import type { AttributionParameters } from '../../lead/attribution.ts'
import type { LeadValues } from '../../lead/values.ts'
import type { StatusEvent } from './status-events.ts'

/** What a receiver wants to know. */
export interface Subscription {
  /** Identifies the receiver in the database, in the log and in `/healthz`. */
  readonly key: string
  readonly kind: 'notification' | 'postback'
  readonly on: ReadonlySet<StatusEvent>
}

/** What is stored of an event beside its name. It holds no personal data. */
export interface EventDetails {
  /** The lead's status after the event. */
  readonly status?: string
  /** The destination that the event is about. */
  readonly destination?: string
  /** The adapter's own reason of a failure. */
  readonly reason?: string
  /** What the provider pays, if it said so. */
  readonly payout?: string
}

/** An event of a lead, as a receiver is informed of it. */
export interface LeadNotice {
  readonly lead: string
  readonly form: string
  readonly event: StatusEvent
  readonly details: EventDetails
  readonly createdAt: Date
  /** The lead's values at that time. Only a receiver of personal data uses more of them than amount and region. */
  readonly values: LeadValues
  readonly attribution: AttributionParameters
}

/** A message: one notice, or the notices of a digest. */
export interface OutgoingMessage {
  /** The same in every repetition. */
  readonly id: string
  readonly notices: readonly LeadNotice[]
}

/**
 * What became of a message. `retry`: it certainly did not arrive. `unanswered`: it may have arrived. `rejected`: the
 * receiver does not want it, and would not want it later.
 */
export type MessageResult =
  | { readonly result: 'sent' }
  | { readonly result: 'retry'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly result: 'unanswered'; readonly reason: string }
  | { readonly result: 'rejected'; readonly reason: string }

/** What sending depends on. */
export interface SendDeps {
  readonly fetch: Fetch
  /** Refuses addresses of private networks. */
  readonly publicFetch: Fetch
  /** The relay's address, for links to the console. */
  readonly publicUrl?: string | undefined
  readonly now: () => number
}

/** A receiver of messages. */
export interface MessageReceiver extends Subscription {
  readonly channel: 'telegram' | 'email' | 'webhook' | 'postback'
  /** Whether many new leads become one message. */
  readonly hasDigests: boolean
  /** Whether a message that got no answer is sent again. */
  readonly repeats: boolean
  /** The most messages at a time. Those of a lead are always sent one after the other. */
  readonly concurrency: number
  send(message: OutgoingMessage, deps: SendDeps): Promise<MessageResult>
}
