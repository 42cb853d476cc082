/** Formats a field while it is typed: its text is reduced to the significant digits, and those are shown in a pattern. */
export interface Mask {
  /** The most digits that the field can hold. */
  readonly maxDigits: number
  /** The digits of a text that is being typed. Everything else in it is dropped. */
  digits(text: string): string
  /** The digits of a complete value that was pasted, filled in or set; `undefined` if the text is not one. */
  parse(text: string): string | undefined
  /** Matches a text whose meaning its digits alone would change. Such a text stays as it was entered. */
  readonly ambiguous?: RegExp
  /** The text to show for some digits; for none, the prefix that precedes the first digit. */
  format(digits: string): string
}
