import type { DraftField, DraftForm, DraftStep, FieldPlace } from './draft.ts'

/** Removes an item of a list. */
export function removeItem<Item>(list: readonly Item[], index: number): readonly Item[] {
  return list.filter((_, at) => at !== index)
}

/** Adds an item to a list before another one; an index outside of the list is its nearest end. */
export function insertItem<Item>(list: readonly Item[], index: number, item: Item): readonly Item[] {
  const at = Math.max(0, index)
  return [...list.slice(0, at), item, ...list.slice(at)]
}

/** Moves an item of a list; an index outside of the list is its nearest end. */
export function moveItem<Item>(list: readonly Item[], from: number, to: number): readonly Item[] {
  const item = list[from]
  return item === undefined ? list : insertItem(removeItem(list, from), to, item)
}

/** Replaces an item of a list. */
export function replaceItem<Item>(list: readonly Item[], index: number, item: Item): readonly Item[] {
  return list.map((one, at) => (at === index ? item : one))
}

/** Adds a step after another one; at the end if there is no such step. */
export function addStep(form: DraftForm, title: string, after: number = form.steps.length - 1): DraftForm {
  const step: DraftStep = { id: nameStep(form), title, fields: [] }
  return { ...form, steps: insertItem(form.steps, after + 1, step) }
}

/** Removes a step with its fields. A form keeps one step. */
export function removeStep(form: DraftForm, index: number): DraftForm {
  return form.steps.length > 1 ? { ...form, steps: removeItem(form.steps, index) } : form
}

/** Moves a step with its fields. */
export function moveStep(form: DraftForm, from: number, to: number): DraftForm {
  return { ...form, steps: moveItem(form.steps, from, to) }
}

/** Changes the settings of a step. */
export function updateStep(form: DraftForm, index: number, changes: Partial<DraftStep>): DraftForm {
  const step = form.steps[index]
  return step ? { ...form, steps: replaceItem(form.steps, index, withChanges(step, changes)) } : form
}

/** Adds a field at the end of a step. A form asks each field once. */
export function addField(form: DraftForm, step: number, name: string): DraftForm {
  if (findField(form, name)) return form
  return updateFields(form, step, (fields) => [...fields, { name }])
}

/** Removes a field. */
export function removeField(form: DraftForm, { step, index }: FieldPlace): DraftForm {
  return updateFields(form, step, (fields) => removeItem(fields, index))
}

/** Changes the settings of a field; `undefined` removes one. */
export function updateField(
  form: DraftForm,
  { step, index }: FieldPlace,
  changes: Partial<DraftField>,
): DraftForm {
  return updateFields(form, step, (fields) => {
    const field = fields[index]
    return field ? replaceItem(fields, index, withChanges(field, changes)) : fields
  })
}

/** Moves a field to a place in the same or in another step. `to.index` counts without the field itself. */
export function moveField(form: DraftForm, from: FieldPlace, to: FieldPlace): DraftForm {
  const field = form.steps[from.step]?.fields[from.index]
  if (!field || !form.steps[to.step]) return form
  return updateFields(removeField(form, from), to.step, (fields) => insertItem(fields, to.index, field))
}

/** Where a field gets by one step up or down: over the edge of its step into the next one. `undefined` at the end of the form. */
export function nextPlace(
  { steps }: DraftForm,
  { step, index }: FieldPlace,
  direction: 'up' | 'down',
): FieldPlace | undefined {
  const count = steps[step]?.fields.length ?? 0
  if (direction === 'up') {
    if (index > 0) return { step, index: index - 1 }
    const before = steps[step - 1]
    return before && { step: step - 1, index: before.fields.length }
  }
  if (index < count - 1) return { step, index: index + 1 }
  return steps[step + 1] && { step: step + 1, index: 0 }
}

/** Where a field is; `undefined` if the form does not ask it. */
export function findField({ steps }: DraftForm, name: string): FieldPlace | undefined {
  for (const [step, { fields }] of steps.entries()) {
    const index = fields.findIndex((field) => field.name === name)
    if (index >= 0) return { step, index }
  }
  return undefined
}

function updateFields(
  form: DraftForm,
  index: number,
  change: (fields: readonly DraftField[]) => readonly DraftField[],
): DraftForm {
  const step = form.steps[index]
  return step
    ? { ...form, steps: replaceItem(form.steps, index, { ...step, fields: change(step.fields) }) }
    : form
}

/** An id that no step has. */
function nameStep({ steps }: DraftForm): string {
  let number = steps.length + 1
  while (steps.some(({ id }) => id === `step-${number}`)) number += 1
  return `step-${number}`
}

/** Applies changes. What is `undefined` afterwards is left out, so that it does not appear in the definition. */
export function withChanges<Part extends object>(part: Part, changes: Partial<Part>): Part {
  const changed = { ...part, ...changes }
  for (const [name, value] of Object.entries(changed))
    if (value === undefined) Reflect.deleteProperty(changed, name)
  return changed
}
