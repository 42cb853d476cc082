import type { Signal } from '@preact/signals'
import {
  closedCombobox,
  type ComboboxState,
  type Move,
  openList,
  selectNext,
  startSearch,
  unselect,
} from './combobox-state.ts'

/** What a combobox needs. */
export interface ComboboxDeps<Item> {
  /** What the input contains. */
  readText(): string
  /** Finds the items for a text. If it rejects, the list closes. */
  find(text: string, signal: AbortSignal): Promise<readonly Item[]>
  /** Whether the text came from the list. Then opening it again shows all items. */
  isChosen(): boolean
  /**
   * The item of an answer that ↓ and Enter choose if both were pressed before it came. Without one the answer is shown
   * first, because nobody has seen it.
   */
  findCertain(items: readonly Item[], text: string): Item | undefined
  choose(item: Item): void
  /** Empties the input; without it, Escape does nothing where no list is open. */
  clear?: (() => void) | undefined
}

/** A combobox without its elements. */
export interface Combobox {
  /** The person has changed the text. */
  type(): void
  /** Opens the list, unless it is open or is being searched for. */
  open(): void
  /** Handles a key; true if it was for the list. */
  press(key: string, altKey?: boolean): boolean
  /** Chooses an option by its index, as a click does; -1 is a click beside the options. True if one was chosen. */
  click(index: number): boolean
  /** Closes the list, and cancels the search. */
  close(): void
}

/**
 * Creates an editable combobox with list autocomplete (ARIA 1.2). What is chosen is always what is shown for the text in
 * the input. While the options of a new text are being searched for, those of the old one cannot be chosen. The keys that
 * are pressed in that time apply to the answer, and no answer is applied to another text than its own.
 */
export function createCombobox<Item>(state: Signal<ComboboxState<Item>>, deps: ComboboxDeps<Item>): Combobox {
  let request = new AbortController()

  function close(): void {
    request.abort()
    state.value = closedCombobox
  }

  function search(query: string, move: Move = 0): void {
    request.abort()
    request = new AbortController()
    const { signal } = request
    state.value = startSearch(state.peek(), { text: deps.readText(), query, move })
    deps.find(query, signal).then(
      (items) => {
        if (!signal.aborted) receive(items)
      },
      () => {
        if (!signal.aborted) close()
      },
    )
  }

  function receive(items: readonly Item[]): void {
    const current = readState()
    if (current.status !== 'searching') return
    const certain = current.confirmed ? deps.findCertain(items, current.query) : undefined
    if (certain === undefined) state.value = openList(current, items)
    else choose(certain)
  }

  /** The state now. A list for another text than the one in the input, which a program has changed, is closed. */
  function readState(): ComboboxState<Item> {
    const current = state.peek()
    const text =
      current.status === 'open' ? current.list.text : current.status === 'searching' && current.text
    if (text !== false && text !== deps.readText()) close()
    return state.peek()
  }

  function open(move: Move = 0): void {
    search(deps.isChosen() ? '' : deps.readText(), move)
  }

  function choose(item: Item): void {
    close()
    deps.choose(item)
  }

  function pressArrow(move: Move, altKey: boolean): void {
    const current = readState()
    if (altKey && move < 0) close()
    else if (current.status === 'closed' || isEmpty(current)) open(altKey ? 0 : move)
    else if (altKey) return
    else if (current.status === 'searching') state.value = { ...current, move, confirmed: false }
    else state.value = { ...current, list: selectNext(current.list, move) }
  }

  function pressEnter(): boolean {
    const before = state.peek().list
    const current = readState()
    if (current.status === 'searching' && current.move !== 0) {
      state.value = { ...current, confirmed: true }
      return true
    }
    const item = current.status === 'open' ? current.list.items[current.list.active] : undefined
    if (item !== undefined) choose(item)
    else if (current.status !== 'closed') close()
    // The person meant an option, also where a program has changed the text under it.
    return item !== undefined || (before !== undefined && before.active >= 0)
  }

  function pressTab(): void {
    const { status, list } = readState()
    const item = status === 'open' ? list?.items[list.active] : undefined
    close()
    if (item !== undefined) deps.choose(item)
  }

  function pressEscape(): boolean {
    if (state.peek().status !== 'closed') close()
    else if (!deps.clear || deps.readText() === '') return false
    else deps.clear()
    return true
  }

  /** A key moves the caret, so the person edits the text again. */
  function moveCaret(): void {
    const current = state.peek()
    if (current.status === 'searching') state.value = { ...current, move: 0, confirmed: false }
    else if (current.status === 'open') state.value = { ...current, list: unselect(current.list) }
  }

  return {
    type: () => search(deps.readText()),
    open() {
      const current = readState()
      if (current.status === 'closed' || isEmpty(current)) open()
    },
    press(key, altKey = false) {
      if (key === 'ArrowDown' || key === 'ArrowUp') {
        pressArrow(key === 'ArrowDown' ? 1 : -1, altKey)
        return true
      }
      if (key === 'Enter') return pressEnter()
      if (key === 'Escape') return pressEscape()
      if (key === 'Tab') pressTab()
      else if (/^(?:Home|End|Arrow)/.test(key)) moveCaret()
      return false
    },
    click(index) {
      const { status, list } = readState()
      // The hint that nothing was found may cover the button that the person clicks next.
      if (list?.items.length === 0) close()
      const item = status === 'open' ? list?.items[index] : undefined
      if (item !== undefined) choose(item)
      return item !== undefined
    },
    close,
  }
}

/** Whether a list is open without options: it shows nothing. */
function isEmpty({ status, list }: ComboboxState<unknown>): boolean {
  return status === 'open' && list.items.length === 0
}
