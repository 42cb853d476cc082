import { type FieldName, kindOf } from '../../fields/fields.ts'
import type { FormModel } from '../../state/form-model.ts'

/** The names of the fields after one in its step, boxes aside: nobody has to answer those. */
export function fieldsAfter({ step }: FormModel, name: string): readonly FieldName[] {
  const { fields = [] } = step.value ?? {}
  return fields
    .slice(fields.findIndex((field) => field.name === name) + 1)
    .filter((field) => !['flag', 'hidden'].includes(kindOf(field).control))
    .map((field) => field.name)
}

/**
 * Lets Enter go to the next field on a phone, while a later field of the step is empty: the key of its keyboard says so.
 * With another keyboard Enter sends the step, as in every form.
 */
export function handleEnter(event: KeyboardEvent, model: FormModel): void {
  const { target, currentTarget, key, defaultPrevented } = event
  // Enter may choose from a list, or end a composition: then Safari sends the code 229.
  if (key !== 'Enter' || defaultPrevented || event.isComposing || event.keyCode === 229) return
  if (!(currentTarget instanceof HTMLElement && target instanceof HTMLElement)) return
  if (!currentTarget.ownerDocument.defaultView?.matchMedia('(pointer: coarse)').matches) return
  const [next, ...others] = target.matches('.anketa-input')
    ? fieldsAfter(model, target.getAttribute('name') ?? '')
    : []
  if (next === undefined || [next, ...others].every((name) => model.fields[name]?.text.value)) return
  event.preventDefault()
  currentTarget.querySelector<HTMLElement>(`[data-field="${next}"] :is(input, select, textarea)`)?.focus()
}
