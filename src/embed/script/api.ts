import type { FormHandle } from '../form/form-handle.ts'
import { mountForm } from '../form/mount.ts'
import type { OptionChanges } from '../options/options.ts'
import { assignForm } from './page-forms.ts'

// What pages call as `Anketa.mount`, `Anketa.scan` and `Anketa.version`.

export { scan } from './scan.ts'

/** The version of the widget. */
export const version: string = __ANKETA_VERSION__

/** Shows a form in an element; without a source of its own it is the form of the page's script. */
export function mount(container: HTMLElement, options: OptionChanges = {}): FormHandle {
  const { relay, provider, form, test } = options
  if (relay === undefined && provider === undefined && !(test && form)) assignForm(container)
  return mountForm(container, options)
}
