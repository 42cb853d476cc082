import type { Tracker } from './tracker.ts'

/** How often a hidden form within the window is looked at, in milliseconds. */
const intervalMs = 500

/** Tracks when a form is first seen: a popup that has not been opened does not count. Returns a function that stops it. */
export function trackView(host: Element, track: Tracker): () => void {
  let timer: ReturnType<typeof setInterval> | undefined
  const observer = new IntersectionObserver((entries) => {
    clearInterval(timer)
    if (!entries.at(-1)?.isIntersecting) return
    // No event tells that a popup has become visible where it was.
    timer = setInterval(check, intervalMs)
    check()
  })
  function check(): void {
    if (!isVisible(host)) return
    stop()
    track({ type: 'view' })
  }
  function stop(): void {
    clearInterval(timer)
    observer.disconnect()
  }
  observer.observe(host)
  return stop
}

function isVisible(host: Element): boolean {
  for (let element: Element | null = host; element; element = parentOf(element)) {
    const { visibility, opacity } = getComputedStyle(element)
    if ((element === host && visibility !== 'visible') || Number(opacity) === 0) return false
  }
  return true
}

function parentOf(element: Element): Element | null {
  const root = element.getRootNode()
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
}
