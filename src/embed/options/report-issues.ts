import { fields } from '../../fields/fields.ts'
import type { OptionIssue } from './option-issue.ts'
import { report } from './report.ts'

/** Tells a page's author what to mend about an element, with advice, where that can be loaded. */
export function reportIssues(slips: readonly OptionIssue[], element: Element): void {
  import('./advice.chunk.ts').then(
    ({ describeIssue }) => {
      for (const slip of slips) report(describeIssue(slip, Object.keys(fields)), element)
    },
    () => report('look at', slips, element),
  )
}
