import { focusByRequest, reveal } from './visible-part.ts'
import type { FocusRequest } from '../../state/form-status.ts'

/** Focuses the target of a request and scrolls it into view. */
export function applyFocus(root: HTMLElement, { target, name }: FocusRequest): void {
  const selector = {
    heading: '.anketa-title',
    message: '[role=alert]',
    field: `[data-field="${name}"] :is(input, select, textarea)`,
    consent: `[data-consent="${name}"] input`,
  }[target]
  const element = root.querySelector<HTMLElement>(selector)
  if (!element) return
  focusByRequest(element)
  const view = root.ownerDocument.defaultView
  // A keyboard is about to open over the lower half of the window.
  const opensKeyboard =
    element.matches('[class*=input]:not(select)') &&
    view?.matchMedia('(pointer: coarse), (max-width: 600px)').matches
  // Who was declined sees at once where else to apply.
  const offer = target === 'heading' ? root.querySelector('[data-action=offer]') : undefined
  reveal(element, target === 'heading' || opensKeyboard ? 'start' : 'center', opensKeyboard ? 0.5 : 1, offer)
}
