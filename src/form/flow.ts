import { pickValue, spreadValue } from '../fields/fields.ts'
import type { LeadValues } from '../lead/values.ts'
import { holds } from './condition.ts'
import type { AskedStep, Questionnaire } from './questionnaire.ts'

/** What is asked for some values, in order, and those of the values that it covers. */
export interface Flow {
  readonly steps: readonly AskedStep[]
  readonly values: LeadValues
}

/**
 * Works out what is shown for the values entered so far. What is hidden counts for nothing, also in the conditions of
 * others, so it goes round until nothing changes.
 */
export function resolveFlow({ steps: all }: Questionnaire, entered: LeadValues): Flow {
  let steps = shown(all, entered)
  let values = covered(steps, entered)
  // Conditions that contradict themselves in a circle would go on for ever; real ones settle in as many rounds as
  // they are deep.
  const deepest = all.reduce((sum, step) => sum + 1 + step.fields.length, 0)
  for (let round = 0; round < deepest; round += 1) {
    const next = shown(all, values)
    if (names(next) === names(steps)) break
    steps = next
    values = covered(next, entered)
  }
  return { steps, values }
}

function shown(all: readonly AskedStep[], values: LeadValues): readonly AskedStep[] {
  return all
    .filter((step) => !step.when || holds(step.when, values))
    .map((step) => ({
      ...step,
      fields: step.fields.filter((field) => !field.when || holds(field.when, values)),
    }))
}

function covered(steps: readonly AskedStep[], entered: LeadValues): LeadValues {
  const values: LeadValues = {}
  for (const { name } of steps.flatMap((step) => step.fields)) {
    const value = pickValue(name, entered)
    if (value !== undefined) Object.assign(values, spreadValue(name, value))
  }
  return values
}

function names(steps: readonly AskedStep[]): string {
  return steps.map((step) => [step.id, ...step.fields.map((field) => field.name)].join()).join(';')
}
