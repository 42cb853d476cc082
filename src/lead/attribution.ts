/** Attribution parameters by name: `utm_source`, `yclid`, `subId1`, `referrer`. */
export type AttributionParameters = Readonly<Record<string, string>>

/**
 * Where the person came from: the parameters of the last visit that had any, and under `first` those of the first visit.
 * Never values.
 */
export type Attribution = Readonly<Record<string, string | AttributionParameters>>

/** Parameters that a page sets through options of the same names; a value may hold macros such as `{utm_source}`. */
export const optionParameters = ['channel', 'subId1', 'subId2', 'subId3', 'subId4', 'subId5'] as const

/** Click ids and advertising tokens that ad systems add to the address of a page; `utm_*` comes beside them. */
const clickParameters: readonly string[] = ['yclid', 'gclid', 'rb_clickid', 'admitad_uid', 'erid']

/** Parameters that the widget finds out: Metrika's id of the browser, and the page that linked to this one. */
const browserParameters: readonly string[] = ['ymClientId', 'referrer']

/** Click ids of trackers and affiliate networks. */
const trackerParameters = /^(?:click_?id|sub_?id|aff_sub[1-5]?|sub[1-5]|transaction_id)$/

/** Whether this parameter holds an id of a click, which may have digits only. */
export function isClickId(name: string): boolean {
  return trackerParameters.test(name) || clickParameters.includes(name) || /^subId\d$/.test(name)
}

/** Whether a parameter of a page's address is kept as it is. */
export function isUrlParameter(name: string): boolean {
  return /^utm_\w+$/.test(name) || trackerParameters.test(name) || clickParameters.includes(name)
}

/** Whether this is the name of an attribution parameter that leads carry. */
export function isAttributionParameter(name: string): boolean {
  return (
    isUrlParameter(name) ||
    browserParameters.includes(name) ||
    optionParameters.some((option) => option === name)
  )
}

/** The longest value that every provider takes, in characters. */
const maxParameterLength = 255

/** A Russian mobile number in any spelling that is not part of a longer run of digits. */
const phonePattern = /(?:^|\D)(?:\+?[78][\s(-]*)?9\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/
const emailPattern = /[^\s@%]+(?:@|%40)[^\s@%]+\.[^\s@%]{2,}/i

/** Whether a text looks like a phone or an e-mail address: links in mailings often carry the reader's. */
export function looksPersonal(text: string): boolean {
  return phonePattern.test(text) || emailPattern.test(text)
}

/**
 * Returns the value of a parameter without control characters and the text `%00`, cut to 255 characters. Returns an empty
 * text if it looks personal. A click id of digits is kept, although it may look like a phone: `withoutEntered` compares
 * it with what the person enters.
 */
export function sanitizeParameter(name: string, value: string): string {
  const text = value
    .replace(/\p{Cc}|%00/gu, '')
    .trim()
    .slice(0, maxParameterLength)
    .replace(/[\uD800-\uDBFF]$/, '')
  return looksPersonal(text) && !(isClickId(name) && /^\d+$/.test(text)) ? '' : text
}
