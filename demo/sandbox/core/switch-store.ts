import * as v from 'valibot'
import { isRecord } from './json.ts'
import type { FaultMode } from './fault-modes.ts'

/** The switches that every sandbox has; `Own` are the provider's own ways of answering, beside `strict`. */
export type CommonSwitches<Own extends string> = {
  readonly mode: 'strict' | Own | FaultMode
  /** How many requests the mode lasts for before `strict` returns; null: until it is changed. */
  readonly times: number | null
  /** How late `slow` answers, in milliseconds. */
  readonly slowMs: number
}

/** The common switches as a schema's entries; `mode` is each sandbox's own. */
export const commonSwitches = {
  times: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  slowMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000)),
}

/** The common switches of a sandbox that nobody has touched. */
export const defaultCommonSwitches = { mode: 'strict', times: null, slowMs: 5000 } as const

/** Holds the switches and the requests that wait for the mode to change. */
export type SwitchStore<Switches> = {
  current(): Switches
  /** Applies a change of some switches; returns what is wrong with it, and then nothing has changed. */
  change(change: unknown): readonly string[]
  /** Ends one request under the present mode, counted against `times`. */
  countRequest(): void
  /** Resolves when somebody sets a mode other than `hold`. */
  waitForRelease(): Promise<void>
}

/** Creates a switchboard; throws if the initial switches make no sense. */
export function createSwitchStore<Switches extends CommonSwitches<string>>(
  schema: v.GenericSchema<unknown, Switches>,
  defaults: Switches,
  initial: Partial<Switches> = {},
): SwitchStore<Switches> {
  let switches = defaults
  let held: (() => void)[] = []

  function change(wanted: unknown): readonly string[] {
    if (!isRecord(wanted)) return ['a JSON object is expected']
    // A mode named without `times` lasts until it is changed.
    const modeWasSet = 'mode' in wanted
    const renewed = modeWasSet ? { ...switches, times: null } : switches
    const result = v.safeParse(schema, { ...renewed, ...wanted })
    if (!result.success) {
      return result.issues.map((issue) => `${v.getDotPath(issue) ?? 'switches'}: ${issue.message}`)
    }
    const { output } = result
    switches = output.mode === 'strict' ? v.parse(schema, { ...output, times: null }) : output
    // A `hold` that ran out of times leaves its requests held: only a mode that somebody sets frees them.
    if (modeWasSet && switches.mode !== 'hold') {
      for (const release of held) release()
      held = []
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
    waitForRelease: () => new Promise((resolve) => held.push(resolve)),
  }
}
