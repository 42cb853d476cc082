/** The space above what is scrolled to, in pixels. */
const gap = 24

/** What has the focus by request and is brought into view with it, until the next frame. */
let requested: HTMLElement | undefined

/**
 * Keeps the focused field, with its label and its message, clear of the phone's keyboard and of the bars that the page
 * keeps at the edges of the window. Loaded when the focus has first come to the form. Returns a function that ends it.
 */
export function watchFocus(root: HTMLElement): () => void {
  const view = root.ownerDocument.defaultView
  const viewport = view?.visualViewport
  const show = (): void => {
    const focused = root.querySelector<HTMLElement>(':focus')
    // A person who has zoomed in chooses what to look at.
    if (focused && focused !== requested && viewport && viewport.scale < 1.1) reveal(focused)
  }
  root.addEventListener('focusin', ({ target }) => {
    // A page that moves under a pressed pointer loses the click.
    if (target instanceof Element && target.matches(':focus-visible')) view?.requestAnimationFrame(show)
  })
  viewport?.addEventListener('resize', show)
  if (root.querySelector(':focus-visible')) view?.requestAnimationFrame(show)
  return () => viewport?.removeEventListener('resize', show)
}

/** Gives an element the focus, which `reveal` then brings into view: nothing else has to look for it. */
export function focusByRequest(element: HTMLElement): void {
  requested = element
  element.focus({ preventScroll: true })
  element.ownerDocument.defaultView?.requestAnimationFrame(() => {
    requested = undefined
  })
}

/**
 * Scrolls a control into view with its label and its message, if they are not. `share` is the upper part of the visible
 * window that they have to end in: a half, where a keyboard is about to open. `last` is what has to be in view with them.
 */
export function reveal(
  control: HTMLElement,
  block: 'start' | 'center' = 'center',
  share = 1,
  last?: Element | null,
): void {
  const view = control.ownerDocument.defaultView
  const frame = control.closest<HTMLElement>('[data-field], [data-consent], header') ?? control
  // After the first scrolling, a bar may have come to stick, and a keyboard covers what browsers count as visible.
  for (const align of [block, 'start', 'start'] as const) {
    if (!view?.visualViewport) return
    const { offsetTop, height } = view.visualViewport
    const declared = view.getComputedStyle(frame).getPropertyValue('--a-sticky-top')
    const top = findBarEnd(frame, offsetTop + (Number.parseFloat(declared) || 0), height / 2)
    const bottom = findBarEnd(frame, offsetTop + height, -height / 2)
    const shown = frame.offsetHeight > bottom - top ? control : frame
    const box = shown.getBoundingClientRect()
    const { bottom: end } = (last ?? shown).getBoundingClientRect()
    if (box.top >= top && end <= Math.min(bottom, offsetTop + height * share)) return
    shown.style.scrollMarginTop = `${top - offsetTop + gap}px`
    shown.scrollIntoView({ block: align, behavior: 'instant' })
  }
}

/**
 * Where the bars end that the page keeps at an edge of the window. They reach into it by at most `depth`, which is
 * negative at the lower edge.
 */
function findBarEnd(element: Element, edge: number, depth: number): number {
  const { left, width } = element.getBoundingClientRect()
  const root = element.getRootNode()
  const inward = Math.sign(depth)
  let bar = element.ownerDocument.elementFromPoint(left + width / 2, edge + inward)
  while (bar && !/fixed|sticky/.test(getComputedStyle(bar).position)) bar = bar.parentElement
  if (!bar || bar.contains(root instanceof ShadowRoot ? root.host : element)) return edge
  const { top, bottom } = bar.getBoundingClientRect()
  const bars = (inward > 0 ? bottom : top) - edge
  // What covers more is a layer over the whole page. Another bar may lie below this one.
  return bars / depth > 0 && bars / depth < 1 ? findBarEnd(element, edge + bars, depth - bars) : edge
}
