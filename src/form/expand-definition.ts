import { type CompositeName, composites, isCompositeName } from '../fields/composites.ts'
import { type FieldName, isFieldName } from '../fields/fields.ts'
import type { Condition } from './condition.ts'
import type { FieldDefinition, FormDefinition, StepDefinition } from './definition.ts'

/** One field with an input of its own; `group` is its composite. */
export interface ResolvedField extends Omit<FieldDefinition, 'name'> {
  readonly name: FieldName
  readonly group?: FieldGroup
  /** Whether the field follows from others and is not shown. */
  readonly implied?: boolean
}

/** A composite in a definition. */
export interface FieldGroup {
  readonly name: CompositeName
  readonly label?: string | undefined
  readonly hint?: string | undefined
}

/** A step with all its fields. */
export interface ResolvedStep extends Omit<StepDefinition, 'fields'> {
  readonly fields: readonly ResolvedField[]
}

/** The steps of a definition with all implied fields. */
export interface ResolvedDefinition {
  readonly steps: readonly ResolvedStep[]
}

/**
 * Adds what a definition implies. Composites become their parts. A name in one field implies the gender, which a form may
 * also ask. A patronymic gets the checkbox "no patronymic", which
 * hides it. A residence gets the checkbox "same as registration" if the form asks for the registration, too.
 */
export function expandDefinition(definition: Pick<FormDefinition, 'steps'>): ResolvedDefinition {
  const requested = new Set(definition.steps.flatMap((step) => step.fields.map(({ name }) => name)))
  return {
    steps: definition.steps.map((step) => ({
      ...step,
      fields: step.fields.flatMap((request) => expandField(request, requested)),
    })),
  }
}

function expandField(request: FieldDefinition, requested: ReadonlySet<string>): readonly ResolvedField[] {
  const { name } = request
  if (isCompositeName(name)) {
    const same = name === 'residence' && requested.has('registration')
    const parts = expandComposite(name, same ? unlessChecked('residenceSame', request) : request)
    const group = { name, label: request.label, hint: request.hint }
    if (name === 'fullName') {
      const named = parts.map((part) =>
        part.name === 'middleName' ? { ...part, when: unlessChecked('noMiddleName', request).when } : part,
      )
      const gender = { name: 'gender', required: false, when: request.when, group, implied: true } as const
      return requested.has('gender') ? named : [...named, gender]
    }
    if (!same || requested.has('residenceSame')) return parts
    return [{ name: 'residenceSame', required: false, when: request.when, group }, ...parts]
  }
  // A newer relay may send fields that this script does not know.
  if (!isFieldName(name)) return []
  const field: ResolvedField = { ...request, name }
  // These checkboxes are never required.
  if (name === 'noMiddleName' || name === 'residenceSame') return [{ ...field, required: false }]
  const hasCheckbox = requested.has('noMiddleName')
  if (name !== 'middleName' || (field.required === false && !hasCheckbox)) return [field]
  const unlessNone = { ...unlessChecked('noMiddleName', request), name }
  return hasCheckbox
    ? [unlessNone]
    : [unlessNone, { name: 'noMiddleName', required: false, when: field.when }]
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
