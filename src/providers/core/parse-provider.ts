import type { BaseConfig } from './field-rules.ts'
import type { Provider } from './provider.ts'

/** Takes an adapter for what it is; nothing for anything else. */
export function parseProvider(candidate: unknown): Provider<BaseConfig> | undefined {
  const { name, config, secrets, parameters, operations }: Partial<Provider<BaseConfig>> = Object(candidate)
  const complete =
    typeof name === 'string' &&
    typeof config === 'object' &&
    Array.isArray(secrets) &&
    typeof parameters === 'function' &&
    typeof operations?.create?.request === 'function'
  return complete ? (candidate as Provider<BaseConfig>) : undefined
}
