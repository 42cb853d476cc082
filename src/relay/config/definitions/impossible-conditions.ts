import { isCompositeName } from '../../../fields/composites.ts'
import { checkValue } from '../../../fields/field-kind.ts'
import { fieldNameOf, fieldOf, isFieldName } from '../../../fields/fields.ts'
import type { Condition } from '../../../form/condition.ts'
import { type FieldDefinition, findFieldDefinition, type FormDefinition } from '../../../form/definition.ts'
import type { LeadValue } from '../../../lead/values.ts'

/** Problems of a definition's conditions that compare a field with what it can never be: they would never hold. */
export function findImpossibleInDefinition(definition: FormDefinition): readonly string[] {
  const { steps } = definition
  return steps.flatMap((step, stepIndex) => [
    ...findImpossible(step.when, `steps.${stepIndex}.when`, definition),
    ...step.fields.flatMap((field, index) =>
      findImpossible(field.when, `steps.${stepIndex}.fields.${index}.when`, definition),
    ),
  ])
}

/** Problems of a condition that compares a field with what it can never be. `path`: where it stands. */
export function findImpossible(
  condition: Condition | undefined,
  path: string,
  definition: Pick<FormDefinition, 'steps'>,
): readonly string[] {
  if (!condition) return []
  if ('all' in condition) return findInList(condition.all, `${path}.all`, definition)
  if ('any' in condition) return findInList(condition.any, `${path}.any`, definition)
  if ('not' in condition) return findImpossible(condition.not, `${path}.not`, definition)
  const { field } = condition
  if (isCompositeName(field) || !isFieldName(field) || fieldNameOf(field) !== field) return []
  const asked = findFieldDefinition(definition, field)
  const settings: Pick<FieldDefinition, 'options'> = asked ?? {}
  const accepts = (value: LeadValue): boolean => canBe(field, settings, value)
  const expected = `expected a value that "${field}" can have${describeValues(field, settings)}`
  if ('equals' in condition) return accepts(condition.equals) ? [] : [`${path}.equals: ${expected}`]
  if ('oneOf' in condition)
    return condition.oneOf.flatMap((value, index) =>
      accepts(value) ? [] : [`${path}.oneOf.${index}: ${expected}`],
    )
  if ('filled' in condition || isNumber(field, settings)) return []
  const key = 'atLeast' in condition ? 'atLeast' : 'atMost'
  return [`${path}.${key}: expected a field with a number, and "${field}" has none`]
}

function findInList(
  conditions: readonly Condition[],
  path: string,
  definition: Pick<FormDefinition, 'steps'>,
): readonly string[] {
  return conditions.flatMap((each, index) => findImpossible(each, `${path}.${index}`, definition))
}

type Settings = Pick<FieldDefinition, 'options'>

function canBe(field: string, { options }: Settings, value: LeadValue): boolean {
  if (options) return options.some((option) => option.value === value)
  if (!isFieldName(field)) return true
  const checked = checkValue(fieldOf(field).kind, value)
  return 'value' in checked && checked.value === value
}

/** Numbers that a field with a number accepts one of. */
const numbers = [0, 1, 2, 3, 10, 30, 100, 1000, 5000, 30_000, 100_000, 1_000_000]

function isNumber(field: string, settings: Settings): boolean {
  return (
    numbers.some((value) => canBe(field, settings, value)) ||
    settings.options?.some(({ value }) => typeof value === 'number') === true
  )
}

function describeValues(field: string, { options }: Settings): string {
  const values =
    options?.map(({ value }) => value) ?? (isFieldName(field) ? fieldOf(field).kind.options : undefined)
  if (isFieldName(field) && fieldOf(field).parts)
    return ': it has several parts, so only "filled" tells them apart'
  if (values) return `: ${values.map((value) => JSON.stringify(value)).join(', ')}`
  return isNumber(field, {}) ? ': a number' : ', as the relay stores it'
}
