import type { ResolvedField, FieldGroup } from '../../form/expand-definition.ts'
import { FormField } from './form-field.tsx'
import type { FormView } from '../form-view.ts'
import { OptionalMark } from './optional-mark.tsx'

/** A composite field: its parts under one legend. */
export function FieldGroupView({
  view,
  group: { name, label, hint },
  fields,
}: {
  readonly view: FormView
  readonly group: FieldGroup
  readonly fields: readonly ResolvedField[]
}) {
  const hintId = `${view.uid}-${name}-hint`
  return (
    <fieldset
      class="anketa-group"
      part="group"
      data-field={name}
      data-control="group"
      aria-describedby={hint === undefined ? undefined : hintId}
    >
      <legend class="anketa-legend" part="legend">
        {label ?? view.texts.composites[name] ?? name}
        {fields.every(({ required }) => required === false) && <OptionalMark text={view.texts.optional} />}
      </legend>
      {hint !== undefined && (
        <p class="anketa-hint" part="hint" id={hintId}>
          {hint}
        </p>
      )}
      <div class="anketa-fields" part="fields">
        {fields.map((field) => (
          <FormField key={field.name} view={view} field={field} />
        ))}
      </div>
    </fieldset>
  )
}

/** Groups adjacent fields of one composite. The order is kept. */
export function groupFields(
  fields: readonly ResolvedField[],
): readonly [ResolvedField, ...ResolvedField[]][] {
  const groups: [ResolvedField, ...ResolvedField[]][] = []
  for (const field of fields) {
    const last = groups.at(-1)
    if (last && field.group && last[0].group?.name === field.group.name) last.push(field)
    else groups.push([field])
  }
  return groups
}
