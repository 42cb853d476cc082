import type { FormInput } from '../../form/define-form.ts'
import type { OptionInput, OptionValue } from './option-type.ts'
import type { OptionName, OptionNameWith, optionsTable, ProviderSource } from './options-table.ts'

/** Options after parsing; each may be missing. */
export type ParsedOptions = {
  readonly [Name in OptionName]?: OptionValue<(typeof optionsTable)[Name]['type']> | undefined
}

/** Options as a page passes them; each may be missing. */
export type OptionChanges = {
  readonly [Name in OptionName]?: OptionInput<(typeof optionsTable)[Name]['type']> | undefined
}

/** Options that decide where a form comes from and where its leads go. */
type SourceOptionName = OptionNameWith<'source'> | 'form'

type SourceOptions =
  | Exclusive<{
      /** The form's endpoint on a relay: `https://…/forms/main`. */
      readonly relay: string
      /** Narrows the relay's definition, or repeats it. */
      readonly form?: string | FormInput | undefined
      readonly test?: boolean | undefined
    }>
  | Exclusive<
      ProviderSource & {
        readonly form: string | FormInput
        /** Confirms that everybody who opens the page can read the provider's secrets. */
        readonly exposeCredentials?: boolean | undefined
        readonly test?: boolean | undefined
      }
    >
  | Exclusive<{ readonly test: true; readonly form: string | FormInput }>

/** A source without the options of the other sources. */
type Exclusive<Own> = Own & { readonly [Name in Exclude<SourceOptionName, KeysOfUnion<Own>>]?: undefined }
type KeysOfUnion<Union> = Union extends unknown ? keyof Union : never

/**
 * The options of a form. It has one source: a relay, a provider with the form's definition, or, in test mode where
 * nothing leaves the page, a definition alone.
 */
export type Options = Omit<OptionChanges, SourceOptionName> & SourceOptions
