import { type ConfigParts, hashConfigParts } from '../config/report/config-parts.ts'
import { parseConfig, type RelayConfig } from '../config/config.ts'
import type { ConfigDeps } from '../config/form-config.ts'
import { definitionsOf, usableForms } from '../config/form-lookups.ts'
import { hashConfiguration } from '../http/monitoring/relay-registry.ts'

/** A configuration that has been read, with the files and secrets that it names. */
export interface ConfigReading {
  /** The parsed JSON. */
  readonly candidate: unknown
  readonly config: RelayConfig
  /** The hash that relays of one database compare. */
  readonly hash: string
  readonly parts: ConfigParts
}

/** Reads a configuration (parsed JSON). Throws `ConfigError` if it cannot be used as a whole. */
export async function readConfiguration(candidate: unknown, deps: ConfigDeps): Promise<ConfigReading> {
  const config = await parseConfig(candidate, deps)
  return {
    candidate,
    config,
    hash: await hashConfiguration(candidate, definitionsOf(usableForms(config))),
    parts: await hashConfigParts(candidate, config, deps),
  }
}
