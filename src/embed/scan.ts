import { mount } from './mount.ts'
import { readAttributes } from './options.ts'

/** Shows a form in every `[data-anketa]` element that has none yet; one that is set up wrong never stops the others. */
export function scan(root: ParentNode = document): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-anketa]:not(script)')) {
    try {
      mount(element, readAttributes(element))
    } catch (error) {
      console.error('Anketa: the form could not be set up in', element, error)
    }
  }
}
