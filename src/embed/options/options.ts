import type { FormInput } from '../../form/form-input.ts'
import type { GivenOf, ValueOf } from './option-kind.ts'
import type { OptionName, optionsTable } from './options-table.ts'
import type { ProviderSource } from './provider-source.ts'

/** Options as they were read, each of which may be missing. */
export type AnyOptions = {
  readonly [Name in OptionName]?: ValueOf<(typeof optionsTable)[Name]> | undefined
}

/** Options as a page gives them, each of which may be missing. */
export type OptionChanges = {
  readonly [Name in OptionName]?: GivenOf<(typeof optionsTable)[Name]> | undefined
}

/** What says where a lead goes. */
type SourceName = 'relay' | 'provider' | 'providerOptions' | 'exposeCredentials' | 'form' | 'test'

type Source =
  | Only<{
      /** The form's endpoint on a relay: `https://…/forms/main`. */
      readonly relay: string
      /** Asked instead of what the relay's definition asks. */
      readonly form?: string | FormInput | undefined
      readonly test?: boolean | undefined
    }>
  | Only<
      ProviderSource & {
        readonly form: string | FormInput
        /** Says in so many words that everybody who opens the page may have the provider's secrets. */
        readonly exposeCredentials?: boolean | undefined
        readonly test?: boolean | undefined
      }
    >
  | Only<{ readonly test: true; readonly form: string | FormInput }>

/** A source that has none of the other sources' options. */
type Only<Own> = Own & { readonly [Name in Exclude<SourceName, KeyOf<Own>>]?: undefined }
type KeyOf<Union> = Union extends unknown ? keyof Union : never

/**
 * How a form is set up. It has a source: a relay, or a provider and the form's definition, or, for a test in which
 * nothing leaves the page, a definition alone.
 */
export type Options = Omit<OptionChanges, SourceName> & Source
