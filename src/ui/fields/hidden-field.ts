import type { Lead } from '../../lead/lead.ts'

/**
 * Adds a field to a form that only a program fills in: people do not see it, Tab and screen readers pass it over, and
 * browsers and password managers do not fill it in. Returns what reads it for a lead.
 */
export function createHiddenField(root: ParentNode): () => Pick<Lead, 'website'> {
  const form = root.querySelector('section')
  const document = form?.ownerDocument
  if (!form || !document) return () => ({})
  const frame = document.createElement('div')
  frame.className = 'anketa-unseen'
  frame.setAttribute('inert', '')
  frame.setAttribute('aria-hidden', 'true')
  const input = document.createElement('input')
  input.type = 'text'
  input.className = 'ym-disable-keys'
  for (const [name, value] of attributes) input.setAttribute(name, value)
  frame.append(input)
  // Outside of the step, which browsers fill in and programs of pages may read as a whole.
  form.append(frame)
  return () => (input.value === '' ? {} : { website: input.value.slice(0, 200) })
}

const attributes = [
  ['name', 'website'],
  ['tabindex', '-1'],
  ['autocomplete', 'off'],
  ['data-hj-suppress', ''],
  // What password managers obey.
  ['data-1p-ignore', ''],
  ['data-bwignore', 'true'],
  ['data-lpignore', 'true'],
  ['data-form-type', 'other'],
] as const
