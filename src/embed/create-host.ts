/** The element that a form is drawn in. */
export function createHost(lang: string): HTMLElement {
  const host = document.createElement('div')
  // Session recorders obey these on the host and on every input; they must be there before the page has the element.
  host.className = 'anketa-host ym-hide-content ym-disable-keys'
  for (const mark of ['data-hj-suppress', 'data-matomo-mask', 'data-sentry-mask']) host.setAttribute(mark, '')
  host.setAttribute('data-clarity-mask', 'true')
  host.lang = lang
  return host
}
