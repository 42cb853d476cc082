import type { FieldIssue } from '../lead/issue.ts'
import type { LeadValues } from '../lead/values.ts'

/** An earlier revision of a lead, and what was said of it. */
export interface EarlierRevision {
  readonly values: LeadValues
  readonly issues: readonly FieldIssue[]
}

/**
 * The issues that stand in a revision's way. A campaign's remark (`campaign-format`) is made once for a value: whoever
 * sends the same value again has looked, and means it.
 */
export function unacknowledgedIssues(
  issues: readonly FieldIssue[],
  values: LeadValues,
  earlier: readonly EarlierRevision[],
): readonly FieldIssue[] {
  return issues.filter(
    ({ code, field }) =>
      code !== 'campaign-format' ||
      !earlier.some(
        (revision) =>
          fieldValue(revision.values, field) === fieldValue(values, field) &&
          revision.issues.some((issue) => issue.code === code && issue.field === field),
      ),
  )
}

function fieldValue(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return values[name]
}
