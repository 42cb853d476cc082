import type { Signal } from '@preact/signals'

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
export function scrollTopFor(row: number, top: number): number {
  return Math.max(0, Math.min(row, Math.max(top, row - visibleRowCount + 2)))
}

/** The state of the list under an input. */
export interface ComboboxState<Item> {
  /** Best first; `undefined` while the list is closed. */
  readonly items: readonly Item[] | undefined
  /** The text that the items were found for. */
  readonly text: string
  /** Index of the item that the arrow keys have selected; -1 while the keys edit the text. */
  readonly active: number
  /** The row that the list is scrolled to. */
  readonly top: number
}

/** The state of a closed list. */
export const closedCombobox = {
  items: undefined,
  text: '',
  active: -1,
  top: 0,
} as const satisfies ComboboxState<never>

/** What a combobox needs. */
export interface ComboboxDeps<Item> {
  /** Finds the items for a text. If it rejects, the list closes. */
  find(text: string, signal: AbortSignal): Promise<readonly Item[]>
  /** Whether the text came from the list. Then opening it again shows all items. */
  isChosen(): boolean
  choose(item: Item): void
  clear(): void
  /** The text is complete: the person left it, or the browser filled it in. */
  commit(): void
}

/**
 * Makes an input an editable combobox with list autocomplete (ARIA 1.2). The list in `popup` opens with typing, a
 * click or an arrow key. It closes with a click or the focus elsewhere, Tab or Escape, but not with a blur, because
 * VoiceOver blurs the input on the way to the options. Returns a function that makes it a plain input again.
 */
export function connectCombobox<Item>(
  input: HTMLInputElement | HTMLTextAreaElement,
  popup: HTMLElement,
  state: Signal<ComboboxState<Item>>,
  deps: ComboboxDeps<Item>,
): () => void {
  let searching = new AbortController()

  function close(): void {
    searching.abort()
    if (state.value.items) state.value = closedCombobox
  }

  function search(text: string, move = 0): void {
    searching.abort()
    searching = new AbortController()
    const { signal } = searching
    if (state.value.active >= 0) state.value = { ...state.value, active: -1 }
    deps.find(text, signal).then(
      (items) => {
        if (signal.aborted) return
        state.value = { ...closedCombobox, items, text }
        if (move !== 0) step(move)
      },
      () => {
        if (!signal.aborted) close()
      },
    )
  }

  function open(move = 0): void {
    search(deps.isChosen() ? '' : input.value, move)
  }

  function step(move: number): void {
    const { items = [], active, top } = state.value
    if (items.length === 0) return
    const first = move > 0 ? 0 : items.length - 1
    const next = active < 0 ? first : (active + move + items.length) % items.length
    state.value = { ...state.value, active: next, top: scrollTopFor(next, top) }
  }

  /** Handles a key; true if it was for the list. */
  function handleKey({ key, altKey }: KeyboardEvent): boolean {
    const { items, active } = state.value
    const item = items?.[active]
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const move = key === 'ArrowDown' ? 1 : -1
      if (!items) open(altKey ? 0 : move)
      else if (!altKey) step(move)
      else if (move < 0) close()
      return true
    }
    if (key === 'Enter' || key === 'Tab') {
      close()
      if (item === undefined) return false
      deps.choose(item)
      return key === 'Enter'
    }
    if (key === 'Escape') {
      if (items) close()
      else if (input.value === '') return false
      else deps.clear()
      return true
    }
    // These keys move the caret, so the person edits the text again.
    if (/^(?:Home|End|Arrow)/.test(key) && active >= 0) state.value = { ...state.value, active: -1 }
    return false
  }

  const listening = new AbortController()
  const on = (target: EventTarget, types: string, listener: (event: Event) => unknown): void => {
    for (const type of types.split(' ')) {
      target.addEventListener(type, listener, { signal: listening.signal, capture: target !== input })
    }
  }
  on(input, 'keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.isComposing || event.ctrlKey || event.metaKey) return
    if (!handleKey(event)) return
    event.preventDefault()
    // Otherwise Escape would close a dialog of the page too.
    event.stopPropagation()
  })
  // Autofill of an input without the focus opens no list.
  on(input, 'input', () => input.matches(':focus') && search(input.value))
  on(input, 'click', () => state.value.items ?? open())
  on(input, 'change', () => deps.commit())
  // Keeps the focus in the input.
  on(popup, 'pointerdown mousedown', (event) => event.preventDefault())
  on(popup, 'click', ({ target }) => {
    const option = target instanceof Element ? target.closest('[role=option]') : null
    const { items } = state.value
    const item = items?.[Number(option?.getAttribute('aria-posinset')) - 1]
    // The hint that nothing was found may cover the button that the person clicks next.
    if (item || items?.length === 0) close()
    if (item === undefined) return
    deps.choose(item)
    input.focus({ preventScroll: true })
  })
  // A focus change within a shadow root causes no event outside of it.
  for (const root of new Set([input.ownerDocument, input.getRootNode()])) {
    on(root, 'pointerdown focusin', (event) => {
      const path = event.composedPath()
      if (!path.includes(input) && !path.includes(popup)) close()
    })
  }
  return () => {
    listening.abort()
    searching.abort()
  }
}
