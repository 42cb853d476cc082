import { render } from 'preact'
import { Form } from './form.tsx'
import type { FormView } from './form-view.ts'

/** Draws a form into an element or a shadow root; returns how to take it away. */
export function renderForm(view: FormView, into: Element | ShadowRoot): () => void {
  render(<Form view={view} />, into)
  return () => render(null, into)
}
