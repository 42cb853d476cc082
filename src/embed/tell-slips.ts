import { fields } from '../fields/fields.ts'
import { loadAdvice } from './on-demand.ts'
import type { Slip } from './options/slip.ts'
import { tellAuthor } from './tell-author.ts'

/** Tells a page's author what to mend about an element, with advice, where that can be loaded. */
export function tellSlips(slips: readonly Slip[], element: Element, relay: string | undefined): void {
  loadAdvice(relay).then(
    ({ adviseOn }) => {
      for (const slip of slips) tellAuthor(adviseOn(slip, Object.keys(fields)), element)
    },
    () => tellAuthor('look at', slips, element),
  )
}
