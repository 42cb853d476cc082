import { type FieldName, fieldNameOf, isFieldName } from '../fields/fields.ts'
import type { AskedStep } from '../form/questionnaire.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { Remark } from './field-model.ts'

/** An issue that has found its field. */
export interface PlacedIssue {
  readonly name: FieldName
  /** The step's place in the flow. */
  readonly step: number
  readonly remark: Remark
}

/** Issues of a receiver by the fields that are shown; `loose` are those of none. */
export function placeIssues(
  issues: readonly FieldIssue[],
  steps: readonly AskedStep[],
): { readonly placed: readonly PlacedIssue[]; readonly loose: readonly FieldIssue[] } {
  const placed: PlacedIssue[] = []
  const loose: FieldIssue[] = []
  for (const issue of issues) {
    const { field, ...remark } = issue
    // A code is not to be seen, and a provider does not know that it comes from a list.
    const shown = field.replace(/^(\w+)(?:Kladr|Id)$/, '$1')
    const name = fieldNameOf(shown)
    const step = steps.findIndex(({ fields }) => fields.some((asked) => asked.name === name))
    if (step < 0 || !isFieldName(name)) loose.push(issue)
    else placed.push({ name, step, remark: shown === field ? remark : { code: 'kladr-format' } })
  }
  return { placed, loose }
}
