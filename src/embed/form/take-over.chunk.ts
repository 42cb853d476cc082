import { isFieldName } from '../../fields/fields.ts'
import type { FormModel } from '../../state/form-model.ts'

/** What is read of an input, a select or a text area. */
interface Control {
  readonly name: string
  readonly type: string
  readonly value: string
  readonly defaultValue?: string
  readonly checked?: boolean
  readonly defaultChecked?: boolean
  /** Of a select. */
  readonly selectedIndex?: number
}

/** Reads what a person has entered into the page's own form in an element, by name. What the page had set is not read. */
export function readTyped(container: Element): ReadonlyMap<string, string> {
  const typed = new Map<string, string>()
  for (const element of container.querySelectorAll('input,textarea,select')) {
    const { name, type, value, defaultValue, checked, defaultChecked, selectedIndex }: Control =
      Object(element)
    const isBox = type === 'checkbox' || type === 'radio'
    const isEntered = isBox
      ? checked && !defaultChecked
      : (selectedIndex ?? Number(value !== defaultValue)) > 0
    if (isEntered) typed.set(name, type === 'checkbox' ? 'да' : value)
  }
  return typed
}

/** Enters what a person has typed elsewhere. Names that the form does not have, such as those of consents, are ignored. */
export function enterTyped(model: FormModel, typed: ReadonlyMap<string, string>): void {
  for (const [name, text] of typed) if (isFieldName(name)) model.type(name, text)
  // Parts of fields, and the usual form of what is valid.
  model.setValues(Object.fromEntries(typed))
}

/** Resolves once the person is at no field of the page's own form that the shown step lacks. */
export async function whenFree(container: Element, root: ParentNode): Promise<void> {
  for (
    let active = focusedIn(container);
    active && !counterpart(active, root);
    active = focusedIn(container)
  ) {
    await new Promise((resolve) => {
      // The next element has the focus after the event.
      container.addEventListener('focusout', () => setTimeout(resolve), { once: true })
    })
  }
}

/** Moves the focus and the caret from a field to the same field of a form that replaces it. */
export function carryFocus(from: Node, root: ParentNode): void {
  const active = focusedIn(from)
  const target = active && counterpart(active, root)
  if (!target) return
  const { value, selectionStart, selectionEnd }: HTMLInputElement = Object(active)
  target.focus({ preventScroll: true })
  // A select and a box have no caret.
  if (!('selectionStart' in target) || target.selectionStart === null) return
  // In the text as it was typed, the caret has its place. The mask then moves both.
  target.value = value
  target.setSelectionRange(selectionStart ?? value.length, selectionEnd ?? value.length)
  target.dispatchEvent(new Event('input'))
}

/** The element with the focus, if it is in a part of the page or in a shadow root. */
function focusedIn(node: Node): Element | undefined {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active && active !== node && node.contains(active) ? active : undefined
}

function counterpart(
  active: Element,
  root: ParentNode,
): HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null {
  const name = active.getAttribute('name')
  return name ? root.querySelector(`[name="${CSS.escape(name)}"]`) : null
}
