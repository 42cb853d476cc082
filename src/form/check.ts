import { checkCanonical } from '../fields/field-kind.ts'
import { fields, pickValue, spreadValue } from '../fields/fields.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { ConsentReceipt } from '../lead/lead.ts'
import type { CalendarDate } from '../lead/calendar-date.ts'
import type { LeadValues } from '../lead/values.ts'
import type { ConsentDefinition, FieldRequest, FormDefinition } from './definition.ts'
import { resolveFlow, withImpliedFields } from './flow.ts'
import { type Finding, findingOf, type RuleContext } from './rules.ts'

/** The rules' context of a definition on a day. */
export function ruleContext(definition: FormDefinition, today: CalendarDate): RuleContext {
  const { minimumAge = 18, maximumAge, passportExpiry = 'warn' } = definition
  return { today, minimumAge, maximumAge, passportExpiry }
}

/** What is wrong with one asked field's canonical value, limits and rules across fields included. */
export function checkField(
  field: FieldRequest,
  values: LeadValues,
  context: RuleContext,
): Finding | undefined {
  const candidate = pickValue(field.name, values)
  if (candidate === undefined) return field.required === false ? undefined : { code: 'required' }
  const result = checkCanonical(fields[field.name].kind, candidate)
  if ('code' in result) return result
  const subject = field.name === 'termDays' ? 'term' : 'amount'
  if (typeof result.value === 'number') {
    if (field.minimum !== undefined && result.value < field.minimum) {
      return { code: `${subject}-minimum`, limit: field.minimum }
    }
    if (field.maximum !== undefined && result.value > field.maximum) {
      return { code: `${subject}-maximum`, limit: field.maximum }
    }
  }
  return findingOf(field.name, values, context)
}

/**
 * Checks values from outside against a definition: what is asked must be there and right, what is not asked is left
 * out. Warnings pass.
 */
export function checkValues(
  definition: FormDefinition,
  candidate: LeadValues,
  today: CalendarDate,
): { readonly values: LeadValues; readonly issues: readonly FieldIssue[] } {
  const context = ruleContext(definition, today)
  const flow = resolveFlow(withImpliedFields(definition), candidate)
  const issues: FieldIssue[] = []
  let values: LeadValues = {}
  for (const field of flow.steps.flatMap((step) => step.fields)) {
    const finding = checkField(field, flow.values, context)
    if (finding && !finding.warning) {
      const { code, limit } = finding
      issues.push(limit === undefined ? { field: field.name, code } : { field: field.name, code, limit })
    }
    const checked = checkCanonical(fields[field.name].kind, pickValue(field.name, flow.values))
    if ('value' in checked) values = { ...values, ...spreadValue(field.name, checked.value) }
  }
  return { values, issues }
}

/** Issues of required consents that were not given, or given to another document than the one asked for. */
export function checkConsents(
  asked: readonly ConsentDefinition[],
  given: readonly ConsentReceipt[],
): readonly FieldIssue[] {
  return asked
    .filter(
      (consent) =>
        consent.required &&
        !given.some(
          (receipt) =>
            receipt.id === consent.id &&
            receipt.version === consent.version &&
            receipt.documentUrl === consent.documentUrl,
        ),
    )
    .map((consent) => ({ field: `consent.${consent.id}`, code: 'consent-required' }))
}
