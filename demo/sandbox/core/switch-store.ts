import * as v from 'valibot'
import { isRecord } from './json.ts'
import type { FaultMode } from './fault-modes.ts'

/** The switches of every sandbox. `Own` are the provider's own modes. */
export type CommonSwitches<Own extends string> = {
  readonly mode: 'strict' | Own | FaultMode
  /** The number of requests after which the mode returns to `strict`; null if it stays until it is changed. */
  readonly times: number | null
  /** The delay of `slow`, in milliseconds. */
  readonly slowMs: number
}

/** The schema entries of the common switches, without `mode`, which depends on the sandbox. */
export const commonSwitches = {
  times: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  slowMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000)),
}

/** The initial values of the common switches. */
export const defaultCommonSwitches = { mode: 'strict', times: null, slowMs: 5000 } as const

/** The switches, and the requests that wait for a change of the mode. */
export type SwitchStore<Switches> = {
  current(): Switches
  /** Changes some switches. Returns the problems of an invalid change, which is not applied. */
  change(change: unknown): readonly string[]
  /** Counts one request in the current mode against `times`. */
  countRequest(): void
  /** Resolves when a mode other than `hold` is set. */
  waitForRelease(): Promise<void>
}

/** Creates a store of switches. Throws if the initial switches are invalid. */
export function createSwitchStore<Switches extends CommonSwitches<string>>(
  schema: v.GenericSchema<unknown, Switches>,
  defaults: Switches,
  initial: Partial<Switches> = {},
): SwitchStore<Switches> {
  let switches = defaults
  let releases: (() => void)[] = []

  function change(changes: unknown): readonly string[] {
    if (!isRecord(changes)) return ['a JSON object is expected']
    // A mode set without `times` stays until it is changed.
    const setsMode = 'mode' in changes
    const base = setsMode ? { ...switches, times: null } : switches
    const result = v.safeParse(schema, { ...base, ...changes })
    if (!result.success) {
      return result.issues.map((issue) => `${v.getDotPath(issue) ?? 'switches'}: ${issue.message}`)
    }
    const { output } = result
    switches = output.mode === 'strict' ? v.parse(schema, { ...output, times: null }) : output
    // Requests stay held when `hold` expires by `times`: only setting another mode releases them.
    if (setsMode && switches.mode !== 'hold') {
      for (const release of releases) release()
      releases = []
    }
    return []
  }

  const problems = change(initial)
  if (problems.length > 0) throw new Error(`sandbox: wrong initial switches: ${problems.join('; ')}`)

  return {
    current: () => switches,
    change,
    countRequest() {
      const { times } = switches
      if (times === 1) switches = v.parse(schema, { ...switches, mode: 'strict', times: null })
      else if (times !== null) switches = v.parse(schema, { ...switches, times: times - 1 })
    },
    waitForRelease: () => new Promise((resolve) => releases.push(resolve)),
  }
}
