/** How the digits of a field are shown while it is typed, and which texts stand for them. Plain data and pure functions. */
export interface Mask {
  /** A pattern in which every `0` is a digit, or the most digits of a whole number, which is grouped by three. */
  readonly shape: string | number
  /**
   * The digits of a text that keys have written so far. `undefined` for a text that is not certainly the beginning of a
   * value: it stays as it was typed.
   */
  readonly digits: (text: string) => string | undefined
  /** The digits of a complete value, however it was entered; `undefined` if the text is not certainly one. */
  readonly parse: (text: string) => string | undefined
}
