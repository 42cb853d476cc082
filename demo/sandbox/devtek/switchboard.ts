import { defaultSwitches, parseSwitches, type Mode, type Switches } from './switches.ts'

/** Holds the switches and the requests that wait for the mode to change. */
export type Switchboard = {
  current(): Switches
  /** Applies a change of some switches; returns what is wrong with it, and then nothing has changed. */
  change(change: unknown): readonly string[]
  /** The mode for the lead that has just come, counted against `times`. */
  nextMode(): Mode
  /** Resolves when somebody sets a mode other than `hold`. */
  released(): Promise<void>
}

/** Creates a switchboard; throws if the initial switches make no sense. */
export function createSwitchboard(initial: Partial<Switches> = {}): Switchboard {
  let switches: Switches = defaultSwitches
  let held: (() => void)[] = []

  function change(wanted: unknown): readonly string[] {
    const result = parseSwitches(switches, wanted)
    if ('problems' in result) return result.problems
    const modeWasSet = typeof wanted === 'object' && wanted !== null && 'mode' in wanted
    switches = result.switches
    // A `hold` that ran out of times leaves its requests held: only a mode that somebody sets frees them.
    if (modeWasSet && switches.mode !== 'hold') {
      for (const release of held) release()
      held = []
    }
    return []
  }

  const problems = change(initial)
  if (problems.length > 0) throw new Error(`Devtek sandbox: wrong initial switches: ${problems.join('; ')}`)

  return {
    current: () => switches,
    change,
    nextMode() {
      const { mode, times } = switches
      if (times === 1) switches = { ...switches, mode: 'strict', times: null }
      else if (times !== null) switches = { ...switches, times: times - 1 }
      return mode
    },
    released: () => new Promise((resolve) => held.push(resolve)),
  }
}
