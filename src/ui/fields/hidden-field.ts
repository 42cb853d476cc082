import { maskedControl } from '../input/recorder-marks.ts'

const fieldName = 'website'

/**
 * Adds a field to a form that only a program fills in: people do not see it, Tab and screen readers pass it over, and
 * browsers and password managers do not fill it in. Loaded when the focus has first come to the form.
 */
export function addHiddenField(form: HTMLElement): void {
  if (findHiddenField(form)) return
  const frame = form.ownerDocument.createElement('div')
  frame.className = 'anketa-unseen'
  frame.setAttribute('inert', '')
  frame.setAttribute('aria-hidden', 'true')
  const input = form.ownerDocument.createElement('input')
  input.type = 'text'
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)
  frame.append(input)
  // Outside of the step, which browsers fill in and programs of pages may read as a whole.
  form.append(frame)
}

/** The text in the hidden field of a form; empty if there is none. */
export function readHiddenField(root: ParentNode): string {
  return findHiddenField(root)?.value.slice(0, 200) ?? ''
}

function findHiddenField(root: ParentNode): HTMLInputElement | null {
  return root.querySelector<HTMLInputElement>(`input[name=${fieldName}]`)
}

const attributes = {
  ...maskedControl(''),
  name: fieldName,
  tabindex: '-1',
  autocomplete: 'off',
  // What password managers obey.
  'data-1p-ignore': '',
  'data-bwignore': 'true',
  'data-lpignore': 'true',
  'data-form-type': 'other',
}
