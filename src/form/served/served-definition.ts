import type { FormDefinition, RelayFeatures } from '../definition.ts'

/** How a form looks, as its relay serves it. What the page says goes before. */
export interface ServedLooks {
  readonly theme?: string | undefined
  readonly look?: string | undefined
  /** Values of `--anketa-…` properties, by their names without the prefix. */
  readonly colors?: Readonly<Record<string, string>> | undefined
}

/** A definition as a relay serves it. */
export interface ServedDefinition extends FormDefinition {
  /** Texts that the widget does not have from the start. */
  readonly texts?: unknown
  readonly looks?: ServedLooks | undefined
  /** Whether the relay counts events of the form. */
  readonly statistics?: true
}

type ServedKey = keyof RelayFeatures | Exclude<keyof ServedDefinition, keyof FormDefinition>

const servedKeys: Readonly<Record<ServedKey, true>> = {
  texts: true,
  looks: true,
  statistics: true,
  partial: true,
  departments: true,
  streets: true,
}

/** A definition as it is written, if a relay has served it. */
export function omitServed(content: object): object {
  return Object.fromEntries(Object.entries(content).filter(([key]) => !Object.hasOwn(servedKeys, key)))
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
