import { vi } from 'vitest'

/** Makes the clock, chance and the network unusable. */
export function forbidImpureGlobals(): void {
  const forbidden = (): never => {
    throw new Error('an adapter reached for what it was not given')
  }
  vi.spyOn(Date, 'now').mockImplementation(forbidden)
  vi.spyOn(Math, 'random').mockImplementation(forbidden)
  vi.stubGlobal('fetch', forbidden)
  vi.stubGlobal('crypto', undefined)
  vi.stubGlobal('setTimeout', forbidden)
  const RealDate = Date
  class StandingDate extends RealDate {
    constructor(...given: readonly [] | readonly [value: string | number | Date]) {
      if (given.length === 0) forbidden()
      super(given[0] ?? 0)
    }
  }
  vi.stubGlobal('Date', StandingDate)
}

/** Freezes a value and all that it holds, so that whoever writes to it is found out. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
