/** Rows of a list that are drawn, `from` the first up to `to`, without it. */
export interface ListWindow {
  readonly from: number
  readonly to: number
}

/** Rows that fit into the list, and some around them, so that scrolling meets no gap. */
const shown = 6
const around = 4

/** The rows to draw of a list that is scrolled to its row `top`. */
export function windowOf(count: number, top: number): ListWindow {
  return { from: Math.max(0, top - around), to: Math.min(count, top + shown + around) }
}

/** The row that a list has to be scrolled to for another one to be seen. */
export function topFor(row: number, top: number): number {
  return Math.max(0, Math.min(row, Math.max(top, row - shown + 2)))
}
