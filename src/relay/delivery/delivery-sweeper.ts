import type { Clock } from 'pg-boss'
import { elapsedMs } from '../runtime/elapsed-time.ts'
import type { DeliverySweep } from '../leads/recovery/sweep-deliveries.ts'
import { describeError, type Log } from '../log.ts'

/** How often the deliveries are swept. */
const sweepIntervalMs = 60_000

/** How often the clock is looked at, and how far it may go apart from the time that has passed. */
const clockIntervalMs = 5000
const maxDriftMs = 60_000

/** Sweeps the deliveries every minute, and at once after the clock was set. */
export interface DeliverySweeper {
  /** The latest sweep that found deliveries whose job was gone. */
  readonly lastFind: () => { readonly at: Date; readonly deliveries: number } | undefined
  stop(): void
}

/** Starts the sweeper. */
export function startDeliverySweeper({
  sweep,
  clock,
  log,
}: {
  readonly sweep: DeliverySweep
  readonly clock: Clock
  readonly log: Log
}): DeliverySweeper {
  let lastFind: { readonly at: Date; readonly deliveries: number } | undefined
  let running = false
  let drift = clock.now() - elapsedMs(clock)

  async function run(): Promise<void> {
    if (running) return
    running = true
    try {
      const { requeued, pulledBack } = await sweep.run()
      if (requeued > 0) {
        lastFind = { at: new Date(clock.now()), deliveries: requeued }
        log('warning', 'Deliveries whose job was gone are queued again', { deliveries: requeued })
      }
      if (pulledBack > 0)
        log('warning', 'Jobs that were put off too far are due now: the clock was ahead', {
          jobs: pulledBack,
        })
    } catch (error) {
      log('warning', 'Sweeping the deliveries failed, and will be tried again', {
        fault: describeError(error),
      })
    } finally {
      running = false
    }
  }

  const sweepTimer = clock.setInterval(() => void run(), sweepIntervalMs)
  const clockTimer = clock.setInterval(() => {
    const now = clock.now() - elapsedMs(clock)
    if (Math.abs(now - drift) < maxDriftMs) return
    log('warning', 'The clock was set', { seconds: Math.round((now - drift) / 1000) })
    drift = now
    void run()
  }, clockIntervalMs)

  return {
    lastFind: () => lastFind,
    stop() {
      clock.clearInterval(sweepTimer)
      clock.clearInterval(clockTimer)
    },
  }
}
