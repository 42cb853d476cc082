import type { ReadonlySignal } from '@preact/signals-core'
import { keepPageHistory } from './page-history.ts'
import { createPopup, type FormInPage } from './popup.ts'

/** The options that say how a form is opened and left. */
export interface NavigationOptions {
  readonly history?: boolean | undefined
  readonly popup?: boolean | string | undefined
  readonly stylesheet?: string | undefined
}

/** The dialog of a form and its entries in the browser's history. */
export interface FormNavigation {
  /** The element that holds the form. */
  readonly home: HTMLElement
  close(): void
}

/** Gives a form its dialog, and its steps entries in the history, as its options say. Loaded on demand. */
export function openNavigation(
  container: HTMLElement,
  shown: ReadonlySignal<FormInPage | undefined>,
  { history: hasHistory, popup: opener, stylesheet }: NavigationOptions,
): FormNavigation {
  const popup =
    opener === undefined || opener === false
      ? undefined
      : createPopup(container, shown, opener === '' ? true : opener, stylesheet)
  const endHistory = hasHistory ? keepPageHistory(shown, popup) : undefined
  return {
    home: popup?.home ?? container,
    close() {
      endHistory?.()
      popup?.remove()
    },
  }
}
