import type { Entered, InputCase } from '../../fields/input-cases.ts'
import { press } from './keys.ts'
import { showFields } from './show-form.ts'

/**
 * Shows a form with the field of a case, enters the text as `enter` does, and leaves the field. Returns what became of
 * the text.
 */
export async function enterCase(
  { field, input }: Pick<InputCase, 'field' | 'input'>,
  enter: (text: string, control: HTMLInputElement | HTMLTextAreaElement) => Promise<void> | void,
): Promise<Entered> {
  const form = showFields({ name: field, required: false })
  const [control] = [
    ...form.all(HTMLInputElement, `[data-field="${field}"] input`),
    ...form.all(HTMLTextAreaElement, `[data-field="${field}"] textarea`),
  ]
  if (!control) throw new TypeError(`${field}: expected a control`)
  control.focus()
  await enter(input, control)
  await press('Tab')
  const model = form.model.fields[field]
  const message = form.message(field)
  return {
    value: model?.value.value,
    refused: message?.blocks === true && message.text !== '',
    shown: control.value,
  }
}
