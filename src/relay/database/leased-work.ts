import type { Clock } from 'pg-boss'
import { describeError, type Log } from '../log.ts'
import { yieldToEventLoop } from '../runtime/waits.ts'
import type { Lease, Leases } from './leases.ts'

/** Work in the background that one relay at a time does, again and again, until it is stopped. */
export interface LeasedWork {
  /** Begins a round now, unless one is under way. */
  wake(): void
  /** Begins no further step; resolves when the one under way has ended. */
  stop(): Promise<void>
}

/** One round of the work, while this process holds the lease. */
export interface WorkRound {
  readonly lease: Lease
  /**
   * Repeats `step` until it returns 0 or the relay stops, and returns the sum. Other work gets its turn between two
   * steps.
   */
  repeat(step: () => Promise<number>): Promise<number>
}

/** Options of {@link startLeasedWork}. */
export interface LeasedWorkOptions {
  readonly leases: Leases
  /** The name of the lease. */
  readonly name: string
  readonly work: (round: WorkRound) => Promise<void>
  /** The pause between the beginnings of two rounds. A round that takes longer is not begun twice. */
  readonly intervalMs: number
  /** What the log says when a round fails: the next one goes on. */
  readonly interruption: string
  readonly clock: Clock
  readonly log: Log
}

/** Starts the work: the first round begins at once. */
export function startLeasedWork(options: LeasedWorkOptions): LeasedWork {
  const { leases, name, work, intervalMs, interruption, clock, log } = options
  let stopped = false
  let running: Promise<void> | undefined

  async function repeat(step: () => Promise<number>): Promise<number> {
    let sum = 0
    for (let count = -1; count !== 0 && !stopped;) {
      count = await step()
      sum += count
      await yieldToEventLoop()
    }
    return sum
  }

  async function run(): Promise<void> {
    try {
      await leases.run(name, (lease) => work({ lease, repeat }))
    } catch (error) {
      if (!stopped) log('warning', interruption, { fault: describeError(error) })
    }
  }

  function begin(): void {
    if (stopped) return
    running ??= run().finally(() => {
      running = undefined
    })
  }

  const timer = clock.setInterval(begin, intervalMs)
  begin()
  return {
    wake: begin,
    async stop() {
      stopped = true
      clock.clearInterval(timer)
      await running
    },
  }
}
