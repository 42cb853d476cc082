import type { AnyOptions } from './options/options.ts'

/** The element that a form is drawn in. */
export function createHost(options: AnyOptions): HTMLElement {
  const host = document.createElement('div')
  // Session recorders obey these on the host and on every input; they must be there before the page has the element.
  host.className = 'ym-hide-content ym-disable-keys'
  for (const mark of ['data-hj-suppress', 'data-matomo-mask', 'data-sentry-mask']) host.setAttribute(mark, '')
  host.setAttribute('data-clarity-mask', 'true')
  host.lang = options.locale ?? 'ru'
  dress(host, options)
  return host
}

/** Says on a form's element how it looks. */
export function dress(host: HTMLElement, { theme = 'light', look }: AnyOptions): void {
  host.setAttribute('data-theme', theme)
  if (look) host.setAttribute('data-look', look)
  else host.removeAttribute('data-look')
}
