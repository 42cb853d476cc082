import { fields } from '../../fields/fields.ts'
import type { OptionIssue } from './option-issue.ts'
import { report } from './report.ts'

/** Reports the issues of an element's options, with advice where that can be loaded. */
export function reportIssues(issues: readonly OptionIssue[], element: Element): void {
  import('./advice.chunk.ts').then(
    ({ describeIssue }) => {
      for (const issue of issues) report(describeIssue(issue, Object.keys(fields)), element)
    },
    () => report('issues in the options', issues, element),
  )
}
