/** The rate of an offer as it was entered: a number of per cent a day, or a text. An empty one is `undefined`. */
export function parseRate(entered: string | undefined): number | string | undefined {
  const text = entered ?? ''
  // A text that goes on after its number stays a text, as while somebody types.
  return /^\d+([.,]\d*[1-9])?$/.test(text) ? Number(text.replace(',', '.')) : text === '' ? undefined : text
}

/** The rate of an offer as it is edited. */
export function formatRate(rate: number | string | undefined): string | undefined {
  return rate === undefined ? undefined : String(rate)
}
