import { type FieldName, fieldNameOf, isFieldName } from '../fields/fields.ts'
import type { ResolvedStep } from '../form/expand-definition.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { FieldMessage } from './field-model.ts'

/** An issue that has found its field. */
export interface AssignedIssue {
  readonly name: FieldName
  /** The step's place in the flow. */
  readonly step: number
  readonly message: FieldMessage
}

/** Issues of a receiver by the fields that are shown; `unassigned` are those of none. */
export function assignIssuesToFields(
  issues: readonly FieldIssue[],
  steps: readonly ResolvedStep[],
): { readonly assigned: readonly AssignedIssue[]; readonly unassigned: readonly FieldIssue[] } {
  const assigned: AssignedIssue[] = []
  const unassigned: FieldIssue[] = []
  for (const issue of issues) {
    const { field, ...remark } = issue
    // A code is not to be seen, and a provider does not know that it comes from a list.
    const shown = field.replace(/^(\w+)(?:Kladr|Id)$/, '$1')
    const name = fieldNameOf(shown)
    const step = steps.findIndex(({ fields }) => fields.some((asked) => asked.name === name))
    if (step < 0 || !isFieldName(name)) unassigned.push(issue)
    else assigned.push({ name, step, message: shown === field ? remark : { code: 'kladr-format' } })
  }
  return { assigned, unassigned }
}
