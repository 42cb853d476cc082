import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { topFor } from './list-window.ts'

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

/** What a combobox needs. */
export interface ComboboxPorts<Item> {
  readonly input: RefObject<HTMLInputElement | HTMLTextAreaElement | null>
  /** What holds the list, so that a press on it is no press outside. */
  readonly popup: RefObject<HTMLElement | null>
  readonly listId: string
  /** What answers a text; nothing is shown when it rejects. */
  find(text: string, signal: AbortSignal): Promise<readonly Item[]>
  /** Whether the text came from the list, so that opening it again is to show the others, too. */
  isChosen(): boolean
  choose(item: Item): void
  clear(): void
  /** The person has done with the text, or the browser filled it in. */
  commit(): void
}

/** The id of an option. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`
}

/**
 * Makes a combobox of an input that is there already: an editable one with list autocomplete, by ARIA 1.2. The list
 * opens with typing, a press or an arrow, and closes with a press elsewhere, Tab or Escape, and not because the focus is
 * lost: VoiceOver takes it away on the way to the options.
 */
export function useCombobox<Item>(ports: ComboboxPorts<Item>) {
  const { input: inputRef, popup, listId } = ports
  const closed: ComboboxState<Item> = { items: undefined, text: '', active: -1, top: 0 }
  const state = useSignal(closed)
  const asking = useSignal(new AbortController())

  function close(): void {
    asking.value.abort()
    if (state.value.items) state.value = closed
  }

  function search(text: string, move = 0): void {
    asking.value.abort()
    const controller = new AbortController()
    asking.value = controller
    if (state.value.active >= 0) state.value = { ...state.value, active: -1 }
    ports.find(text, controller.signal).then(
      (items) => {
        if (controller.signal.aborted) return
        state.value = { ...closed, items, text }
        if (move !== 0) step(move)
      },
      () => {
        if (!controller.signal.aborted) close()
      },
    )
  }

  function open(input: { readonly value: string }, move = 0): void {
    search(ports.isChosen() ? '' : input.value, move)
  }

  function step(move: number): void {
    const { items = [], active, top } = state.value
    if (items.length === 0) return
    const first = move > 0 ? 0 : items.length - 1
    const next = active < 0 ? first : (active + move + items.length) % items.length
    state.value = { ...state.value, active: next, top: topFor(next, top) }
  }

  function choose(item: Item): void {
    close()
    ports.choose(item)
    const input = inputRef.current
    if (input && !input.matches(':focus')) input.focus({ preventScroll: true })
  }

  /** Whether the key was for the list. */
  function take({ key, altKey }: KeyboardEvent, input: { readonly value: string }): boolean {
    const { items, active } = state.value
    const item = items?.[active]
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const move = key === 'ArrowDown' ? 1 : -1
      if (items && altKey && move < 0) close()
      else if (items && !altKey) step(move)
      else open(input, altKey ? 0 : move)
      return true
    }
    if (key === 'Enter' || key === 'Tab') {
      close()
      if (!item) return false
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

  useLayoutEffect(() => {
    const input = inputRef.current
    if (!input) return
    const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': listId }
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)
    const listening = new AbortController()
    const { signal } = listening
    const onKey = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.isComposing || event.ctrlKey || event.metaKey) return
      if (!take(event, input)) return
      event.preventDefault()
      // A dialog of the page would close with the list.
      event.stopPropagation()
    }
    const onOutside = (event: Event): void => {
      const path = event.composedPath()
      if (!path.includes(input) && !(popup.current && path.includes(popup.current))) close()
    }
    input.addEventListener('keydown', onKey, { signal })
    // What the browser fills in elsewhere opens nothing.
    input.addEventListener('input', () => input.matches(':focus') && search(input.value), { signal })
    input.addEventListener('click', () => !state.value.items && open(input), { signal })
    input.addEventListener('change', () => ports.commit(), { signal })
    // A move of the focus within a shadow root is not heard of outside.
    for (const root of new Set([input.ownerDocument, input.getRootNode()])) {
      root.addEventListener('pointerdown', onOutside, { signal, capture: true })
      root.addEventListener('focusin', onOutside, { signal })
    }
    return () => {
      listening.abort()
      asking.value.abort()
      for (const name of [...Object.keys(attributes), 'aria-expanded', 'aria-activedescendant']) {
        input.removeAttribute(name)
      }
    }
  }, [inputRef, popup, listId])

  const { items, active } = state.value
  const isOpen = items !== undefined && items.length > 0
  useLayoutEffect(() => {
    const input = inputRef.current
    input?.setAttribute('aria-expanded', String(isOpen))
    if (active < 0) input?.removeAttribute('aria-activedescendant')
    else input?.setAttribute('aria-activedescendant', optionId(listId, active))
  }, [inputRef, listId, isOpen, active])

  return { state, choose }
}
