import { type CompositeName, composites, isCompositeName } from '../fields/composites.ts'
import { type FieldName, isFieldName } from '../fields/fields.ts'
import type { Condition } from './condition.ts'
import type { FieldDefinition, FormDefinition, StepDefinition } from './definition.ts'

/** One field that is asked for by itself; `group` is the composite it is a part of. */
export interface ResolvedField extends Omit<FieldDefinition, 'name'> {
  readonly name: FieldName
  readonly group?: FieldGroup
}

/** A composite as it is asked for. */
export interface FieldGroup {
  readonly name: CompositeName
  readonly label?: string | undefined
  readonly hint?: string | undefined
}

/** A step with everything that it asks. */
export interface ResolvedStep extends Omit<StepDefinition, 'fields'> {
  readonly fields: readonly ResolvedField[]
}

/** A definition with all that it implies spelled out. */
export interface ResolvedDefinition {
  readonly steps: readonly ResolvedStep[]
}

/**
 * Spells out what a definition implies: composites become their parts; a patronymic brings the box "no patronymic", and
 * is not asked for when that is ticked; a residence, where the registration is asked for too, brings the box "the same".
 */
export function expandDefinition(definition: Pick<FormDefinition, 'steps'>): ResolvedDefinition {
  const asked = new Set(definition.steps.flatMap((step) => step.fields.map(({ name }) => name)))
  return {
    steps: definition.steps.map((step) => ({
      ...step,
      fields: step.fields.flatMap((request) => expandField(request, asked)),
    })),
  }
}

function expandField(request: FieldDefinition, asked: ReadonlySet<string>): readonly ResolvedField[] {
  const { name } = request
  if (isCompositeName(name)) {
    const same = name === 'residence' && asked.has('registration')
    const parts = expandComposite(name, same ? unlessChecked('residenceSame', request) : request)
    const group = { name, label: request.label, hint: request.hint }
    if (!same || asked.has('residenceSame')) return parts
    return [{ name: 'residenceSame', required: false, when: request.when, group }, ...parts]
  }
  // A relay that is newer than this script may ask for what it does not know.
  if (!isFieldName(name)) return []
  const field: ResolvedField = { ...request, name }
  // Nobody has to tick these boxes.
  if (name === 'noMiddleName' || name === 'residenceSame') return [{ ...field, required: false }]
  const asksBox = asked.has('noMiddleName')
  if (name !== 'middleName' || (field.required === false && !asksBox)) return [field]
  const unlessTicked = { ...unlessChecked('noMiddleName', request), name }
  return asksBox
    ? [unlessTicked]
    : [unlessTicked, { name: 'noMiddleName', required: false, when: field.when }]
}

function expandComposite(
  name: CompositeName,
  { label, hint, required, when }: FieldDefinition,
): readonly ResolvedField[] {
  return composites[name].map((part) => ({
    name: part.name,
    required: required !== false && part.required,
    when,
    group: { name, label, hint },
  }))
}

function unlessChecked(box: FieldName, request: FieldDefinition): FieldDefinition {
  const not: Condition = { not: { field: box, equals: true } }
  return { ...request, when: request.when ? { all: [request.when, not] } : not }
}
