import type { ConsentDefinition, FieldChanges, Operator } from '../../form/definition.ts'
import type { CompositeName } from '../../fields/composites.ts'
import type { FieldValue, KnownFieldName } from '../../fields/fields.ts'
import type { FormInput } from '../../form/define-form.ts'
import type { Messages } from '../../i18n/messages/messages.ts'
import type { CustomName, LeadValues } from '../../lead/values.ts'
import type { Provider } from '../../providers/core/provider.ts'
import type { providers } from '../../providers/registry.ts'
import type { StaticPlaceList } from '../../places/static-place-list.ts'
import type { FormEventDetails, FormEventName } from './event-details.ts'
import {
  type OptionType,
  urlOption,
  functionOption,
  enumOption,
  integerOption,
  eitherOption,
  booleanOption,
  listOption,
  objectOption,
  relayOption,
  textOption,
} from './option-type.ts'

/** Light, dark, or the setting of the person's device. */
export const themes = ['light', 'dark', 'auto'] as const

/** Built-in looks, each a set of custom properties. */
export const looks = ['plain', 'soft', 'bold', 'bank'] as const

/** A lead that is about to be sent, as `beforeSubmit` gets it. */
export interface OutgoingLead {
  readonly leadId: string
  readonly values: LeadValues
}

/** What a page finds wrong with a lead; `field` is empty where that is no field in particular. */
export interface PageIssue {
  readonly field?: string
  readonly message: string
}

/**
 * Called before a lead is sent, and awaited. The lead is not sent if it returns `false` or issues, or throws, and the
 * person sees that.
 */
export type BeforeSubmit = (lead: OutgoingLead) => unknown

/** A page's own rules, by the names of the fields. A rule returns what is wrong with a value, which may be missing. */
export type ValidationRules = {
  readonly [Name in KnownFieldName | CustomName]?: (
    value: Name extends keyof LeadValues ? LeadValues[Name] : FieldValue | undefined,
    values: LeadValues,
  ) => string | undefined
}

/** What a page changes of the fields of its form, by their names in the definition. */
export type FieldsOption = Readonly<
  Partial<Record<KnownFieldName | CompositeName | CustomName, FieldChanges>>
>

/**
 * What has to be done when an option of a shown form changes:
 * - `source`: the form is loaded again, for it or its delivery comes from elsewhere;
 * - `definition`: the same, for the form asks something else;
 * - `render`: the form is rendered again;
 * - `live`: nothing, for the option is read when it is needed.
 */
export type OptionEffect = 'source' | 'definition' | 'render' | 'live'

/** One option of a form. */
export interface OptionSpec<Value> {
  readonly type: OptionType<Value>
  readonly affects: OptionEffect
  /** `false` for a function, which an attribute cannot hold. */
  readonly attribute?: false
}

const severityOption = enumOption('warn', 'error')
const eventCallback = <Name extends FormEventName>() =>
  ({
    type: functionOption<(detail: FormEventDetails[Name]) => unknown>(),
    affects: 'live',
    attribute: false,
  }) as const

/**
 * Every option of a form. Types, attributes, checks, the table in the documentation and the JSON Schema follow from
 * this table. What each option means is in `descriptions.ts`, which no page loads.
 */
