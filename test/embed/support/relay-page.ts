import { onTestFinished, vi } from 'vitest'
import type { FormDefinition } from '../../../src/form/definition.ts'
import { define } from '../../form/define.ts'
import { tickBox } from '../../support/tick-box.ts'

/** A relay that answers the requests of a page in this browser. */
export interface PageRelay {
  /** The definition that it serves now. */
  definition: FormDefinition
  /** Returns the body of the answer to a lead. */
  answer: (lead: SentLead) => Promise<object> | object
  /** Answers questions about the outcome of a lead; by default it is unknown. */
  outcome: (id: string, key: string) => Promise<Response> | Response
  readonly leads: SentLead[]
  /** The ids of the partial leads that were withdrawn. */
  readonly withdrawn: string[]
  /** Answers requests for the definition in its place. */
  outage?: (() => Response) | undefined
  /** How often the definition has been requested. */
  requests: number
}

/** The body of a posted lead. */
export interface SentLead {
  readonly id: string
  readonly key: string
  readonly values: Readonly<Record<string, unknown>>
  readonly consents: readonly { readonly id: string; readonly acceptedAt: string }[]
  readonly attribution: Readonly<Record<string, unknown>>
  readonly page: { readonly submittedAt: string }
  readonly partial?: true
}

/** Two steps and a consent. */
export const twoSteps = define([{ name: 'amount' }, { name: 'lastName' }], [{ name: 'phone' }])

/** The URL of the relay in the page's options. */
export const relay = '/forms/main'

/** Replaces `fetch` by a relay until the end of the test. Every other URL is not found. */
export function startRelay(definition = twoSteps): PageRelay {
  const originalFetch = globalThis.fetch
  const pageRelay: PageRelay = {
    definition,
    leads: [],
    withdrawn: [],
    requests: 0,
    answer: () => ({ outcome: 'accepted' }),
    outcome: unknownLead,
  }
  globalThis.fetch = async (target, init) => {
    const url = String(target instanceof Request ? target.url : target)
    if (url === `${relay}/leads`) {
      const lead: SentLead = JSON.parse(typeof init?.body === 'string' ? init.body : '')
      pageRelay.leads.push(lead)
      return Response.json(await pageRelay.answer(lead))
    }
    if (url.startsWith(`${relay}/leads/`)) {
      const key = new Headers(init?.headers).get('authorization')?.replace('Bearer ', '') ?? ''
      const id = url.slice(`${relay}/leads/`.length)
      if (init?.method !== 'DELETE') return pageRelay.outcome(id, key)
      pageRelay.withdrawn.push(id)
      return new Response(null, { status: 204 })
    }
    if (url === relay) {
      pageRelay.requests += 1
      return pageRelay.outage?.() ?? Response.json(pageRelay.definition)
    }
    return Response.json({ error: { code: 'unknown', message: 'no such form' } }, { status: 404 })
  }
  onTestFinished(() => {
    globalThis.fetch = originalFetch
    // Another test must not go on with a lead that has got no answer.
    sessionStorage.clear()
  })
  return pageRelay
}

/** The answer about a lead that the relay does not have. */
export function unknownLead(): Response {
  return Response.json({ error: { code: 'unknown-lead', message: 'unknown' } }, { status: 404 })
}

/** Adds an element to the page until the end of the test. */
export function place(html = '<div></div>'): HTMLElement {
  const holder = document.createElement('div')
  holder.innerHTML = html
  const [element] = holder.children
  if (!(element instanceof HTMLElement)) throw new TypeError('expected an element')
  document.body.append(element)
  onTestFinished(() => element.remove())
  return element
}

/** The root that the form of an element is rendered in. */
export function rootOf(container: Element): Element | ShadowRoot {
  const host = container.firstElementChild
  return host?.shadowRoot ?? host ?? container
}

/** The text input of a field. */
export function inputOf(container: Element, name: string): HTMLInputElement {
  const found = rootOf(container).querySelector(`[data-field="${name}"] input`)
  if (!(found instanceof HTMLInputElement)) throw new TypeError(`${name}: expected to be shown`)
  return found
}

/** Enters a text as the autofill of a browser does. */
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
  tickBox(box)
}

/** Records the errors on the console. */
export function recordConsole(): readonly string[] {
  const lines: string[] = []
  const spy = vi
    .spyOn(console, 'error')
    .mockImplementation((...values) => lines.push(values.map(String).join(' ')))
  onTestFinished(() => spy.mockRestore())
  return lines
}
