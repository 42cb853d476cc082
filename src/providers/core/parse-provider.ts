import type { BaseConfig } from './field-rules.ts'
import type { Provider } from './provider.ts'

/** A value as an adapter. Returns `undefined` if it does not have an adapter's members. */
export function parseProvider(candidate: unknown): Provider<BaseConfig> | undefined {
  const { name, config, secrets, parameters, operations }: Partial<Provider<BaseConfig>> = Object(candidate)
  const isProvider =
    typeof name === 'string' &&
    typeof config === 'object' &&
    Array.isArray(secrets) &&
    typeof parameters === 'function' &&
    typeof operations?.create?.request === 'function'
  return isProvider ? (candidate as Provider<BaseConfig>) : undefined
}
