import type { FormInput } from '../../form/define-form.ts'
import type { OptionInput, OptionValue } from './option-type.ts'
import type { OptionName, optionsTable, ProviderSource } from './options-table.ts'
/** Options as they were read, each of which may be missing. */
export type ParsedOptions = {
  readonly [Name in OptionName]?: OptionValue<(typeof optionsTable)[Name]> | undefined
}

/** Options as a page gives them, each of which may be missing. */
export type OptionChanges = {
  readonly [Name in OptionName]?: OptionInput<(typeof optionsTable)[Name]> | undefined
}

/** What says where a lead goes. */
type SourceOptionName = 'relay' | 'provider' | 'providerOptions' | 'exposeCredentials' | 'form' | 'test'

type SourceOptions =
  | Exclusive<{
      /** The form's endpoint on a relay: `https://…/forms/main`. */
      readonly relay: string
      /** Asked instead of what the relay's definition asks. */
      readonly form?: string | FormInput | undefined
      readonly test?: boolean | undefined
    }>
  | Exclusive<
      ProviderSource & {
        readonly form: string | FormInput
        /** Says in so many words that everybody who opens the page may have the provider's secrets. */
        readonly exposeCredentials?: boolean | undefined
        readonly test?: boolean | undefined
      }
    >
  | Exclusive<{ readonly test: true; readonly form: string | FormInput }>

/** A source that has none of the other sources' options. */
type Exclusive<Own> = Own & { readonly [Name in Exclude<SourceOptionName, KeysOfUnion<Own>>]?: undefined }
type KeysOfUnion<Union> = Union extends unknown ? keyof Union : never

/**
 * How a form is set up. It has a source: a relay, or a provider and the form's definition, or, for a test in which
 * nothing leaves the page, a definition alone.
 */
export type Options = Omit<OptionChanges, SourceOptionName> & SourceOptions
