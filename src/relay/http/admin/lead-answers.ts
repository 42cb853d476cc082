/**
 * What the routes of the operator's console take and answer, as types: the relay and the console share them. Times are
 * ISO 8601 in UTC. Every other answer is `{ "error": { "code", "message" } }` (see {@link AdminErrorCode}).
 */

/** What a user of the console may do; each role includes those before it. */
export type ConsoleRole = 'see' | 'work' | 'configure'

/** `POST /console/session`: with a name and its password, or with the admin token. */
export type SessionRequest = { readonly name: string; readonly password: string } | { readonly token: string }

/** `GET` and `POST /console/session`. `DELETE` answers 204. */
export interface SessionAnswer {
  /** Tells sessions apart. The console names it in `x-anketa-session`. */
  readonly id: string
  /** The user's name; `admin` for the admin token. */
  readonly name: string
  readonly role: ConsoleRole
  /** When the session ends in any case. */
  readonly expiresAt: string
  /** A session without a request for so long ends before. */
  readonly idleMinutes: number
  /** Whether forms may be saved: `console.edit` of the configuration. */
  readonly edit: boolean
}

/**
 * Codes of errors that a console meets. 400: `parameter`, `not-json`. 401: `no-token` (no session, or it has ended). 403:
 * `credentials` (wrong name, password or token), `token`, `role` (with this role it is not allowed), `origin` (the request
 * does not come from the console). 404: `unknown-lead`, `not-found`. 409: `not-retriable`, `not-resolvable`,
 * `other-session` (in another tab of the browser somebody has signed in). 410:
 * `erased`. 429: `limit`, with `Retry-After`. 503: `not-stored`,
 * `too-slow` (less must be asked for).
 */
export type AdminErrorCode =
  | 'parameter'
  | 'not-json'
  | 'no-token'
  | 'credentials'
  | 'token'
  | 'role'
  | 'origin'
  | 'unknown-lead'
  | 'not-found'
  | 'not-retriable'
  | 'not-resolvable'
  | 'other-session'
  | 'erased'
  | 'limit'
  | 'not-stored'
  | 'too-slow'

/** The body of every error. */
export interface AdminError {
  readonly error: { readonly code: AdminErrorCode; readonly message: string }
}

/** The status of a lead as a whole. */
export type LeadStatusName =
  | 'partial'
  | 'queued'
  | 'verification'
  | 'invalid'
  | 'uncertain'
  | 'accepted'
  | 'duplicate'
  | 'declined'
  | 'failed'
  | 'stored'

/** What an operator should look at: a delivery was given up, was refused for what is configured, may have arrived, or waits. */
export type LeadProblem = 'failed' | 'refused' | 'uncertain' | 'waiting'

/** A lead in a list. */
export interface LeadRow {
  readonly id: string
  /** For people: `A-7K3F`. */
  readonly number: string
  readonly form: string
  readonly status: LeadStatusName
  readonly receivedAt: string
  /** Masked: `И…в И., +7 900 ***-**-01`; empty if the lead has neither a name nor a phone. */
  readonly person: string
  /** In roubles. */
  readonly amount?: number
  /** The stored key of the destination that has the lead, or else of the one that it waits for or was last sent to. */
  readonly destination?: string
  readonly problem?: LeadProblem
  /** Why the lead looks as if no person had filled it in: codes, if there are any. */
  readonly suspicions?: readonly string[]
  /** The step where the person stopped, of a lead that is not finished. */
  readonly step?: string
}

/** A page of leads, the latest first. `next` is the `cursor` of the following page; absent on the last. */
export interface LeadList {
  readonly leads: readonly LeadRow[]
  readonly next?: string
}

/** The filters of `GET /admin/leads` (query), of the exports (query) and of the search (members of the body). */
export interface LeadFilter {
  readonly form?: string
  readonly status?: LeadStatusName
  /** A destination's stored key. */
  readonly destination?: string
  /** A day in Moscow, `2026-11-29`, or a moment: received then or later. */
  readonly from?: string
  /** A day in Moscow, which is included, or a moment, which is not. */
  readonly to?: string
  /** `utm_source:yandex`. Names: `utm_source utm_medium utm_campaign channel subId1…subId5`. */
  readonly attribution?: string
  /** `A-7K3F`, in either case, with or without the hyphen. */
  readonly number?: string
}