export const optionsTable = {
  relay: { type: relayOption, affects: 'source' },
  provider: { type: eitherOption(textOption, objectOption<AnyProvider>()), affects: 'source' },
  providerOptions: { type: objectOption<object>(), affects: 'source' },
  exposeCredentials: { type: booleanOption, affects: 'source' },
  form: { type: eitherOption(objectOption<FormInput>(), textOption), affects: 'definition' },
  values: { type: objectOption<LeadValues>(), affects: 'live' },
  prefillFromUrl: { type: listOption(textOption), affects: 'live' },
  locale: { type: textOption, affects: 'render' },
  messages: { type: eitherOption(objectOption<Messages>(), textOption), affects: 'render' },
  theme: { type: enumOption(...themes), affects: 'render' },
  look: { type: enumOption(...looks), affects: 'render' },
  shadow: { type: booleanOption, affects: 'render' },
  stylesheet: { type: urlOption, affects: 'render' },
  channel: { type: textOption, affects: 'live' },
  subId1: { type: textOption, affects: 'live' },
  subId2: { type: textOption, affects: 'live' },
  subId3: { type: textOption, affects: 'live' },
  subId4: { type: textOption, affects: 'live' },
  subId5: { type: textOption, affects: 'live' },
  attributionDays: { type: integerOption, affects: 'live' },
  operator: { type: objectOption<Operator>(), affects: 'definition' },
  policyUrl: { type: urlOption, affects: 'definition' },
  consents: { type: listOption(objectOption<ConsentDefinition>()), affects: 'definition' },
  consentUrl: { type: urlOption, affects: 'definition' },
  consentVersion: { type: textOption, affects: 'definition' },
  fields: { type: objectOption<FieldsOption>(), affects: 'definition' },
  places: { type: objectOption<StaticPlaceList | StaticPlaceList['cities']>(), affects: 'render' },
  passportExpiry: { type: severityOption, affects: 'definition' },
  minimumAge: { type: integerOption, affects: 'definition' },
  maximumAge: { type: integerOption, affects: 'definition' },
  metrika: { type: listOption(eitherOption(integerOption, textOption)), affects: 'live' },
  dataLayer: { type: eitherOption(booleanOption, textOption), affects: 'live' },
  vk: { type: eitherOption(integerOption, textOption), affects: 'live' },
  goalPrefix: { type: textOption, affects: 'live' },
  variant: { type: textOption, affects: 'live' },
  redirect: { type: urlOption, affects: 'live' },
  redirectDeclined: { type: urlOption, affects: 'live' },
  redirectDuplicate: { type: urlOption, affects: 'live' },
  history: { type: booleanOption, affects: 'render' },
  popup: { type: eitherOption(booleanOption, textOption), affects: 'render' },
  draft: { type: integerOption, affects: 'render' },
  test: { type: booleanOption, affects: 'source' },
  validate: { type: objectOption<ValidationRules>(), affects: 'live', attribute: false },
  beforeSubmit: { type: functionOption<BeforeSubmit>(), affects: 'live', attribute: false },
  onReady: eventCallback<'ready'>(),
  onStep: eventCallback<'step'>(),
  onIssues: eventCallback<'issues'>(),
  onSubmit: eventCallback<'submit'>(),
  onOutcome: eventCallback<'outcome'>(),
  onError: eventCallback<'error'>(),
  onOffer: eventCallback<'offer'>(),
} as const satisfies Readonly<Record<string, OptionSpec<unknown>>>

/** The name of an option, as JavaScript spells it. */
export type OptionName = keyof typeof optionsTable

/** Names of the options that have one of some effects. */
export type OptionNameWith<Effect extends OptionEffect> = {
  [Name in OptionName]: (typeof optionsTable)[Name]['affects'] extends Effect ? Name : never
}[OptionName]

/** The names of all options. */
export const optionNames: readonly OptionName[] = Object.keys(optionsTable).filter(isOptionName)

/** Whether there is such an option. */
export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(optionsTable, name)
}

/** The row of an option. */
export function optionSpec(name: OptionName): OptionSpec<unknown> {
  return optionsTable[name]
}

/** Whether a change of an option has one of some effects. */
export function hasEffect(name: OptionName, ...effects: readonly OptionEffect[]): boolean {
  return effects.includes(optionsTable[name].affects)
}

/** Whether some options define a part of the form. */
export function definesForm(options: object): boolean {
  return Object.keys(options).some((name) => isOptionName(name) && hasEffect(name, 'definition'))
}

type ProviderRegistry = typeof providers
type ProviderConfig<Adapter> = Adapter extends Provider<infer Config> ? Partial<Config> : never

/** A provider by its name, which the script resolves, or the adapter itself, imported from npm. */
export type ProviderSource = {
  readonly [Name in keyof ProviderRegistry]: {
    readonly provider: Name | ProviderRegistry[Name]
    /** The provider's own options. */
    readonly providerOptions: ProviderConfig<ProviderRegistry[Name]>
  }
}[keyof ProviderRegistry]

/** An adapter. */
export type AnyProvider = ProviderRegistry[keyof ProviderRegistry]
