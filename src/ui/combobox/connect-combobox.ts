import type { Signal } from '@preact/signals'
import { replaceText } from '../input/bind-text.ts'
import type { ComboboxState } from './combobox-state.ts'
import { type ComboboxDeps, createCombobox } from './create-combobox.ts'

/** What a combobox with elements needs. */
export interface ConnectedComboboxDeps<Item> extends Omit<ComboboxDeps<Item>, 'readText'> {
  /** What the input contains after an item was chosen. */
  textOf(item: Item): string
  /** The text is complete: the person left it, or the browser filled it in. */
  commit(): void
  /** Whether the list opens with the focus, too. */
  opensOnFocus?: (() => boolean) | undefined
}

/**
 * Makes an input a combobox. The list in `popup` opens with typing, a click or an arrow key. It closes with a click or
 * the focus elsewhere, Tab or Escape, but not with a blur, because VoiceOver blurs the input on the way to the options.
 * A choice is an edit of the browser, which can be undone. Returns a function that makes it a plain input again.
 */
export function connectCombobox<Item>(
  input: HTMLInputElement | HTMLTextAreaElement,
  popup: HTMLElement,
  state: Signal<ComboboxState<Item>>,
  deps: ConnectedComboboxDeps<Item>,
): () => void {
  let ownEdit = false
  let composing = false

  function write(text: string): void {
    // An edit within the composition of an input method would be a part of it.
    if (composing) return
    ownEdit = true
    replaceText(input, text)
    ownEdit = false
  }

  const { clear } = deps
  const combobox = createCombobox(state, {
    ...deps,
    readText: () => input.value,
    choose(item) {
      write(deps.textOf(item))
      deps.choose(item)
    },
    clear:
      clear &&
      (() => {
        write('')
        clear()
      }),
  })

  const listening = new AbortController()
  const on = (target: EventTarget, types: string, listener: (event: Event) => unknown): void => {
    for (const type of types.split(' ')) {
      target.addEventListener(type, listener, { signal: listening.signal, capture: target !== input })
    }
  }
  on(input, 'keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || isForInputMethod(event) || event.ctrlKey || event.metaKey) return
    if (!combobox.press(event.key, event.altKey)) return
    event.preventDefault()
    // Otherwise Escape would close a dialog of the page too.
    event.stopPropagation()
  })
  on(input, 'compositionstart compositionend', ({ type }) => {
    composing = type === 'compositionstart'
  })
  // Autofill of an input without the focus opens no list.
  on(input, 'input', () => !ownEdit && input.matches(':focus') && combobox.type())
  on(input, 'click', combobox.open)
  const openOnFocus = (): void => {
    if (deps.opensOnFocus?.()) combobox.open()
  }
  on(input, 'focus', openOnFocus)
  // The person may have come before the list.
  if (input.matches(':focus')) openOnFocus()
  on(input, 'change', deps.commit)
  // Keeps the focus in the input.
  on(popup, 'pointerdown mousedown', (event) => event.preventDefault())
  on(popup, 'click', ({ target }) => {
    const option = target instanceof Element ? target.closest('[role=option]') : null
    // Only the text of an input with the focus can be edited in a way that can be undone.
    if (option) input.focus({ preventScroll: true })
    combobox.click(Number(option?.getAttribute('aria-posinset')) - 1)
  })
  // A focus change within a shadow root causes no event outside of it.
  for (const root of new Set([input.ownerDocument, input.getRootNode()])) {
    on(root, 'pointerdown focusin', (event) => {
      const path = event.composedPath()
      if (!path.includes(input) && !path.includes(popup)) combobox.close()
    })
  }
  return () => {
    listening.abort()
    combobox.close()
  }
}

/** Whether a key is for an input method. Safari ends the composition before the key that ends it, which has code 229. */
function isForInputMethod({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229
}
