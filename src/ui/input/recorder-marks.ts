/** What session recorders obey, each its own: Hotjar, Clarity, Matomo, Sentry, Smartsupp, LogRocket. */
const attributes = {
  'data-hj-suppress': '',
  'data-clarity-mask': 'true',
  'data-matomo-mask': '',
  'data-sentry-mask': '',
  'data-recording-ignore': 'mask',
  'data-private': '',
} as const

/** Metrika's Session Replay, rrweb and FullStory have classes. */
const classes = 'ym-disable-keys rr-block fs-exclude'

/**
 * Attributes of a control whose value no session recorder may see, `class` included. A recorder reads an element as soon
 * as it is in the page, so they must be set before that.
 */
export function maskedControl(className: string) {
  return { ...attributes, class: `${className} ${classes}` }
}

/** The same of an element that no session recorder may see with all that is in it. */
export function maskedContent(className: string) {
  return maskedControl(`${className} ym-hide-content`)
}
