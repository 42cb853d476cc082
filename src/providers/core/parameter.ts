import type { CanonicalName, CustomName, LeadValue } from '../../lead/values.ts'
import type { LeadContext } from './context.ts'

/** A value in the body of a request. */
export type WireValue =
  | string
  | number
  | boolean
  | null
  | readonly WireValue[]
  | { readonly [name: string]: WireValue | undefined }

/** A value, or `undefined` for a parameter that is not sent. */
export type OptionalWireValue = WireValue | undefined

/**
 * The type of a parameter in the provider's document. `date` is `dd.mm.yyyy`, `decimal` a text with two decimal places,
 * `boolean` 1 or 0, `list` a list of texts or numbers (separated by commas in a rule of `fields`). An `object` is built
 * from parameters of its own.
 */
export type ParameterType = 'string' | 'integer' | 'decimal' | 'date' | 'boolean' | 'list' | 'object'

/** The default source of a parameter's value. A rule of the destination's `fields` replaces it. */
export type ParameterSource<Config> =
  | { readonly value: CanonicalName | CustomName }
  /** An option of the destination, by name. */
  | { readonly option: keyof Config & string }
  /** A template with names in braces, often from the destination's options. */
  | { readonly template: string }
  /** An attribution parameter: `subId1`, `utm_source`. */
  | { readonly attribution: string }
  /** Computed. `inputs` are the canonical names that the value depends on, for the documentation and for issues. */
  | {
      readonly inputs: readonly CanonicalName[]
      readonly compute: (context: LeadContext, config: Config) => OptionalWireValue
    }
  /** No source: only a rule of `fields` can fill it. */
  | 'fields'

/** One parameter of a provider's document. */
export interface Parameter<Config> {
  /** The path in the body, as the document names it: `main.last_name`, `contacts.0.value`. */
  readonly path: string
  readonly type: ParameterType
  /** The document's limit: characters of a text, digits of a number. */
  readonly max?: number
  /** Whether the provider refuses leads without it. */
  readonly required?: true
  /** Set if the parameter is not in the provider's document but known from another source, such as its public SDK. */
  readonly undocumented?: true
  /** The document's values, if it has a list. */
  readonly values?: readonly (string | number)[]
  /** What a text looks like, and in words for the operator, if the document says so. */
  readonly pattern?: { readonly matches: RegExp; readonly expected: string }
  readonly from: ParameterSource<Config>
  /** The option that provides or changes the value, if `from` does not name it; for the documentation. */
  readonly option?: string
  /** The canonical name that a form must ask for, if it is not the source itself. */
  readonly formField?: CanonicalName
  /** Formats a value. By default it is formatted by the type. */
  readonly format?: (value: LeadValue, config: Config) => OptionalWireValue
  /**
   * Shortens a text to the limit. Without it, a value that a person entered too long is an issue of its field. The name of
   * a region or a city never is: what is still too long is left out, unless the parameter is required.
   */
  readonly shorten?: (text: string, max: number) => string
  /** The text without the limit, if `from` computes one that keeps to it. */
  readonly whole?: (context: LeadContext) => string
}
