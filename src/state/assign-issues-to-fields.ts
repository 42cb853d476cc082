import { type FieldName, fieldNameOf, isFieldName } from '../fields/fields.ts'
import type { ResolvedStep } from '../form/expand-definition.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { FieldMessage } from './field-model.ts'

/** An issue that belongs to a field of the form. */
export interface AssignedIssue {
  readonly name: FieldName
  /** Index of the step in the flow. */
  readonly step: number
  readonly message: FieldMessage
}

/** Assigns a receiver's issues to the fields of some steps. `unassigned` holds those that belong to none of them. */
export function assignIssuesToFields(
  issues: readonly FieldIssue[],
  steps: readonly ResolvedStep[],
): { readonly assigned: readonly AssignedIssue[]; readonly unassigned: readonly FieldIssue[] } {
  const assigned: AssignedIssue[] = []
  const unassigned: FieldIssue[] = []
  for (const issue of issues) {
    const { field, ...message } = issue
    // Codes are hidden. Their issues are shown at the field that the person typed into.
    const visible = field.replace(/^(\w+)(?:Kladr|Id)$/, '$1')
    const name = fieldNameOf(visible)
    const step = steps.findIndex(({ fields }) => fields.some((candidate) => candidate.name === name))
    if (step < 0 || !isFieldName(name)) unassigned.push(issue)
    else assigned.push({ name, step, message: visible === field ? message : { code: 'kladr-format' } })
  }
  return { assigned, unassigned }
}
