import type { Tracker } from './tracker.ts'

/** Tracks how long a person stays at each field, and when the page is left. Returns a function that stops it. */
export function trackFieldTimes(root: HTMLElement | ShadowRoot, track: Tracker, page: Window): () => void {
  let current = ''
  let since = 0

  function enter(target: EventTarget | null): void {
    const field = target instanceof Element ? target.closest('[data-field]') : null
    current = field?.getAttribute('data-field') ?? ''
    since = page.performance.now()
  }
  function exit(): void {
    if (current) track({ type: 'field', name: current, ms: page.performance.now() - since })
    current = ''
  }
  function leave(): void {
    exit()
    track({ type: 'leave' })
  }
  const onFocus = (event: Event): void => enter(event.target)

  root.addEventListener('focusin', onFocus)
  root.addEventListener('focusout', exit)
  page.addEventListener('pagehide', leave)
  // The person may have begun while this was loading.
  const { activeElement } = root instanceof ShadowRoot ? root : root.ownerDocument
  if (root.contains(activeElement)) enter(activeElement)
  return () => {
    root.removeEventListener('focusin', onFocus)
    root.removeEventListener('focusout', exit)
    page.removeEventListener('pagehide', leave)
  }
}
