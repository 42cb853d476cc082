import { testClicks } from '../lead/test-clicks.ts'
import { hooks } from './hooks.ts'

/** What a person enters, by field: a text as it is typed, a number, or whether a box is ticked. */
export type Entries = Readonly<Record<string, string | number | boolean>>

/** Fills in a form on the same page as a person would, through its stable {@link hooks}. */
export interface FormDriver {
  /** Waits for a step, `verification` or `result`. Rejects after the timeout. */
  step(id: string): Promise<void>
  /** Waits for a status: `filling`, `sending`, `failed`, or the name of an outcome. Rejects after the timeout. */
  status(name: string): Promise<void>
  /** Enters texts, ticks boxes and chooses options, by the names of the fields. Waits until a field appears. */
  fill(entries: Entries): Promise<void>
  /** Ticks consents. */
  agree(...ids: readonly string[]): void
  /** Clicks a button. Wait for its effect with `step` or `status`. */
  press(action: 'next' | 'back' | 'submit' | 'retry' | 'confirm' | 'change' | 'give-up'): void
  /** The text of a field. */
  text(name: string): string
  /** The error that is shown at a field. */
  message(name: string): string | undefined
}

/** Creates the driver of the form in an element. Errors describe what the form shows instead. */
export function driveForm(container: Element, { timeoutMs = 5000 } = {}): FormDriver {
  const root = (): ParentNode | undefined =>
    [container, ...container.querySelectorAll('*')]
      .flatMap((element) => [element, ...(element.shadowRoot ? [element.shadowRoot] : [])])
      .find((scope) => [...scope.children].some((child) => child.matches(hooks.form)))

  function find(selector: string): Element {
    const found = root()?.querySelector(selector)
    if (!found) throw new Error(`the form shows no ${selector}; ${describe(root())}`)
    return found
  }

  async function waitFor(selector: string): Promise<void> {
    for (let waited = 0; !root()?.querySelector(selector); waited += 10) {
      if (waited >= timeoutMs)
        throw new Error(`the form did not show ${selector} in time; ${describe(root())}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  function enter(name: string, entry: string | number | boolean): void {
    const controls = [...(root()?.querySelectorAll(hooks.control(name)) ?? [])]
    const radio = controls.find((one) => isInput(one, 'radio') && one.value === String(entry))
    const control = radio ?? controls[0] ?? find(hooks.control(name))
    if (!(control instanceof HTMLElement)) return
    control.focus()
    if (isInput(control, 'radio') || isInput(control, 'checkbox')) {
      if (control.checked !== (entry !== false)) control.click()
    } else if (isTextual(control)) {
      control.value = String(entry)
      const init = { bubbles: true, composed: true }
      // As a browser that fills in: a key would enter a single character.
      control.dispatchEvent(new Event('input', init))
      control.dispatchEvent(new Event('change', init))
    }
    control.blur()
  }

  return {
    step: (id) => waitFor(hooks.step(id)),
    status: (name) => waitFor(hooks.status(name)),
    async fill(entries) {
      for (const [name, entry] of Object.entries(entries)) {
        await waitFor(hooks.control(name))
        enter(name, entry)
      }
    },
    agree(...ids) {
      for (const id of ids) {
        const box = find(hooks.consent(id))
        if (isInput(box, 'checkbox') && !box.checked) tick(box)
      }
    },
    press(action) {
      const button = find(hooks.action(action))
      if (button instanceof HTMLElement) button.click()
    },
    text(name) {
      const control = find(hooks.control(name))
      return isTextual(control) ? control.value : ''
    },
    message: (name) => root()?.querySelector(hooks.message(name))?.textContent?.trim(),
  }
}

/** A box takes no clicks of scripts but those that are marked. */
function tick(box: HTMLInputElement): void {
  const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true })
  testClicks.add(click)
  box.dispatchEvent(click)
}

function isInput(element: Element, type: string): element is HTMLInputElement {
  return element instanceof HTMLInputElement && element.type === type
}

function isTextual(element: Element): element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  )
}

/** Describes the step and the status of a form, and what it asks to correct. */
function describe(root: ParentNode | undefined): string {
  const form = root?.querySelector(hooks.form)
  if (!form) return 'there is no form in the element'
  const invalid = [...form.querySelectorAll('[data-field]')]
    .filter((field) => field.querySelector('[part~="error"]'))
    .map((field) => field.getAttribute('data-field'))
  return `it is at step "${form.getAttribute('data-step')}", status "${form.getAttribute('data-status')}"${
    invalid.length > 0 ? `, to be corrected: ${invalid.join(', ')}` : ''
  }`
}
