import type { LeadValues } from '../lead/values.ts'
import { type Options, parseOptions } from './options.ts'
import { openSource } from './form-source.ts'
import { emit, type Model, showForm, takeValues } from './show-form.ts'

/** A form on a page. Calls made before its definition has arrived are carried out then. */
export interface FormHandle {
  /** Resolves when the form is shown; rejects with the reason when it cannot be. */
  readonly ready: Promise<void>
  setValues(values: LeadValues): void
  next(): void
  back(): void
  goTo(step: string): void
  submit(): void
  reset(): void
  /** Takes the form away and puts back what stood in its place. */
  destroy(): void
}

const mounted = new WeakMap<Element, FormHandle>()

/**
 * Shows a form in an element. What the element holds stays until the form is ready, and for good when it cannot be.
 * An element has one form: mounting again gives the same one, until it is destroyed. Throws an `OptionsError` on wrong
 * options.
 */
export function mount(container: HTMLElement, given: Options): FormHandle {
  const existing = mounted.get(container)
  if (existing) return existing
  const options = parseOptions(given)
  const cleanups: (() => void)[] = []
  let destroyed = false

  const shown = openSource(options).then((source) =>
    // A form that was taken away while it loaded must not appear after all.
    destroyed ? undefined : showForm(container, options, source, cleanups),
  )
  shown.catch((error: unknown) => {
    // The next scan may try again: the page may have been mended.
    mounted.delete(container)
    console.error(
      'Anketa: the form could not be shown in',
      container,
      error,
      `Is the address right, and does the relay's form list ${location.origin} among its origins?`,
    )
    emit(container, 'error', { code: 'definition' })
  })

  const call = (action: (model: Model) => unknown): void => {
    shown.then(
      (model) => model && !destroyed && action(model()),
      // Told above, once.
      () => undefined,
    )
  }
  const ready = shown.then(() => undefined)
  // The reason is told above, also to those who do not wait for it.
  ready.catch(() => undefined)
  const handle: FormHandle = {
    ready,
    setValues: (values) => call((model) => takeValues(model, values)),
    next: () => call((model) => model.next()),
    back: () => call((model) => model.back()),
    goTo: (step) => call((model) => model.goTo(step)),
    submit: () => call((model) => model.submit()),
    reset: () => call((model) => model.reset()),
    destroy: () => {
      destroyed = true
      mounted.delete(container)
      for (const cleanup of cleanups.splice(0).reverse()) cleanup()
    },
  }
  mounted.set(container, handle)
  return handle
}
