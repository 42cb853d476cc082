import { pickValue, spreadValue } from '../fields/fields.ts'
import type { LeadValues } from '../lead/values.ts'
import { isConditionMet } from './condition.ts'
import type { ResolvedStep, ResolvedDefinition } from './expand-definition.ts'

/** The visible steps for some values, and the values of their fields. */
export interface Flow {
  readonly steps: readonly ResolvedStep[]
  readonly values: LeadValues
}

/**
 * Computes the visible steps and fields for the entered values. A hidden field's value counts as missing in other
 * conditions, so the computation repeats until nothing changes.
 */
export function resolveFlow({ steps: all }: ResolvedDefinition, entered: LeadValues): Flow {
  let steps = visibleSteps(all, entered)
  let values = visibleValues(steps, entered)
  // Circular conditions would never settle. Others settle in at most as many rounds as there are steps and fields.
  const maxRounds = all.reduce((sum, step) => sum + 1 + step.fields.length, 0)
  for (let round = 0; round < maxRounds; round += 1) {
    const next = visibleSteps(all, values)
    if (flowSignature(next) === flowSignature(steps)) break
    steps = next
    values = visibleValues(next, entered)
  }
  return { steps, values }
}

function visibleSteps(all: readonly ResolvedStep[], values: LeadValues): readonly ResolvedStep[] {
  return all
    .filter((step) => !step.when || isConditionMet(step.when, values))
    .map((step) => ({
      ...step,
      fields: step.fields.filter((field) => !field.when || isConditionMet(field.when, values)),
    }))
}

function visibleValues(steps: readonly ResolvedStep[], entered: LeadValues): LeadValues {
  const values: LeadValues = {}
  for (const { name } of steps.flatMap((step) => step.fields)) {
    const value = pickValue(name, entered)
    if (value !== undefined) Object.assign(values, spreadValue(name, value))
  }
  return values
}

function flowSignature(steps: readonly ResolvedStep[]): string {
  return steps.map((step) => [step.id, ...step.fields.map((field) => field.name)].join()).join(';')
}
