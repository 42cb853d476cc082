import type { Signal } from '@preact/signals'

/** Rows of a list that are drawn, `from` the first up to `to`, without it. */
export interface RowRange {
  readonly from: number
  readonly to: number
}

/** Rows that fit into the list, and some around them, so that scrolling meets no gap. */
const visibleRowCount = 6
const extraRowCount = 4

/** The rows to draw of a list that is scrolled to its row `top`. */
export function rowsToRender(count: number, top: number): RowRange {
  return {
    from: Math.max(0, top - extraRowCount),
    to: Math.min(count, top + visibleRowCount + extraRowCount),
  }
}

/** The row that a list has to be scrolled to for another one to be seen. */
export function scrollTopFor(row: number, top: number): number {
  return Math.max(0, Math.min(row, Math.max(top, row - visibleRowCount + 2)))
}

/** What a list under an input shows. */
export interface ComboboxState<Item> {
  /** Best first; `undefined` while nothing is to be shown. */
  readonly items: readonly Item[] | undefined
  /** The text that they were found for. */
  readonly text: string
  /** The one that the arrow keys are at; -1 while they are in the text. */
  readonly active: number
  /** The row that the list is scrolled to. */
  readonly top: number
}

/** A list that shows nothing. */
export const closedCombobox = {
  items: undefined,
  text: '',
  active: -1,
  top: 0,
} as const satisfies ComboboxState<never>

/** What a combobox needs. */
export interface ComboboxDeps<Item> {
  /** What answers a text; nothing is shown when it rejects. */
  find(text: string, signal: AbortSignal): Promise<readonly Item[]>
  /** Whether the text came from the list, so that opening it again is to show the others, too. */
  isChosen(): boolean
  choose(item: Item): void
  clear(): void
  /** The person has done with the text, or the browser filled it in. */
  commit(): void
}

/**
 * Makes a combobox of an input: an editable one with list autocomplete, by ARIA 1.2. The list in `popup` opens with
 * typing, a press or an arrow, and closes with a press or the focus elsewhere, Tab or Escape, and not because the focus
 * is lost: VoiceOver takes it away on the way to the options. Returns how to make it a plain input again.
 */
export function connectCombobox<Item>(
  input: HTMLInputElement | HTMLTextAreaElement,
  popup: HTMLElement,
  state: Signal<ComboboxState<Item>>,
  ports: ComboboxDeps<Item>,
): () => void {
  let asking = new AbortController()

  function close(): void {
    asking.abort()
    if (state.value.items) state.value = closedCombobox
  }

  function search(text: string, move = 0): void {
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    if (state.value.active >= 0) state.value = { ...state.value, active: -1 }
    ports.find(text, signal).then(
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
    search(ports.isChosen() ? '' : input.value, move)
  }

  function step(move: number): void {
    const { items = [], active, top } = state.value
    if (items.length === 0) return
    const first = move > 0 ? 0 : items.length - 1
    const next = active < 0 ? first : (active + move + items.length) % items.length
    state.value = { ...state.value, active: next, top: scrollTopFor(next, top) }
  }

  /** Whether the key was for the list. */
  function take({ key, altKey }: KeyboardEvent): boolean {
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
      ports.choose(item)
      return key === 'Enter'
    }
    if (key === 'Escape') {
      if (items) close()
      else if (input.value === '') return false
      else ports.clear()
      return true
    }
    // These move the caret, so the keys are in the text again.
    if (/^(?:Home|End|Arrow)/.test(key) && active >= 0) state.value = { ...state.value, active: -1 }
    return false
  }

  const listening = new AbortController()
  const on = (target: EventTarget, types: string, react: (event: Event) => unknown): void => {
    for (const type of types.split(' ')) {
      target.addEventListener(type, react, { signal: listening.signal, capture: target !== input })
    }
  }
  on(input, 'keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.isComposing || event.ctrlKey || event.metaKey) return
    if (!take(event)) return
    event.preventDefault()
    // A dialog of the page would close with the list.
    event.stopPropagation()
  })
  // What the browser fills in elsewhere opens nothing.
  on(input, 'input', () => input.matches(':focus') && search(input.value))
  on(input, 'click', () => state.value.items ?? open())
  on(input, 'change', () => ports.commit())
  // The focus stays in the input.
  on(popup, 'pointerdown mousedown', (event) => event.preventDefault())
  on(popup, 'click', ({ target }) => {
    const option = target instanceof Element ? target.closest('[role=option]') : null
    const { items } = state.value
    const item = items?.[Number(option?.getAttribute('aria-posinset')) - 1]
    // That there is nothing may be said above the very button that is pressed next.
    if (item || items?.length === 0) close()
    if (item === undefined) return
    ports.choose(item)
    input.focus({ preventScroll: true })
  })
  // A move of the focus within a shadow root is not heard of outside.
  for (const root of new Set([input.ownerDocument, input.getRootNode()])) {
    on(root, 'pointerdown focusin', (event) => {
      const path = event.composedPath()
      if (!path.includes(input) && !path.includes(popup)) close()
    })
  }
  return () => {
    listening.abort()
    asking.abort()
  }
}
