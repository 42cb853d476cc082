import { createForm } from './create-form.ts'
import type { FormHandle } from './form-handle.ts'
import type { OptionChanges, Options } from '../options/options.ts'

/** The key of an element's form. Every copy and version of the code on a page uses the same one. */
const handleKey = Symbol.for('anketa')

/**
 * Shows a form in an element. The element's content stays until the form is ready, or for good if it fails. An element
 * has one form: mounting again returns the same one, until it is destroyed. Never throws: wrong options are reported
 * on the console.
 */
export function mount(container: HTMLElement, options: Options): FormHandle {
  return mountForm(container, options)
}

/** Does what {@link mount} does, with options that the element's attributes may complete. */
export function mountForm(container: HTMLElement, options: OptionChanges): FormHandle {
  const existing = findForm(container)
  if (existing && existing.state.status !== 'unavailable') return existing
  // The cause of the failure may be gone.
  existing?.destroy()
  const handle = createForm(container, options, () => Reflect.deleteProperty(container, handleKey))
  Reflect.set(container, handleKey, handle)
  return handle
}

/** The form of an element. */
export function findForm(container: Element): FormHandle | undefined {
  const handle: FormHandle | undefined = Reflect.get(container, handleKey)
  return handle
}
