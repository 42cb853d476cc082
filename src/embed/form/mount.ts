import { createForm } from './create-form.ts'
import type { FormHandle } from './form-handle.ts'
import type { OptionChanges, Options } from '../options/options.ts'

/** Where an element keeps its form: the same for every copy and version of the code that a page may have. */
const handleKey = Symbol.for('anketa')

/**
 * Shows a form in an element. What the element holds stays until the form is ready, and for good when it cannot be. An
 * element has one form: mounting again gives the same one, until it is destroyed. Never throws: what is wrong with the
 * options is told on the console.
 */
export function mount(container: HTMLElement, options: Options): FormHandle {
  return mountForm(container, options)
}

/** {@link mount} with options that the element's attributes may complete. */
export function mountForm(container: HTMLElement, options: OptionChanges): FormHandle {
  const existing = findForm(container)
  if (existing && existing.state.status !== 'unavailable') return existing
  // The page may have been mended since it failed.
  existing?.destroy()
  const handle = createForm(container, options, () => Reflect.deleteProperty(container, handleKey))
  Reflect.set(container, handleKey, handle)
  return handle
}

/** The form that an element has. */
export function findForm(container: Element): FormHandle | undefined {
  const handle: FormHandle | undefined = Reflect.get(container, handleKey)
  return handle
}