/** `POST /admin/leads/search`: exactly one of `phone`, `email`, `name`, `number`, and filters. Answers {@link LeadList}. */
export interface LeadSearch extends LeadFilter {
  readonly phone?: string
  readonly email?: string
  /** The whole last name, and if wanted the beginnings of the first and the middle name after it. */
  readonly name?: string
  readonly cursor?: string
}

/** `GET /admin/filters`: what lists can be filtered by. */
export interface FilterChoices {
  readonly forms: readonly FormChoice[]
  /** Names of attribution parameters. */
  readonly attribution: readonly string[]
  readonly statuses: readonly LeadStatusName[]
}

/** A form of the relay, with its destinations in the order in which they are asked. */
export interface FormChoice {
  readonly form: string
  readonly title?: string
  /** Why the form is refused, if it is. */
  readonly problems?: readonly string[]
  readonly destinations: readonly DestinationChoice[]
}

/** A destination of a form. */
export interface DestinationChoice {
  /** The stored key. */
  readonly destination: string
  readonly provider: string
}

/** A value of a lead; masked unless it was revealed. */
export type AnsweredValue = string | number | boolean

/** Values by canonical names. */
export type AnsweredValues = Readonly<Record<string, AnsweredValue>>

/** `GET /admin/leads/{id}`. */
export interface LeadDetails extends LeadRow {
  /** The number of the current revision; 0 if none is stored. */
  readonly revision: number
  /** What the relay itself answered a repeated application. */
  readonly ownAnswer?: 'duplicate' | 'queued'
  /** The oldest first. */
  readonly revisions: readonly LeadRevisionDetails[]
  /** In the order in which the destinations were asked. */
  readonly deliveries: readonly LeadDeliveryDetails[]
  /** Why the lead went to a destination, or not; the oldest first. */
  readonly decisions: readonly LeadDecision[]
  /** Notifications and postbacks about it; the oldest first. */
  readonly messages: readonly LeadMessage[]
  /** Who has looked at it and changed it; the latest first. */
  readonly audit: readonly AuditEntry[]
}

/** One version of what the person entered. */
export interface LeadRevisionDetails {
  readonly revision: number
  readonly receivedAt: string
  /** Masked. */
  readonly values: AnsweredValues
  readonly consents: readonly LeadConsent[]
  /** Parameters of the last visit, and under `first` those of the first one. */
  readonly attribution: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly page: {
    /** Without a query. */
    readonly url: string
    readonly startedAt: string
    readonly submittedAt: string
    readonly variant?: string
  }
  /** The version of the widget. */
  readonly widget: string
}

/** A document that the person has agreed to. */
export interface LeadConsent {
  readonly id: string
  readonly documentUrl: string
  readonly version: string
  readonly textSha256?: string
  readonly acceptedAt: string
  /** Absent for some seconds, until the receipt is made. */
  readonly receipt?: {
    readonly number: number
    /** Who could receive the lead then. */
    readonly recipients?: readonly string[]
    readonly digest?: string
    /** The batch of the chain, once it is chained. */
    readonly batch?: number
  }
}

/**
 * The status of a delivery. `waiting`: for an attempt. `decided`: by the destination. `failed`: given up. `uncertain`: sent
 * without an answer. `passed`: the next destination was asked instead.
 */
export type DeliveryStatusName = 'waiting' | 'decided' | 'failed' | 'uncertain' | 'passed'

/** The name of an outcome of a call. */
export type CallOutcomeName =
  | 'accepted'
  | 'duplicate'
  | 'declined'
  | 'verification'
  | 'invalid'
  | 'unavailable'
  | 'refused'
  | 'unreadable'
  | 'uncertain'

/** What became of the lead at one destination. */
export interface LeadDeliveryDetails {
  /** The stored key. */
  readonly destination: string
  /** Absent if this relay does not have the destination. */
  readonly provider?: string
  readonly revision: number
  readonly status: DeliveryStatusName
  /** Of the last attempt that has ended. */
  readonly outcome?: CallOutcomeName
  /** The provider's words, or the adapter's reason, with the person's values masked. */
  readonly words?: readonly string[]
  /** Names of the fields that the provider did not accept. */
  readonly fields?: readonly string[]
  readonly providerId?: string
  /** An attempt is under way, or its process died a moment ago. */
  readonly running: boolean
  /** The destination may have the lead without our knowing. */
  readonly mayHaveArrived: boolean
  readonly queuedAt: string
  readonly settledAt?: string
  /** Until when the rules of the form hold it back. */
  readonly blockedUntil?: string
  /** Whether `retry` and `resolve` are possible now. */
  readonly canRetry: boolean
  readonly canResolve: boolean
  /** The oldest first, of all revisions. */
  readonly attempts: readonly LeadAttempt[]
  /** States at the receivers behind the provider (campaigns); the oldest first. */
  readonly progress: readonly LeadProgress[]
  /** The request as it would be sent, with credentials and the person's values masked; absent if it would not be made. */
  readonly request?: MaskedRequest
}

