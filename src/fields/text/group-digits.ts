/** A whole number in groups of three, as the inputs show it in every language: `30 000`. */
export function groupDigits(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, '\u00a0')
}
