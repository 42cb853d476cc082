import type { ElementTools } from './form-element.ts'
import { formIn, mountAny } from './mount.ts'
import { optionsTable } from './options/options-table.ts'

/** What `<anketa-form>` is made with. */
export const elementTools: ElementTools = { mountAny, formIn, optionNames: Object.keys(optionsTable) }
