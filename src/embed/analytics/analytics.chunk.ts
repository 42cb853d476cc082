import { createEventCounter, type StatisticsTarget } from './event-counter.ts'
import { trackFieldTimes } from './field-times.ts'
import type { AnalyticsOptions } from './targets.ts'
import { createTracker, type Tracker } from './tracker.ts'
import { trackView } from './view.ts'

/** Analytics of one form. */
export interface Analytics {
  readonly track: Tracker
  /** Watches the form and the fields in `root` instead of those before. */
  watch(root: HTMLElement | ShadowRoot): void
  /** Removes the listeners from the page. */
  stop(): void
}

/** Creates the analytics of a form. Loaded on demand, for pages with counters and relays with statistics. */
export function createAnalytics(
  options: AnalyticsOptions,
  statistics: StatisticsTarget | undefined,
  page: Window,
): Analytics {
  const reachGoals = createTracker(options, Object(page))
  const count =
    statistics &&
    createEventCounter(
      statistics,
      options.variant,
      (url, body) => void page.navigator.sendBeacon?.(url, body),
    )
  const track: Tracker = (event, onSent) => {
    count?.(event)
    reachGoals(event, onSent)
  }
  let stop = (): void => undefined
  return {
    track,
    watch(root) {
      stop()
      const stopTimes = trackFieldTimes(root, track, page)
      const stopView = trackView(root instanceof ShadowRoot ? root.host : root, track)
      stop = () => {
        stopTimes()
        stopView()
      }
    },
    stop: () => stop(),
  }
}
