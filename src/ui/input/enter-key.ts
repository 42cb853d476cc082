import { type FieldName, kindOf } from '../../fields/fields.ts'
import type { FormModel } from '../../state/form-model.ts'

/** The names of the fields after one in its step, boxes aside: nobody has to answer those. */
export function fieldsAfter({ step, nameLine }: FormModel, name: string): readonly FieldName[] {
  const { fields = [] } = step.value ?? {}
  return fields
    .slice(fields.findIndex((field) => field.name === name || field.group?.name === name) + 1)
    .filter(
      (field) => !/flag|hidden/.test(kindOf(field).control) && !field.implied && !nameLine.holds(field.name),
    )
    .map((field) => field.name)
}

/**
 * Lets Enter in a line go to the next field on a phone, while a later field of the step is empty: the key of its keyboard
 * says so. With another keyboard Enter sends the step, as in every form.
 */
export function handleEnter(event: KeyboardEvent, root: HTMLElement, model: FormModel): void {
  const { target } = event
  if (event.key !== 'Enter' || !(target instanceof HTMLElement) || !target.matches('.anketa-input')) return
  // Enter may choose from a list, or end a composition: then it has the code 229.
  if (event.defaultPrevented || event.keyCode === 229) return
  if (!root.ownerDocument.defaultView?.matchMedia('(pointer: coarse)').matches) return
  const later = fieldsAfter(model, target.getAttribute('name') ?? '')
  if (later.every((name) => model.fields[name]?.text.value)) return
  event.preventDefault()
  root.querySelector<HTMLElement>(`[data-field="${later[0]}"] :is(input, select, textarea)`)?.focus()
}
