/** A whole number in groups of three digits, `30 000`; with no-break spaces by default, so that it does not wrap. */
export function groupDigits(value: number | string, separator = '\u00a0'): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, separator)
}
