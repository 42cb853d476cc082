import { useLayoutEffect, useRef } from 'preact/hooks'
import type { ResolvedField, FieldGroup } from '../../form/expand-definition.ts'
import { FormField } from './form-field.tsx'
import type { FormView } from '../form-view.ts'
import { OptionalMark } from './optional-mark.tsx'
import { TextField } from './text-field.tsx'

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

/** A whole name: one input, or one for each part once the person has to confirm them. */
export function NameGroup(props: Parameters<typeof FieldGroupView>[0]) {
  const { view, group, fields } = props
  const { texts, live, model } = view
  const isOpen = model.nameLine.isOpen.value
  const wasOpen = useRef(isOpen)
  useLayoutEffect(() => {
    if (isOpen && !wasOpen.current) live.announceSoon(texts.checkName)
    wasOpen.current = isOpen
  }, [isOpen, live, texts])
  const [field] = fields
  const first = field && model.fields[field.name]
  if (isOpen || !field || !first)
    return <FieldGroupView {...props} group={{ ...group, hint: group.hint ?? texts.checkName }} />
  return <TextField view={view} field={field} model={first} whole="fullName" />
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
