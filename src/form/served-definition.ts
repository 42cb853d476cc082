import type { FormDefinition } from './definition.ts'

/** How a form looks, as its relay serves it. What the page says goes before. */
export interface ServedLooks {
  readonly theme?: string
  readonly look?: string
  /** Values of `--anketa-…` properties, by their names without the prefix. */
  readonly colors?: Readonly<Record<string, string>>
}

/**
 * Whether a relay's response is a definition. The relay has validated it, and an old script must accept the definitions of
 * a newer relay, so this checks only what the form cannot work without.
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
