import type { Routing } from '../../../src/relay/leads/routing.ts'

/** A routing over destinations with these keys. */
export function createRouting(mode: Routing['mode'], ...keys: readonly string[]): Routing {
  return { mode, destinations: keys.map((key) => ({ key, formerKeys: [] })) }
}
