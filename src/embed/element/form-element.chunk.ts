import { elementName } from '../options/element-name.ts'
import type { FormHandle } from '../form/form-handle.ts'
import { findForm, mountForm } from '../form/mount.ts'
import { isParsed } from './is-parsed.ts'
import type { OptionChanges } from '../options/options.ts'
import { optionNames } from '../options/options-table.ts'
import { parseOptions } from '../options/parse-options.ts'

/** `<anketa-form>`. Every option is an attribute, with or without `data-`, and a property. */
export type FormElement = HTMLElement & { -readonly [Name in keyof OptionChanges]: OptionChanges[Name] } & {
  /** All options that are set as properties. */
  options: OptionChanges
  /** The form, while the element is on a page. */
  readonly handle: FormHandle | undefined
}

/**
 * How long an element that does not say where its form comes from waits for its options, in milliseconds. Frameworks set
 * properties after the element is on the page; React does not set objects at all while it hydrates a page.
 */
const optionsDelay = 3000

/** Registers `<anketa-form>` unless it is registered already. Does nothing on a server. */
export function defineFormElement(): void {
  if (typeof customElements === 'undefined' || customElements.get(elementName)) return
  customElements.define(elementName, createFormElement())
}

/** Creates the element's class. Not done on import, because a server has no `HTMLElement`. */
function createFormElement(): CustomElementConstructor {
  /** The options of each element, from all of its properties. */
  const properties = new WeakMap<HTMLElement, Record<string, unknown>>()
  /**
   * The last value of `options`. Frameworks set it and single properties in any order, and neither may undo the other.
   */
  const lastOptions = new WeakMap<HTMLElement, OptionChanges>()
  const scheduled = new WeakSet<HTMLElement>()
  /** The elements that have waited for options. */
  const overdue = new WeakSet<HTMLElement>()

  /** Brings the form in line with its element. Several changes in a row are handled together, in a microtask. */
  function syncForm(element: HTMLElement): void {
    if (scheduled.has(element)) return
    scheduled.add(element)
    queueMicrotask(() => {
      scheduled.delete(element)
      const form = findForm(element)
      // An element that was only moved is connected again by now.
      if (!element.isConnected) form?.destroy()
      else if (!isParsed(element))
        document.addEventListener('DOMContentLoaded', () => syncForm(element), { once: true })
      else if (form) form.update(optionsOf(element))
      else if (hasSource(element) || overdue.has(element)) mountForm(element, optionsOf(element))
      else
        setTimeout(() => {
          overdue.add(element)
          syncForm(element)
        }, optionsDelay)
    })
  }
  function hasSource(element: HTMLElement): boolean {
    const { relay, provider, form } = parseOptions(optionsOf(element), element.attributes, true).options
    return Boolean(relay ?? provider ?? form ?? element.querySelector('script[type="application/json"]'))
  }
  const optionsOf = (element: HTMLElement): OptionChanges => ({ ...properties.get(element) })
  function set(element: HTMLElement, options: object): void {
    properties.set(element, { ...optionsOf(element), ...options })
    if (element.isConnected) syncForm(element)
  }

  class FormElement extends HTMLElement {
    constructor() {
      super()
      // A form follows the attributes itself. Before there is one, an attribute may be what it waits for.
      new MutationObserver(() => findForm(this) ?? syncForm(this)).observe(this, { attributes: true })
      for (const name of ['options', ...optionNames]) {
        // A property that was set before the class was defined hides the accessor.
        const early: unknown = Object.hasOwn(this, name) ? Reflect.get(this, name) : undefined
        if (early === undefined) continue
        Reflect.deleteProperty(this, name)
        Reflect.set(this, name, early)
      }
    }
    connectedCallback(): void {
      syncForm(this)
    }
    disconnectedCallback(): void {
      syncForm(this)
    }
    get handle(): FormHandle | undefined {
      return findForm(this)
    }
    get options(): OptionChanges {
      return optionsOf(this)
    }
    set options(options: OptionChanges) {
      const changed: Record<string, unknown> = { ...lastOptions.get(this) }
      for (const name of Object.keys(changed)) changed[name] = undefined
      lastOptions.set(this, options)
      set(this, { ...changed, ...options })
    }
  }
  for (const name of optionNames) {
    Object.defineProperty(FormElement.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement) {
        return properties.get(this)?.[name]
      },
      set(this: HTMLElement, value: unknown) {
        set(this, { [name]: value })
      },
    })
  }
  return FormElement
}
