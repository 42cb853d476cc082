import { type CompositeName, composites, isCompositeName } from '../fields/composites.ts'
import { type FieldName, isFieldName } from '../fields/fields.ts'
import type { Condition } from './condition.ts'
import type { FieldRequest, FormDefinition, StepDefinition } from './definition.ts'

/** One field that is asked for by itself; `group` is the composite it is a part of. */
export interface AskedField extends Omit<FieldRequest, 'name'> {
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
export interface AskedStep extends Omit<StepDefinition, 'fields'> {
  readonly fields: readonly AskedField[]
}

/** A definition with all that it implies spelled out. */
export interface Questionnaire {
  readonly steps: readonly AskedStep[]
}

/**
 * Spells out what a definition implies: composites become their parts; a patronymic brings the box "no patronymic", and
 * is not asked for when that is ticked; a residence, where the registration is asked for too, brings the box "the same".
 */
export function spellOut(definition: Pick<FormDefinition, 'steps'>): Questionnaire {
  const asked = new Set(definition.steps.flatMap((step) => step.fields.map(({ name }) => name)))
  return {
    steps: definition.steps.map((step) => ({
      ...step,
      fields: step.fields.flatMap((request) => spellOutField(request, asked)),
    })),
  }
}

function spellOutField(request: FieldRequest, asked: ReadonlySet<string>): readonly AskedField[] {
  const { name } = request
  if (isCompositeName(name)) {
    const same = name === 'residence' && asked.has('registration')
    const parts = spellOutParts(name, same ? unless('residenceSame', request) : request)
    const group = { name, label: request.label, hint: request.hint }
    if (!same || asked.has('residenceSame')) return parts
    return [{ name: 'residenceSame', required: false, when: request.when, group }, ...parts]
  }
  // A relay that is newer than this script may ask for what it does not know.
  if (!isFieldName(name)) return []
  const field: AskedField = { ...request, name }
  // Nobody has to tick these boxes.
  if (name === 'noMiddleName' || name === 'residenceSame') return [{ ...field, required: false }]
  const asksBox = asked.has('noMiddleName')
  if (name !== 'middleName' || (field.required === false && !asksBox)) return [field]
  const unlessTicked = { ...unless('noMiddleName', request), name }
  return asksBox
    ? [unlessTicked]
    : [unlessTicked, { name: 'noMiddleName', required: false, when: field.when }]
}

function spellOutParts(
  name: CompositeName,
  { label, hint, required, when }: FieldRequest,
): readonly AskedField[] {
  return composites[name].map((part) => ({
    name: part.name,
    required: required !== false && part.required,
    when,
    group: { name, label, hint },
  }))
}

function unless(box: FieldName, request: FieldRequest): FieldRequest {
  const not: Condition = { not: { field: box, equals: true } }
  return { ...request, when: request.when ? { all: [request.when, not] } : not }
}
