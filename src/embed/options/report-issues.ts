import { fields } from '../../fields/fields.ts'
import { loadAdvice } from '../on-demand.ts'
import type { OptionIssue } from './option-issue.ts'
import { report } from './report.ts'

/** Tells a page's author what to mend about an element, with advice, where that can be loaded. */
export function reportIssues(
  slips: readonly OptionIssue[],
  element: Element,
  relay: string | undefined,
): void {
  loadAdvice(relay).then(
    ({ describeIssue: adviseOn }) => {
      for (const slip of slips) report(adviseOn(slip, Object.keys(fields)), element)
    },
    () => report('look at', slips, element),
  )
}
