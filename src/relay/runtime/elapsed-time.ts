import { type Clock, systemClock } from 'pg-boss'

/** What a clock that a test drives has shown so far. */
interface Progress {
  last: number
  elapsed: number
}

const progressByClock = new WeakMap<Clock, Progress>()

/**
 * Milliseconds since an arbitrary moment. They pass evenly however the time of day is set, which people and time servers
 * do. For pauses and limits inside this process; a moment that is stored or shown is `clock.now()`.
 */
export function elapsedMs(clock: Clock): number {
  if (clock.setTimeout === systemClock.setTimeout) return performance.now()
  // The timers of such a clock follow its time when that goes forward, and stay when it is set back.
  const now = clock.now()
  const progress = progressByClock.get(clock) ?? { last: now, elapsed: 0 }
  progress.elapsed += Math.max(0, now - progress.last)
  progress.last = now
  progressByClock.set(clock, progress)
  return progress.elapsed
}
