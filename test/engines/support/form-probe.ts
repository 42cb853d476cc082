/** What a function in the page asks about the form. */
export type FormProbe = ReturnType<typeof createFormProbe>

/** Creates the probe. It runs in the page and sees nothing of this module. */
export function createFormProbe() {
  const container = document.querySelector('[data-anketa]')
  const hosts = container ? [container, ...container.querySelectorAll('*')] : []
  const root =
    hosts.find(({ shadowRoot }) => shadowRoot?.querySelector('[data-step]'))?.shadowRoot ?? container

  function find(selector: string): HTMLElement | undefined {
    const found = root?.querySelector(selector)
    return found instanceof HTMLElement ? found : undefined
  }

  /** The element that has the focus. */
  function active(): Element | null {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return element
  }

  return {
    root,
    find,
    active,
    all: (selector: string): readonly Element[] => [...(root?.querySelectorAll(selector) ?? [])],
    /** Scrolls to an element. The middle of what is seen of it, once it has stopped moving. */
    middleOf(selector: string): { readonly x: number; readonly y: number } | undefined {
      const element = find(selector)
      if (!element) return undefined
      element.scrollIntoView({ block: 'center', behavior: 'instant' })
      const { left, top, width, height } = element.getBoundingClientRect()
      return { x: left + width / 2, y: top + height / 2 }
    },
    /** The text of the field that has the focus, with `|` at the caret or around the selection. */
    caret(): string {
      const element = active()
      if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return 'no field'
      const { value, selectionStart, selectionEnd } = element
      const [start, end] = [selectionStart ?? 0, selectionEnd ?? 0]
      const selected = start === end ? '' : `${value.slice(start, end)}|`
      return `${value.slice(0, start)}|${selected}${value.slice(end)}`
    },
    /** What the form shows, for the message of a test that fails. */
    describe(): string {
      const form = find('[data-step]')
      const errors = [...(root?.querySelectorAll('[part~=error]') ?? [])].map((error) => error.textContent)
      return `step ${form?.dataset['step']}, status ${form?.dataset['status']}, errors: ${errors.join('; ')}`
    },
  }
}
