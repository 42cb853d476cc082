import type { FieldIssue } from '../lead/issue.ts'
import type { LeadValues } from '../lead/values.ts'

/** An earlier revision of a lead, and the issues that were found in it. */
export interface EarlierRevision {
  readonly values: LeadValues
  readonly issues: readonly FieldIssue[]
}

/**
 * Returns the issues that keep a revision from being delivered. A campaign's warning (`campaign-format`) is given once
 * for a value: a person who sends the same value again has confirmed it.
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
