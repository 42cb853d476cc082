import { pickValue, spreadValue } from '../fields/fields.ts'
import type { LeadValues } from '../lead/values.ts'
import { holds } from './condition.ts'
import type { FieldRequest, FormDefinition, StepDefinition } from './definition.ts'

/** A step that is shown, with the fields of it that are asked. */
export interface FlowStep extends StepDefinition {
  readonly fields: readonly FieldRequest[]
}

/** What is asked for some values, in order, and those of the values that it covers. */
export interface Flow {
  readonly steps: readonly FlowStep[]
  readonly values: LeadValues
}

/**
 * The definition with what it implies spelled out: a patronymic that is asked for brings the box "no patronymic",
 * and is not asked when the box is ticked.
 */
export function withImpliedFields(definition: FormDefinition): FormDefinition {
  const asksBox = definition.steps.some((step) => step.fields.some(({ name }) => name === 'noMiddleName'))
  const steps = definition.steps.map((step) => ({
    ...step,
    fields: step.fields.flatMap((field) => implied(field, asksBox)),
  }))
  return { ...definition, steps }
}

/**
 * Works out what is shown for the values entered so far. What is hidden counts for nothing, also in the conditions of
 * others, so it goes round until nothing changes.
 */
export function resolveFlow(definition: FormDefinition, entered: LeadValues): Flow {
  let steps = shown(definition, entered)
  let values = covered(steps, entered)
  // Conditions that contradict themselves in a circle would go on for ever; real ones settle in as many rounds as
  // they are deep.
  const deepest = definition.steps.reduce((sum, step) => sum + 1 + step.fields.length, 0)
  for (let round = 0; round < deepest; round += 1) {
    const next = shown(definition, values)
    const nextValues = covered(next, entered)
    if (names(next) === names(steps)) break
    steps = next
    values = nextValues
  }
  return { steps, values }
}

function shown(definition: FormDefinition, values: LeadValues): readonly FlowStep[] {
  return definition.steps
    .filter((step) => !step.when || holds(step.when, values))
    .map((step) => ({
      ...step,
      fields: step.fields.filter((field) => !field.when || holds(field.when, values)),
    }))
}

function covered(steps: readonly FlowStep[], entered: LeadValues): LeadValues {
  let values: LeadValues = {}
  for (const { name } of steps.flatMap((step) => step.fields)) {
    const value = pickValue(name, entered)
    if (value !== undefined) values = { ...values, ...spreadValue(name, value) }
  }
  return values
}

function names(steps: readonly FlowStep[]): string {
  return steps.map((step) => [step.id, ...step.fields.map((field) => field.name)].join()).join(';')
}

function implied(field: FieldRequest, asksBox: boolean): readonly FieldRequest[] {
  // Nobody has to tick the box.
  if (field.name === 'noMiddleName') return [{ ...field, required: false }]
  if (field.name !== 'middleName' || (field.required === false && !asksBox)) return [field]
  const has: FieldRequest['when'] = { not: { field: 'noMiddleName', equals: true } }
  const box: FieldRequest = { name: 'noMiddleName', required: false, when: field.when }
  const unlessTicked = { ...field, when: field.when ? { all: [field.when, has] } : has }
  return asksBox ? [unlessTicked] : [unlessTicked, box]
}
