import type { CanonicalName, CustomName, LeadValue } from '../../lead/values.ts'
import type { LeadContext } from './context.ts'

/** What can stand in a request's body. */
export type WireValue =
  | string
  | number
  | boolean
  | null
  | readonly WireValue[]
  | { readonly [name: string]: WireValue | undefined }

/** A value that is not there is not sent. */
export type OptionalWireValue = WireValue | undefined

/**
 * How a document types a parameter: `date` is `dd.mm.yyyy`, `decimal` a text with two places, `boolean` 1 or 0; `list`
 * a list of texts or numbers (in a rule of `fields`, with commas between), `object` is written by its own parameters.
 */
export type ParameterType = 'string' | 'integer' | 'decimal' | 'date' | 'boolean' | 'list' | 'object'

/** Where a parameter's value comes from, unless the destination's `fields` say otherwise. */
export type ParameterSource<Config> =
  | { readonly value: CanonicalName | CustomName }
  /** An option of the destination, by name. */
  | { readonly option: keyof Config & string }
  /** A text of the destination's options with names in braces. */
  | { readonly template: string }
  /** A mark of the traffic: `subId1`, `utm_source`. */
  | { readonly mark: string }
  /** Worked out: from which canonical names (for the documentation), and how. */
  | {
      readonly inputs: readonly CanonicalName[]
      readonly compute: (context: LeadContext, config: Config) => OptionalWireValue
    }
  /** Nothing by itself: reached through `fields` alone. */
  | 'fields'

/** One parameter of a provider's document. */
export interface Parameter<Config> {
  /** The path in the body, as the document names it: `main.last_name`, `contacts.0.value`. */
  readonly path: string
  readonly type: ParameterType
  /** The document's limit: characters of a text, digits of a number. */
  readonly max?: number
  /** Whether the provider takes no lead without it. */
  readonly required?: true
  /** Set for what is not in the provider's document, but known from elsewhere, such as its public SDK. */
  readonly undocumented?: true
  readonly from: ParameterSource<Config>
  /** The option that the value is made of or can be given in, where `from` does not name it; for the documentation. */
  readonly option?: string
  /** The canonical name that a form has to ask for, where it is not the source itself. */
  readonly formField?: CanonicalName
  /** How a value is written; by the type unless given. */
  readonly format?: (value: LeadValue, config: Config) => OptionalWireValue
  /** Shortens a text to the limit, where the provider's contract says so; otherwise too long is an error of the field. */
  readonly shorten?: (text: string, max: number) => string
}