/** A call that was begun. */
export interface LeadAttempt {
  readonly revision: number
  readonly number: number
  /** `confirm` sends the code of a text message. */
  readonly operation: 'create' | 'confirm'
  readonly startedAt: string
  readonly finishedAt?: string
  readonly outcome?: CallOutcomeName
  /** The adapter's reason, with the person's values masked. */
  readonly reason?: string
  readonly mayHaveArrived?: boolean
}

/** What a provider said about its receivers at a time. */
export interface LeadProgress {
  readonly seenAt: string
  readonly receivers: readonly {
    readonly receiver: string
    readonly status: 'processing' | 'waiting' | 'approved' | 'declined' | 'error'
    readonly orderId?: string
  }[]
}

/** A request without credentials and without a person's values. */
export interface MaskedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** A decision of the form's rules. */
export interface LeadDecision {
  readonly revision: number
  readonly destination: string
  readonly rule: 'chosen' | 'when' | 'share' | 'hours' | 'cap' | 'duplicate' | 'same-phone'
  readonly decidedAt: string
}

/** A notification or a postback. */
export interface LeadMessage {
  readonly kind: 'notification' | 'postback'
  readonly receiver: string
  /** `new`, `accepted`, `failed`, … */
  readonly event: string
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed' | 'uncertain'
  readonly attempts: number
  readonly createdAt: string
  readonly endedAt?: string
  readonly reason?: string
}

/** `POST /admin/leads/{id}/reveal`: the values of every revision, in clear. */
export interface RevealedLead {
  readonly id: string
  readonly revisions: readonly {
    readonly revision: number
    readonly values: AnsweredValues
    /** The IP address that it came from. */
    readonly address?: string
    readonly userAgent?: string
  }[]
}

/** `POST /admin/leads/{id}/retry`. Without a destination: all deliveries of the lead that may be sent again. */
export interface RetryRequest {
  readonly destination?: string
}

/** The answer to a retry: the lead as it is now, and the destinations that it goes to. */
export interface RetryAnswer {
  readonly lead: LeadDetails
  readonly retried: readonly string[]
}

/** `POST /admin/leads/{id}/resolve`: whether an uncertain delivery has arrived. Answers {@link ResolveAnswer}. */
export interface ResolveRequest {
  readonly destination: string
  readonly arrived: boolean
}

/** The lead as it is now. */
export interface ResolveAnswer {
  readonly lead: LeadDetails
}

/** `POST /admin/leads/retry`: at most 100 ids. */
export interface BulkRetryRequest {
  readonly ids: readonly string[]
}

/** What may not be sent again is skipped. */
export interface BulkRetryAnswer {
  readonly retried: readonly string[]
  readonly skipped: readonly {
    readonly id: string
    readonly code: 'not-retriable' | 'unknown-lead' | 'erased'
  }[]
}

/** `DELETE /admin/leads/{id}`, `POST /admin/erase`: the number of erased leads. */
export interface EraseAnswer {
  readonly erased: number
}

/** A line of the audit log. */
export interface AuditEntry {
  readonly at: string
  /** A user's name; `admin` for the admin token, `local` for commands on the relay's machine. */
  readonly user: string
  /** One of those that a relay records; a newer relay of the same database may have recorded another one. */
  readonly action: string
  /** The lead, while it is stored. */
  readonly lead?: string
  /** SHA-256 of the id of a lead that has been erased. */
  readonly leadHash?: string
  /** Without personal values: the destination of a retry, the filters of an export, the kind of a search. */
  readonly details?: Readonly<Record<string, string | boolean>>
  /** The number of leads, where there can be many. */
  readonly count?: number
}

/** `GET /admin/audit?cursor`, the latest first. */
export interface AuditList {
  readonly entries: readonly AuditEntry[]
  readonly next?: string
}
