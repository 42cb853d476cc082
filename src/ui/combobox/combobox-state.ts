/** Options under an input. */
export interface OptionList<Item> {
  /** What the input contained when they were searched for. Only as long as it does can one of them be chosen. */
  readonly text: string
  /** What was searched for: the text, or nothing for all options. */
  readonly query: string
  /** Best first. */
  readonly items: readonly Item[]
  /** Index of the item that the arrow keys have selected; -1 while the keys edit the text. */
  readonly active: number
  /** The row that the list is scrolled to. */
  readonly top: number
}

/** 1 is down, -1 is up, 0 is no move. */
export type Move = 1 | 0 | -1

/** An answer is awaited. The list is that of an earlier text, if one was open: it is shown, but not choosable. */
interface Searching<Item> {
  readonly status: 'searching'
  readonly text: string
  readonly query: string
  /** The arrow key that was pressed ahead of the answer. */
  readonly move: Move
  /** Whether Enter was pressed after it. */
  readonly confirmed: boolean
  readonly list: OptionList<Item> | undefined
}

/** The state of a combobox. */
export type ComboboxState<Item> =
  | { readonly status: 'closed'; readonly list: undefined }
  | Searching<Item>
  | { readonly status: 'open'; readonly list: OptionList<Item> }

/** The state of a closed list. */
export const closedCombobox = {
  status: 'closed',
  list: undefined,
} as const satisfies ComboboxState<never>

/** A search begins. The keys that were pressed ahead of an earlier answer no longer count. */
export function startSearch<Item>(
  { list }: ComboboxState<Item>,
  search: Pick<Searching<Item>, 'text' | 'query' | 'move'>,
): Searching<Item> {
  return { ...search, status: 'searching', confirmed: false, list: list && unselect(list) }
}

/** The answer has come. The arrow key that was pressed ahead of it selects an option. */
export function openList<Item>(
  { text, query, move }: Searching<Item>,
  items: readonly Item[],
): ComboboxState<Item> {
  const list = { text, query, items, active: -1, top: 0 }
  return { status: 'open', list: move === 0 ? list : selectNext(list, move) }
}

/** Selects the next option, or the first or the last. */
export function selectNext<Item>(list: OptionList<Item>, move: Move): OptionList<Item> {
  const { items, active, top } = list
  if (items.length === 0) return list
  const first = move > 0 ? 0 : items.length - 1
  const next = active < 0 ? first : (active + move + items.length) % items.length
  return { ...list, active: next, top: scrollTopFor(next, top) }
}

/** The keys edit the text again. Returns the same list if they already do. */
export function unselect<Item>(list: OptionList<Item>): OptionList<Item> {
  return list.active < 0 ? list : { ...list, active: -1 }
}

/** The rows of a list that are rendered: `from` is the first one, `to` the one after the last. */
export interface RowRange {
  readonly from: number
  readonly to: number
}

/** How many rows fit into the list, and how many more are rendered on either side, so that scrolling shows no gap. */
const visibleRowCount = 6
const extraRowCount = 4

/** The rows to render of a list that is scrolled to row `top`. */
export function rowsToRender(count: number, top: number): RowRange {
  return {
    from: Math.max(0, top - extraRowCount),
    to: Math.min(count, top + visibleRowCount + extraRowCount),
  }
}

/** The row to scroll a list to, so that `row` is visible. */
function scrollTopFor(row: number, top: number): number {
  return Math.max(0, Math.min(row, Math.max(top, row - visibleRowCount + 2)))
}
