import { useComputed, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { closedCombobox, type ComboboxState } from './combobox-state.ts'
import { connectCombobox, type ConnectedComboboxDeps } from './connect-combobox.ts'

/** The DOM id of an option. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`
}

/**
 * Makes an existing input a combobox while the list in `popup` is mounted. Returns the list, whether its options are
 * those of an earlier text, and a function that keeps the row that it is scrolled to.
 */
export function useCombobox<Item>(
  inputRef: RefObject<HTMLInputElement | HTMLTextAreaElement | null>,
  popup: RefObject<HTMLElement | null>,
  listId: string,
  deps: ConnectedComboboxDeps<Item>,
) {
  const state = useSignal<ComboboxState<Item>>(closedCombobox)
  // A search leaves the list as it is, so that only the answer renders it.
  const list = useComputed(() => state.value.list)
  const busy = useComputed(() => state.value.status === 'searching')
  const latest = useRef(deps)
  latest.current = deps

  useLayoutEffect(() => {
    const input = inputRef.current
    if (!input || !popup.current) return
    const attributes = {
      ...(isTextArea(input) ? { 'aria-haspopup': 'listbox' } : { role: 'combobox' }),
      'aria-autocomplete': 'list',
      'aria-controls': listId,
    }
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)
    const disconnect = connectCombobox<Item>(input, popup.current, state, {
      find: (text, signal) => latest.current.find(text, signal),
      isChosen: () => latest.current.isChosen(),
      findCertain: (items, text) => latest.current.findCertain(items, text),
      textOf: (item) => latest.current.textOf(item),
      choose: (item) => latest.current.choose(item),
      clear: latest.current.clear && (() => latest.current.clear?.()),
      commit: () => latest.current.commit(),
      opensOnFocus: () => latest.current.opensOnFocus?.() ?? false,
    })
    return () => {
      disconnect()
      for (const name of [...Object.keys(attributes), 'aria-expanded', 'aria-activedescendant']) {
        input.removeAttribute(name)
      }
    }
  }, [inputRef, popup, listId, state])

  const { items = [], active = -1 } = list.value ?? {}
  const isOpen = items.length > 0
  useLayoutEffect(() => {
    const input = inputRef.current
    if (input && !isTextArea(input)) input.setAttribute('aria-expanded', String(isOpen))
    if (active < 0) input?.removeAttribute('aria-activedescendant')
    else input?.setAttribute('aria-activedescendant', optionId(listId, active))
  }, [inputRef, listId, isOpen, active])

  return {
    list: list.value,
    busy,
    scrollTo(top: number) {
      const current = state.peek()
      if (current.list) state.value = { ...current, list: { ...current.list, top } }
    },
  }
}

/** A text of several lines may have no other role, and its role has no state for a list that is open. */
function isTextArea({ localName }: Element): boolean {
  return localName === 'textarea'
}
