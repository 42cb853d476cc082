/**
 * What the routes of the form builder take and answer, as types: the relay and the console share them. Times are ISO 8601
 * in UTC. A definition that has not been checked is an object.
 */

/** A definition, or a part of the configuration, that has not been checked. */
export type UncheckedObject = Readonly<Record<string, unknown>>

/** A line of a form's history. `withdrawn`: from here on the form of the configuration was served. */
export interface VersionLine {
  readonly number: number
  readonly kind: 'saved' | 'restored' | 'withdrawn'
  readonly savedAt: string
  readonly savedBy: string
  readonly restoredFrom?: number
  readonly isServed: boolean
  /** Whether it has looks that pages do not get. */
  readonly hasUnservedLooks?: true
}

/** A form in the list. */
export interface FormLine {
  readonly form: string
  readonly title?: string
  readonly isRefused: boolean
  /** The version that is served; without one it is the configuration's. */
  readonly served?: VersionLine
  readonly steps: number
  readonly fields: number
  readonly destinations: readonly string[]
}

/** `GET /admin/forms`. */
export interface FormList {
  readonly forms: readonly FormLine[]
  /** Whether forms may be saved: `console.edit` of the configuration. */
  readonly canEdit: boolean
}

/** A destination of a form, and what it needs of the form. */
export interface FormDestination {
  readonly key: string
  readonly provider: string
  /** Which leads it takes, if not all. */
  readonly takes?: string
  /** The fields without which it never takes a lead. */
  readonly requires: readonly string[]
  /** The consents without which it must not get a lead. */
  readonly consents: readonly string[]
}

/** `GET /admin/forms/{form}`. */
export interface FormDetails {
  readonly form: string
  /** What is served: the definition as it is written, with the operator and the policy of the configuration. */
  readonly definition: UncheckedObject
  readonly looks?: UncheckedObject
  /** Looks of that version that pages do not get: they were saved for the snippet. */
  readonly unservedLooks?: UncheckedObject
  /** The configuration's own. */
  readonly configured: UncheckedObject
  /** The form's entry in the configuration. What may be a secret is replaced by `…`. */
  readonly entry: UncheckedObject
  readonly destinations: readonly FormDestination[]
  /** Why the form is refused. */
  readonly problems: readonly string[]
  /** The latest first. */
  readonly versions: readonly VersionLine[]
  /** The number of the latest version, which a change names as its `base`; 0 for none. */
  readonly latest: number
  readonly canEdit: boolean
}

/** `GET /admin/forms/{form}/versions/{number}`. */
export interface FormVersionDetails {
  readonly version: VersionLine
  readonly definition?: UncheckedObject
  readonly looks?: UncheckedObject
  readonly unservedLooks?: UncheckedObject
}

/** `POST /admin/forms/{form}`. */
export interface SaveRequest {
  readonly base: number
  readonly definition: UncheckedObject
  readonly looks?: UncheckedObject
  /** That the sender knows that people get the looks: without it only those of a page that says nothing are saved. */
  readonly servesLooks?: boolean
}

/** `POST /admin/forms/{form}/restore`; `withdraw` takes `{ base }`. */
export interface RestoreRequest {
  readonly base: number
  readonly number: number
}

/** The answer to a change. 409 `form-changed`: somebody has saved another version. 422 `form-problems`: with `problems`. */
export interface SaveAnswer {
  readonly number: number
}

/** `POST /admin/forms/{form}/check`: what would stop a version from being saved. */
export interface CheckAnswer {
  readonly problems: readonly string[]
}

/** A request as a destination would get it, without credentials. */
export interface PreviewedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a destination would do with a lead. */
export interface PreviewedDestination {
  readonly destination: string
  readonly provider: string
  readonly takes?: string
  readonly passedOver?: string
  readonly failedPrecondition?: string
  readonly request?: PreviewedRequest
  readonly issues: readonly { readonly field: string; readonly message: string }[]
}

/** `POST /admin/forms/{form}/preview` with `{ definition, values }`: nothing is sent or stored. */
export interface PreviewAnswer {
  readonly issues: readonly { readonly field: string; readonly message: string }[]
  readonly destinations: readonly PreviewedDestination[]
}
