import type { FormElementDeps } from './form-element.ts'
import { findForm, mountForm } from '../form/mount.ts'
import { optionNames } from '../options/options-table.ts'

/** The dependencies of `<anketa-form>`. */
export const formElementDeps: FormElementDeps = {
  mountForm,
  findForm,
  optionNames,
}
