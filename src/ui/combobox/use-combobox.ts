import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { closedCombobox, type ComboboxDeps, type ComboboxState, connectCombobox } from './combobox.ts'

/** The DOM id of an option. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`
}

/** Makes an existing input a combobox while the list in `popup` is mounted. Returns the list's state. */
export function useCombobox<Item>(
  inputRef: RefObject<HTMLInputElement | HTMLTextAreaElement | null>,
  popup: RefObject<HTMLElement | null>,
  listId: string,
  deps: ComboboxDeps<Item>,
) {
  const state = useSignal<ComboboxState<Item>>(closedCombobox)
  const latest = useRef(deps)
  latest.current = deps

  useLayoutEffect(() => {
    const input = inputRef.current
    if (!input || !popup.current) return
    const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': listId }
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)
    const disconnect = connectCombobox<Item>(input, popup.current, state, {
      find: (text, signal) => latest.current.find(text, signal),
      isChosen: () => latest.current.isChosen(),
      choose: (item) => latest.current.choose(item),
      clear: () => latest.current.clear(),
      commit: () => latest.current.commit(),
    })
    return () => {
      disconnect()
      for (const name of [...Object.keys(attributes), 'aria-expanded', 'aria-activedescendant']) {
        input.removeAttribute(name)
      }
    }
  }, [inputRef, popup, listId, state])

  const { items = [], active } = state.value
  const isOpen = items.length > 0
  useLayoutEffect(() => {
    const input = inputRef.current
    input?.setAttribute('aria-expanded', String(isOpen))
    if (active < 0) input?.removeAttribute('aria-activedescendant')
    else input?.setAttribute('aria-activedescendant', optionId(listId, active))
  }, [inputRef, listId, isOpen, active])

  return state
}
