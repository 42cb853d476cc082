/** How the digits of a field are shown while it is typed, and which texts stand for them. Plain data and pure functions. */
export interface Mask {
  /** A pattern in which every `0` is a digit, or the most digits of a whole number, which is grouped by three. */
  readonly shape: string | number
  /** The digits of a text that is being typed. Everything else in it is dropped. */
  readonly digits: (text: string) => string
  /** The digits of a complete value that was pasted, filled in or set; `undefined` if the text is not one. */
  readonly parse: (text: string) => string | undefined
  /** Matches a text whose meaning its digits alone would change. Such a text stays as it was entered. */
  readonly ambiguous?: RegExp
}
