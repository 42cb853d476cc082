import type { FieldDefinition, FormDefinition, StepDefinition } from '../../src/form/definition.ts'

/** The consent that every form needs. */
export const processing = {
  id: 'processing',
  required: true,
  documentUrl: 'https://example.ru/consent/2026-09-01.html',
  version: '2026-09-01',
} as const

/** A definition with one step for each list of fields. */
export function define(...steps: readonly (readonly FieldDefinition[])[]): FormDefinition {
  return defineSteps(steps.map((fields, index) => ({ id: `step-${index}`, title: 'Шаг', fields })))
}

/** A definition with these steps. */
export function defineSteps(steps: readonly StepDefinition[]): FormDefinition {
  return {
    id: 'test',
    steps,
    operator: { name: 'ООО Пример' },
    policyUrl: 'https://example.ru/policy',
    consents: [processing],
  }
}
