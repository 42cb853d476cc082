import { onTestFinished } from 'vitest'
import type { FormDefinition } from '../../../src/form/definition.ts'
import { define } from '../../form/define.ts'

/** A relay that answers what a page in this browser fetches. */
export interface PageRelay {
  /** What its form asks now. */
  definition: FormDefinition
  /** The answer to a lead; its body as JSON. */
  answer: (lead: SentLead) => Promise<object> | object
  readonly leads: SentLead[]
}

/** A lead as it was posted. */
export interface SentLead {
  readonly id: string
  readonly values: Readonly<Record<string, unknown>>
  readonly consents: readonly { readonly id: string; readonly acceptedAt: string }[]
  readonly attribution: Readonly<Record<string, unknown>>
}

/** Two steps and a consent. */
export const twoSteps = define([{ name: 'amount' }, { name: 'lastName' }], [{ name: 'phone' }])

/** Where the relay is, as the page names it. */
export const relay = '/forms/main'

/** Puts a relay in place of the network until the test is over; everything else is not found. */
export function startRelay(definition = twoSteps): PageRelay {
  const real = globalThis.fetch
  const started: PageRelay = { definition, leads: [], answer: () => ({ outcome: 'accepted' }) }
  globalThis.fetch = async (target, init) => {
    const url = String(target instanceof Request ? target.url : target)
    if (url === `${relay}/leads`) {
      const lead: SentLead = JSON.parse(typeof init?.body === 'string' ? init.body : '')
      started.leads.push(lead)
      return Response.json(await started.answer(lead))
    }
    if (url === relay) return Response.json(started.definition)
    return Response.json({ error: { code: 'unknown', message: 'no such form' } }, { status: 404 })
  }
  onTestFinished(() => {
    globalThis.fetch = real
  })
  return started
}

/** An element on the page, gone when the test is over. */
export function place(html = '<div></div>'): HTMLElement {
  const holder = document.createElement('div')
  holder.innerHTML = html
  const [element] = holder.children
  if (!(element instanceof HTMLElement)) throw new TypeError('expected an element')
  document.body.append(element)
  onTestFinished(() => element.remove())
  return element
}

/** What a form in an element draws into. */
export function rootOf(container: Element): Element | ShadowRoot {
  const host = container.firstElementChild
  return host?.shadowRoot ?? host ?? container
}

/** The line that a field is typed into. */
export function inputOf(container: Element, name: string): HTMLInputElement {
  const found = rootOf(container).querySelector(`[data-field="${name}"] input`)
  if (!(found instanceof HTMLInputElement)) throw new TypeError(`${name}: expected to be shown`)
  return found
}

/** Types as a browser's autofill does. */
export function type(container: Element, name: string, text: string): void {
  const input = inputOf(container, name)
  input.focus()
  input.value = text
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  input.blur()
}

/** Ticks a consent. */
export function agree(container: Element, id = 'processing'): void {
  const box = rootOf(container).querySelector(`[data-consent="${id}"] input`)
  if (!(box instanceof HTMLInputElement)) throw new TypeError(`${id}: expected to be asked for`)
  box.click()
}
