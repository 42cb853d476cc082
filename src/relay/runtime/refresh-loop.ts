import type { Clock } from 'pg-boss'

/** A refresh that is repeated until it is stopped. */
export interface RefreshLoop {
  stop(): void
}

/** Options of a refresh loop; all times in milliseconds. */
export interface RefreshLoopOptions {
  readonly clock: Clock
  /** Refreshes once; `false` if something is still out of date. Never rejects. */
  readonly refresh: () => Promise<boolean>
  /** The pause before the first refresh; none by default. */
  readonly initialDelayMs?: number
  /** The pause after a complete refresh. */
  readonly nextDelayMs: () => number
}

/** Pauses after an incomplete refresh: they double from the first to the second. */
const minRetryMs = 60_000
const maxRetryMs = 3600 * 1000

/** Starts to refresh in the background. */
export function startRefreshLoop({
  clock,
  refresh,
  initialDelayMs = 0,
  nextDelayMs,
}: RefreshLoopOptions): RefreshLoop {
  let timer: unknown
  let failures = 0
  let stopped = false

  async function run(): Promise<void> {
    const complete = await refresh()
    if (stopped) return
    failures = complete ? 0 : failures + 1
    schedule(complete ? nextDelayMs() : Math.min(minRetryMs * 2 ** (failures - 1), maxRetryMs))
  }

  function schedule(delayMs: number): void {
    if (delayMs > 0) timer = clock.setTimeout(() => void run(), delayMs)
    else void run()
  }
  schedule(initialDelayMs)

  return {
    stop() {
      stopped = true
      clock.clearTimeout(timer)
    },
  }
}
