import type { ConsentDefinition, Operator } from '../../form/definition.ts'
import type { FormInput } from '../../form/form-input.ts'
import type { Messages } from '../../i18n/messages.ts'
import type { LeadValues } from '../../lead/values.ts'
import type { PlaceList } from '../../places/place-list.ts'
import type { FormEventDetails, FormEventName } from '../form-event-details.ts'
import { looks, themes } from './looks.ts'
import { address, callback, choice, count, either, flag, list, structure, text } from './option-kind.ts'
import type { AnyProvider } from './provider-source.ts'

/** A lead on its way out, as `beforeSubmit` sees it. */
export interface OutgoingLead {
  readonly leadId: string
  readonly values: LeadValues
}

/** Called before a lead leaves; `false`, or an exception, keeps it, and the person is told so. */
export type BeforeSubmit = (lead: OutgoingLead) => unknown

const severity = choice('warn', 'error')
const told = <Name extends FormEventName>() => callback<(detail: FormEventDetails[Name]) => unknown>()

/**
 * Every option of a form and its kind. Types, attributes, checks, the table in the documentation and the JSON Schema
 * follow from this table; what each option means stands in `option-guide.ts`, which no page loads.
 */
export const optionsTable = {
  relay: address,
  provider: either(text, structure<AnyProvider>()),
  providerOptions: structure<object>(),
  exposeCredentials: flag,
  form: either(structure<FormInput>(), text),
  values: structure<LeadValues>(),
  prefillFromUrl: list(text),
  locale: text,
  messages: either(structure<Messages>(), text),
  theme: choice(...themes),
  look: choice(...looks),
  shadow: flag,
  channel: text,
  subId1: text,
  subId2: text,
  subId3: text,
  subId4: text,
  subId5: text,
  attributionDays: count,
  operator: structure<Operator>(),
  policyUrl: address,
  consents: list(structure<ConsentDefinition>()),
  consentUrl: address,
  consentVersion: text,
  places: structure<PlaceList | PlaceList['cities']>(),
  passportExpiry: severity,
  minimumAge: count,
  maximumAge: count,
  metrika: list(either(count, text)),
  dataLayer: either(flag, text),
  vk: either(count, text),
  redirect: address,
  test: flag,
  beforeSubmit: callback<BeforeSubmit>(),
  onReady: told<'ready'>(),
  onStep: told<'step'>(),
  onIssues: told<'issues'>(),
  onSubmit: told<'submit'>(),
  onOutcome: told<'outcome'>(),
  onError: told<'error'>(),
} as const

/** The name of an option, as JavaScript spells it. */
export type OptionName = keyof typeof optionsTable

/** Whether there is such an option. */
export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(optionsTable, name)
}
