import { elementName } from '../options/element-name.ts'
import type { FormHandle } from '../form/form-handle.ts'
import { isParsed } from './is-parsed.ts'
import type { OptionChanges } from '../options/options.ts'

/** `<anketa-form>`: every option is an attribute, with or without `data-`, and a property. */
export type FormElement = HTMLElement & { -readonly [Name in keyof OptionChanges]: OptionChanges[Name] } & {
  /** All options that are given as properties, at once. */
  options: OptionChanges
  /** The form, while the element is on a page. */
  readonly handle: FormHandle | undefined
}

/** What the element is made with; handed over, as the script has it already where it loads the element on demand. */
export interface FormElementDeps {
  mountForm(container: HTMLElement, options: OptionChanges): FormHandle
  findForm(container: Element): FormHandle | undefined
  readonly optionNames: readonly string[]
}

/** Registers `<anketa-form>`, unless somebody has. On a server there is nothing to register with. */
export function defineFormElement(tools: FormElementDeps): void {
  if (typeof customElements === 'undefined' || customElements.get(elementName)) return
  customElements.define(elementName, createFormElement(tools))
}

/** Makes the element's class when it is asked for: a server knows no `HTMLElement`. */
function createFormElement({ mountForm, findForm, optionNames }: FormElementDeps): CustomElementConstructor {
  const given = new WeakMap<HTMLElement, Record<string, unknown>>()
  /** What was given by `options` last: frameworks set that and single properties in any order, and neither undoes the other. */
  const together = new WeakMap<HTMLElement, OptionChanges>()
  const waiting = new WeakSet<HTMLElement>()

  /** Brings the form to what the element says; once for all that is said, and that happens, in one go. */
  function follow(element: HTMLElement): void {
    if (waiting.has(element)) return
    waiting.add(element)
    queueMicrotask(() => {
      waiting.delete(element)
      const form = findForm(element)
      // One that was only moved is connected again by now.
      if (!element.isConnected) form?.destroy()
      else if (!isParsed(element))
        document.addEventListener('DOMContentLoaded', () => follow(element), { once: true })
      else if (form) form.update(optionsOf(element))
      else mountForm(element, optionsOf(element))
    })
  }
  const optionsOf = (element: HTMLElement): OptionChanges => ({ ...given.get(element) })
  function set(element: HTMLElement, options: object): void {
    given.set(element, { ...optionsOf(element), ...options })
    if (element.isConnected) follow(element)
  }

  class FormElement extends HTMLElement {
    constructor() {
      super()
      new MutationObserver((records) => {
        if (records.some(({ attributeName }) => attributeName !== 'data-anketa-status')) follow(this)
      }).observe(this, { attributes: true })
      for (const name of ['options', ...optionNames]) {
        // What was set before the class was known stands in the way of its property.
        const early: unknown = Object.hasOwn(this, name) ? Reflect.get(this, name) : undefined
        if (early === undefined) continue
        Reflect.deleteProperty(this, name)
        Reflect.set(this, name, early)
      }
    }
    connectedCallback(): void {
      follow(this)
    }
    disconnectedCallback(): void {
      follow(this)
    }
    get handle(): FormHandle | undefined {
      return findForm(this)
    }
    get options(): OptionChanges {
      return optionsOf(this)
    }
    set options(options: OptionChanges) {
      const changed: Record<string, unknown> = { ...together.get(this) }
      for (const name of Object.keys(changed)) changed[name] = undefined
      together.set(this, options)
      set(this, { ...changed, ...options })
    }
  }
  for (const name of optionNames) {
    Object.defineProperty(FormElement.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement) {
        return given.get(this)?.[name]
      },
      set(this: HTMLElement, value: unknown) {
        set(this, { [name]: value })
      },
    })
  }
  return FormElement
}
