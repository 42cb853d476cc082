import type { Route } from '../../../src/relay/delivery-plan.ts'

/** A route over destinations of these keys. */
export function routeOf(mode: Route['mode'], ...keys: readonly string[]): Route {
  return { mode, destinations: keys.map((key) => ({ key, formerKeys: [] })) }
}
