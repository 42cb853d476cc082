import type { FormDefinition } from './definition.ts'

/**
 * Whether an answer is a definition as a relay serves it. The relay has checked it; a script that is older than its
 * relay must not stumble over what it does not know yet, so only what nothing works without is looked at.
 */
export function isServedDefinition(candidate: unknown): candidate is FormDefinition {
  const served: Partial<FormDefinition> = Object(candidate)
  return (
    Array.isArray(served.steps) &&
    served.steps.every((step) => typeof step?.id === 'string' && Array.isArray(step.fields)) &&
    typeof served.operator?.name === 'string' &&
    typeof served.policyUrl === 'string' &&
    Array.isArray(served.consents)
  )
}
