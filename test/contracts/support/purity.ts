import { vi } from 'vitest'

/** Makes the clock, randomness and the network throw. */
export function forbidImpureGlobals(): void {
  const forbidden = (): never => {
    throw new Error('an adapter used the clock, randomness or the network')
  }
  vi.spyOn(Date, 'now').mockImplementation(forbidden)
  vi.spyOn(Math, 'random').mockImplementation(forbidden)
  vi.stubGlobal('fetch', forbidden)
  vi.stubGlobal('crypto', undefined)
  vi.stubGlobal('setTimeout', forbidden)
  const RealDate = Date
  class ExplicitDate extends RealDate {
    constructor(...args: readonly [] | readonly [value: string | number | Date]) {
      if (args.length === 0) forbidden()
      super(args[0] ?? 0)
    }
  }
  vi.stubGlobal('Date', ExplicitDate)
}

/** Freezes a value and everything in it, so that writing to it throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
