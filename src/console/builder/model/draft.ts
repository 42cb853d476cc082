import type { AfterOutcome } from '../../../form/after-outcome.ts'
import type { Condition } from '../../../form/condition.ts'
import type {
  ConsentDefinition,
  FieldDefinition,
  LoanConditions,
  Operator,
  StepDefinition,
} from '../../../form/definition.ts'

/**
 * A form that is being built. It has the shape of a definition, and may be incomplete: texts may be empty, and fields of
 * newer definitions may be unknown. Keys that the builder does not know stay in it.
 */
export interface DraftForm {
  readonly id: string
  readonly title?: string | undefined
  readonly steps: readonly DraftStep[]
  readonly consents: readonly ConsentDefinition[]
  readonly consentsAt?: string | undefined
  readonly loan?: LoanConditions | undefined
  readonly operator?: Operator | undefined
  readonly policyUrl?: string | undefined
  readonly minimumAge?: number | undefined
  readonly maximumAge?: number | undefined
  readonly passportExpiry?: 'warn' | 'error' | undefined
  readonly after?: AfterOutcome | undefined
}

/** One screen of a draft. */
export interface DraftStep {
  readonly id: string
  readonly title: string
  readonly kind?: StepDefinition['kind']
  readonly fields: readonly DraftField[]
  readonly when?: Condition | undefined
}

/** A field of a draft. */
export interface DraftField extends Omit<FieldDefinition, 'name' | 'when'> {
  readonly name: string
  readonly when?: Condition | undefined
}

/** How a form looks: options of its page, and values of `--anketa-…` properties by their names without the prefix. */
export interface DraftLooks {
  readonly theme: 'light' | 'dark' | 'auto'
  readonly look: string
  readonly colors: Readonly<Record<string, string>>
}

/** Everything that the builder changes and a version keeps. */
export interface Draft {
  readonly form: DraftForm
  readonly looks: DraftLooks
}

/** Where a field is. */
export interface FieldPlace {
  readonly step: number
  readonly index: number
}

/** What is being dragged: a step, or a field. */
export type Dragged = { readonly step: number } | FieldPlace

/** The part of a form whose settings are shown. */
export type Selection =
  | { readonly part: 'form' }
  | { readonly part: 'step'; readonly step: number }
  | ({ readonly part: 'field' } & FieldPlace)
  | { readonly part: 'consents' }
  | { readonly part: 'looks' }
  | { readonly part: 'after' }

/** A form of one empty step. */
export function createEmptyForm(id: string, stepTitle: string): DraftForm {
  return { id, title: '', steps: [{ id: 'step-1', title: stepTitle, fields: [] }], consents: [] }
}

/** The looks of a page that says nothing about them. */
export const plainLooks: DraftLooks = { theme: 'light', look: 'plain', colors: {} }
