import type { FormElementDeps } from './form-element.ts'
import { findForm, mountForm } from '../form/mount.ts'
import { optionNames } from '../options/options-table.ts'

/** What `<anketa-form>` is made with. */
export const formElementDeps: FormElementDeps = {
  mountForm,
  findForm,
  optionNames,
}
