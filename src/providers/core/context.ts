import type { DeliverableLead } from '../../lead/lead.ts'

/** An HTTP request as plain data. `url`, `headers` and `body` may hold credentials: redact them before logging. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** How the sender signs the request at the moment of sending. */
  readonly sign?: RequestSignature
}

/** A signature by the Standard Webhooks scheme (https://www.standardwebhooks.com). */
export interface RequestSignature {
  /** The id of the message, the same for every repetition. */
  readonly id: string
  /** The keys in base64, without the prefix `whsec_`. Each gives a signature, so that a receiver can change its own. */
  readonly keys: readonly string[]
}

/** The result of a request: a response of any status, or a failure. `sent` says whether the request may have left. */
export type HttpResult =
  | {
      readonly status: number
      readonly body: string
      /** The header `Retry-After`, if the answer has one. */
      readonly retryAfter?: string | undefined
    }
  | {
      readonly failure: 'timeout' | 'network' | 'aborted'
      readonly sent: boolean
      /** Why the sender did not make the call, if the operator has to correct it. */
      readonly refusal?: string
    }

/** A field as one campaign of Admitad's requires it (`campaign_settings`). */
export interface CampaignField {
  /** The wire name: `first_name`, or one that the document does not list. */
  readonly name: string
  /**
   * A Python regular expression for the value as sent; empty for Admitad's default check. Untrusted: run it through a
   * `PatternMatcher` only.
   */
  readonly pattern: string
  readonly required: boolean
  /** The campaign's own text: `1-credit; 3-card`. */
  readonly description: string
}

/**
 * Whether a text matches an untrusted Python regular expression; `undefined` if that cannot be decided. Never throws.
 */
export type PatternMatcher = (pattern: string, text: string) => boolean | undefined

/** What an adapter may use in every call, in addition to its configuration. */
export interface CallContext {
  readonly now: Date
  /** A short-lived access token, for providers that exchange their credentials for such tokens. */
  readonly accessToken?: string | undefined
  /** The fields of all campaigns of the destination, one campaign after the other, if they are known. */
  readonly campaignSettings?: readonly CampaignField[] | undefined
  /** Runs the campaigns' patterns in linear time. Without it the patterns are not checked. */
  readonly matches?: PatternMatcher | undefined
}

/** What an adapter may use when it sends a lead. */
export interface LeadContext extends CallContext {
  /** 1 for the first call of this revision of the lead. */
  readonly attempt: number
  /** Whether an earlier call of this revision may have been accepted although its answer was lost. */
  readonly mayHaveArrived: boolean
  readonly lead: DeliverableLead
  /** The canonical names that the form shows for this lead. Without it every field counts as shown. */
  readonly askedFields?: ReadonlySet<string> | undefined
  /** The relay's number of the lead, for providers that require an integer. */
  readonly leadNumber?: number | undefined
  /** The relay's name of the form. A page that sends leads itself has none. */
  readonly form?: string | undefined
  /** The address of the PDF of the person's consents, where the relay makes one. */
  readonly signedConsentUrl?: string | undefined
  /** 1 for the first values of the lead; every correction counts. Unknown where a page sends leads itself. */
  readonly revision?: number | undefined
}
