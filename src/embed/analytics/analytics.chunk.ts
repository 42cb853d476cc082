import { trackFieldTimes } from './field-times.ts'
import type { AnalyticsOptions } from './targets.ts'
import { createTracker, type Tracker } from './tracker.ts'

/** The counters of one form. */
export interface Analytics {
  readonly track: Tracker
  /** Watches the fields that are drawn in an element, in place of those before. */
  watch(root: HTMLElement | ShadowRoot): void
  /** Takes away what listens on the page. */
  stop(): void
}

/** The part of the script that is loaded where a page has counters: tells them of the form, and watches its fields. */
export function createAnalytics(options: AnalyticsOptions, page: Window): Analytics {
  const track = createTracker(options, Object(page))
  let stop = (): void => undefined
  return {
    track,
    watch(root) {
      stop()
      stop = trackFieldTimes(root, track, page)
    },
    stop: () => stop(),
  }
}
