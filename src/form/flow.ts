import { type FieldName, type FieldValue, pickValue, spreadValue } from '../fields/fields.ts'
import type { LeadValues } from '../lead/values.ts'
import { type Condition, isConditionMet } from './condition.ts'
import type { ResolvedStep, ResolvedDefinition } from './expand-definition.ts'

/** The visible steps for some values, and the values of their fields. */
export interface Flow {
  readonly steps: readonly ResolvedStep[]
  readonly values: LeadValues
}

/**
 * Decides the conditions of one round. `visible` contains the fields whose values count; it is `undefined` in the first
 * round, where all of them do.
 */
export type ConditionDecider = (
  visible: ReadonlySet<FieldName> | undefined,
) => (condition: Condition) => boolean

/** Computes the visible steps and fields for the entered values. */
export function resolveFlow(definition: ResolvedDefinition, entered: LeadValues): Flow {
  const valueOf = (name: FieldName): FieldValue | undefined => pickValue(name, entered)
  const steps = resolveSteps(definition, (visible) => {
    const values = visible ? collectValues(visible, valueOf) : entered
    return (condition) => isConditionMet(condition, values)
  })
  return { steps, values: collectValues(fieldNames(steps), valueOf) }
}

/**
 * Computes the visible steps and fields. A hidden field's value counts as missing in other conditions, so the
 * computation repeats until nothing changes. A step with all of its fields is the definition's own object.
 */
export function resolveSteps(
  { steps: all }: ResolvedDefinition,
  decide: ConditionDecider,
): readonly ResolvedStep[] {
  let steps = visibleSteps(all, decide(undefined))
  // Circular conditions would never settle. Others settle in at most as many rounds as there are steps and fields.
  const maxRounds = all.reduce((sum, step) => sum + 1 + step.fields.length, 0)
  for (let round = 0; round < maxRounds; round += 1) {
    const next = visibleSteps(all, decide(fieldNames(steps)))
    if (flowSignature(next) === flowSignature(steps)) break
    steps = next
  }
  return steps
}

/** The canonical values of some fields. */
export function collectValues(
  names: Iterable<FieldName>,
  valueOf: (name: FieldName) => FieldValue | undefined,
): LeadValues {
  const values: LeadValues = {}
  for (const name of names) {
    const value = valueOf(name)
    if (value !== undefined) Object.assign(values, spreadValue(name, value))
  }
  return values
}

/** The names of all fields of some steps, in their order. */
export function fieldNames(steps: readonly ResolvedStep[]): ReadonlySet<FieldName> {
  return new Set(steps.flatMap((step) => step.fields.map(({ name }) => name)))
}

function visibleSteps(
  all: readonly ResolvedStep[],
  isMet: (condition: Condition) => boolean,
): readonly ResolvedStep[] {
  return all
    .filter((step) => !step.when || isMet(step.when))
    .map((step) => {
      const fields = step.fields.filter((field) => !field.when || isMet(field.when))
      return fields.length === step.fields.length ? step : { ...step, fields }
    })
}

function flowSignature(steps: readonly ResolvedStep[]): string {
  return steps.map((step) => [step.id, ...step.fields.map((field) => field.name)].join()).join(';')
}
