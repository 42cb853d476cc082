import type { ConsentDefinition, Operator } from '../../form/definition.ts'
import type { FormInput } from '../../form/define-form.ts'
import type { Messages } from '../../i18n/messages/messages.ts'
import type { LeadValues } from '../../lead/values.ts'
import type { StaticPlaceList } from '../../places/static-place-list.ts'
import type { FormEventDetails, FormEventName } from './event-details.ts'
import {
  urlOption,
  functionOption,
  enumOption,
  integerOption,
  eitherOption,
  booleanOption,
  listOption,
  objectOption,
  textOption,
} from './option-type.ts'
import type { Provider } from '../../providers/core/provider.ts'
import type { providers } from '../../providers/registry.ts'

/** Light, dark, or as the person's device is set. */
export const themes = ['light', 'dark', 'auto'] as const

/** Ready looks, each a set of custom properties. */
export const looks = ['plain', 'soft', 'bold'] as const

/** A lead on its way out, as `beforeSubmit` sees it. */
export interface OutgoingLead {
  readonly leadId: string
  readonly values: LeadValues
}

/** Called before a lead leaves; `false`, or an exception, keeps it, and the person is told so. */
export type BeforeSubmit = (lead: OutgoingLead) => unknown

const severityOption = enumOption('warn', 'error')
const eventCallback = <Name extends FormEventName>() =>
  functionOption<(detail: FormEventDetails[Name]) => unknown>()

/**
 * Every option of a form and its kind. Types, attributes, checks, the table in the documentation and the JSON Schema
 * follow from this table; what each option means stands in `option-guide.ts`, which no page loads.
 */
export const optionsTable = {
  relay: urlOption,
  provider: eitherOption(textOption, objectOption<AnyProvider>()),
  providerOptions: objectOption<object>(),
  exposeCredentials: booleanOption,
  form: eitherOption(objectOption<FormInput>(), textOption),
  values: objectOption<LeadValues>(),
  prefillFromUrl: listOption(textOption),
  locale: textOption,
  messages: eitherOption(objectOption<Messages>(), textOption),
  theme: enumOption(...themes),
  look: enumOption(...looks),
  shadow: booleanOption,
  channel: textOption,
  subId1: textOption,
  subId2: textOption,
  subId3: textOption,
  subId4: textOption,
  subId5: textOption,
  attributionDays: integerOption,
  operator: objectOption<Operator>(),
  policyUrl: urlOption,
  consents: listOption(objectOption<ConsentDefinition>()),
  consentUrl: urlOption,
  consentVersion: textOption,
  places: objectOption<StaticPlaceList | StaticPlaceList['cities']>(),
  passportExpiry: severityOption,
  minimumAge: integerOption,
  maximumAge: integerOption,
  metrika: listOption(eitherOption(integerOption, textOption)),
  dataLayer: eitherOption(booleanOption, textOption),
  vk: eitherOption(integerOption, textOption),
  redirect: urlOption,
  test: booleanOption,
  beforeSubmit: functionOption<BeforeSubmit>(),
  onReady: eventCallback<'ready'>(),
  onStep: eventCallback<'step'>(),
  onIssues: eventCallback<'issues'>(),
  onSubmit: eventCallback<'submit'>(),
  onOutcome: eventCallback<'outcome'>(),
  onError: eventCallback<'error'>(),
} as const

/** The name of an option, as JavaScript spells it. */
export type OptionName = keyof typeof optionsTable

/** Whether there is such an option. */
export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(optionsTable, name)
}

type ProviderRegistry = typeof providers
type ProviderConfig<Adapter> = Adapter extends Provider<infer Config> ? Partial<Config> : never

/** A provider by its name, which the landing page script knows, or as the adapter itself, which npm has. */
export type ProviderSource = {
  readonly [Name in keyof ProviderRegistry]: {
    readonly provider: Name | ProviderRegistry[Name]
    /** The provider's own options. */
    readonly providerOptions: ProviderConfig<ProviderRegistry[Name]>
  }
}[keyof ProviderRegistry]

/** An adapter. */
export type AnyProvider = ProviderRegistry[keyof ProviderRegistry]
