import { pickValue, spreadValue } from '../fields/fields.ts'
import type { LeadValues } from '../lead/values.ts'
import { isConditionMet } from './condition.ts'
import type { ResolvedStep, ResolvedDefinition } from './expand-definition.ts'

/** What is asked for some values, in order, and those of the values that it covers. */
export interface Flow {
  readonly steps: readonly ResolvedStep[]
  readonly values: LeadValues
}

/**
 * Works out what is shown for the values entered so far. What is hidden counts for nothing, also in the conditions of
 * others, so it goes round until nothing changes.
 */
export function resolveFlow({ steps: all }: ResolvedDefinition, entered: LeadValues): Flow {
  let steps = visibleSteps(all, entered)
  let values = visibleValues(steps, entered)
  // Conditions that contradict themselves in a circle would go on for ever; real ones settle in as many rounds as
  // they are deep.
  const deepest = all.reduce((sum, step) => sum + 1 + step.fields.length, 0)
  for (let round = 0; round < deepest; round += 1) {
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
