import type { OptionChanges, Options } from '../options/options.ts'
import type { FormHandle } from './form-handle.ts'
import { mount } from './mount.ts'

/** Options of the form, and `handle`, which is called with the form when it is mounted and with `undefined` when it goes. */
export type LoanFormProps = Options & {
  readonly handle?: ((form: FormHandle | undefined) => void) | undefined
}

/** The form of one component, which a framework's effects call. */
export interface ComponentForm {
  /** Mounts the form, or changes its options. To be called after each render. */
  render(element: HTMLElement, props: LoanFormProps): void
  /** Removes the form. The next `render` mounts it again. */
  unmount(): void
}

/** Creates the form of a component, for any framework that renders from properties. */
export function createComponentForm(): ComponentForm {
  let form: FormHandle | undefined
  let notify: LoanFormProps['handle']
  let before: OptionChanges = {}
  return {
    render(element, { handle, ...options }) {
      notify = handle
      if (form) {
        const gone = Object.keys(before).map((name) => [name, undefined])
        form.update({ ...Object.fromEntries(gone), ...options })
      } else {
        form = mount(element, options)
        notify?.(form)
      }
      before = options
    },
    unmount() {
      const mounted = form
      form = undefined
      notify?.(undefined)
      mounted?.destroy()
    },
  }
}
