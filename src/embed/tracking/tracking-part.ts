import { watchFields } from './field-watch.ts'
import type { TargetOptions } from './targets.ts'
import { createTracker, type Tracker } from './tracker.ts'

/** The counters of one form. */
export interface Tracking {
  readonly track: Tracker
  /** Watches the fields that are drawn in an element, in place of those before. */
  watch(root: HTMLElement | ShadowRoot): void
  /** Takes away what listens on the page. */
  stop(): void
}

/** The part of the script that is loaded where a page has counters: tells them of the form, and watches its fields. */
export function createTracking(options: TargetOptions, page: Window): Tracking {
  const track = createTracker(options, Object(page))
  let stop = (): void => undefined
  return {
    track,
    watch(root) {
      stop()
      stop = watchFields(root, track, page)
    },
    stop: () => stop(),
  }
}
