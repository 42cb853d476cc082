import { amount } from '../fields/kinds/amount.ts'
import { checkValue } from '../fields/field-kind.ts'
import { fieldOf, kindOf, pickValue, spreadValue } from '../fields/fields.ts'
import { term } from '../fields/kinds/duration.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { ConsentReceipt } from '../lead/lead.ts'
import type { CalendarDate } from '../lead/calendar-date.ts'
import type { LeadValues } from '../lead/values.ts'
import type { ConsentDefinition, FormDefinition } from './definition.ts'
import { fieldNames, resolveFlow } from './flow.ts'
import { type ResolvedField, expandDefinition } from './expand-definition.ts'
import { type Finding, applyRules, type RuleContext } from './rules.ts'

/** The context of a definition's rules on a day. */
export function ruleContext(definition: FormDefinition, today: CalendarDate): RuleContext {
  const { minimumAge = 18, maximumAge, passportExpiry = 'warn' } = definition
  return { today, minimumAge, maximumAge, passportExpiry }
}

/** Checks the canonical value of one field: its kind, its limits and the rules across fields. */
export function validateFieldValue(
  field: ResolvedField,
  values: LeadValues,
  context: RuleContext,
): Finding | undefined {
  const { name, required, minimum, maximum } = field
  const kind = kindOf(field)
  const candidate = pickValue(name, values)
  if (candidate === undefined) {
    if (required === false) return undefined
    return { code: kind.control === 'choice' ? 'required-choice' : 'required' }
  }
  const result = checkValue(kind, candidate)
  if ('code' in result) return result
  const { value } = result
  if (typeof value === 'number' && (kind === amount || kind === term)) {
    const subject = kind === term ? 'term' : 'amount'
    if (minimum !== undefined && value < minimum) return { code: `${subject}-minimum`, limit: minimum }
    if (maximum !== undefined && value > maximum) return { code: `${subject}-maximum`, limit: maximum }
  }
  if (typeof value === 'string' && kind.maxLength !== undefined && value.length > (maximum ?? Infinity)) {
    return { code: 'text-length', limit: maximum ?? kind.maxLength }
  }
  return applyRules(name, values, context)
}

/**
 * Checks values from outside against a definition. Returns the valid values of visible fields and the errors; warnings are
 * not errors.
 */
export function validateValues(
  definition: FormDefinition,
  candidate: LeadValues,
  today: CalendarDate,
): { readonly values: LeadValues; readonly issues: readonly FieldIssue[] } {
  const context = ruleContext(definition, today)
  const flow = resolveFlow(expandDefinition(definition), candidate)
  const issues: FieldIssue[] = []
  let values: LeadValues = {}
  for (const field of flow.steps.flatMap((step) => step.fields)) {
    const finding = validateFieldValue(field, flow.values, context)
    if (finding && !finding.warning) {
      const { code, limit } = finding
      issues.push(limit === undefined ? { field: field.name, code } : { field: field.name, code, limit })
    }
    const checked = checkValue(kindOf(field), pickValue(field.name, flow.values))
    if ('value' in checked) values = { ...values, ...spreadValue(field.name, checked.value) }
  }
  return { values, issues }
}

/** The names of values that no field takes: the form does not ask for them, or not of this person. */
export function findIgnoredNames(definition: FormDefinition, values: LeadValues): readonly string[] {
  const asked = findAskedNames(definition, values)
  return Object.keys(values).filter((name) => !asked.has(name))
}

/** The canonical names that the form asks for, of a person with these values. */
export function findAskedNames(definition: FormDefinition, values: LeadValues): ReadonlySet<string> {
  const { steps } = resolveFlow(expandDefinition(definition), values)
  return new Set<string>(
    [...fieldNames(steps)].flatMap((name): readonly string[] => fieldOf(name).parts ?? [name]),
  )
}

/** Issues for required consents that are missing or belong to another document or version. */
export function validateConsents(
  consents: readonly ConsentDefinition[],
  receipts: readonly ConsentReceipt[],
): readonly FieldIssue[] {
  return consents
    .filter(
      (consent) =>
        consent.required &&
        !receipts.some(
          (receipt) =>
            receipt.id === consent.id &&
            receipt.version === consent.version &&
            receipt.documentUrl === consent.documentUrl,
        ),
    )
    .map((consent) => ({ field: `consent.${consent.id}`, code: 'consent-required' }))
}
