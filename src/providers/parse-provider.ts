import type { Provider } from './provider.ts'
import type { WithRules } from './write-parameters.ts'

/** Takes an adapter for what it is; nothing for anything else. */
export function parseProvider(candidate: unknown): Provider<WithRules> | undefined {
  const { name, config, secrets, parameters, operations }: Partial<Provider<WithRules>> = Object(candidate)
  const complete =
    typeof name === 'string' &&
    typeof config === 'object' &&
    Array.isArray(secrets) &&
    typeof parameters === 'function' &&
    typeof operations?.create?.request === 'function'
  return complete ? (candidate as Provider<WithRules>) : undefined
}
