import { expect, onTestFinished } from 'vitest'
import { type FormHandle, mount, type Options } from '../../../src/entries/index.ts'
import { createLeadIdentity, type LeadIdentity } from '../../../src/lead/lead-identity.ts'
import { agree, place, relay, rootOf, type } from './relay-page.ts'

const prefix = `anketa-unanswered ${relay} `

/** A form of the relay in a page. */
export interface ShownForm {
  readonly container: HTMLElement
  readonly form: FormHandle
}

/** Shows the form until the end of the test. */
export async function showForm(
  locale = 'ru',
  options: Pick<Options, 'popup' | 'onOutcome'> = {},
): Promise<ShownForm> {
  const container = place()
  const form = mount(container, { relay, locale, ...options })
  onTestFinished(() => form.destroy())
  await form.ready
  return { container, form }
}

/** Fills in both steps as a person does. */
export async function fillIn({ container, form }: ShownForm): Promise<void> {
  type(container, 'amount', '30000')
  type(container, 'lastName', 'Иванов')
  form.next()
  await expect.poll(() => rootOf(container).querySelector('[data-consent]')).not.toBeNull()
  type(container, 'phone', '+79000000001')
  agree(container)
}

/** The text of the first element in a form that matches. */
export function textIn(container: HTMLElement, selector: string): string {
  return rootOf(container).querySelector(selector)?.textContent ?? ''
}

/** Presses a button of the notice about an earlier lead. */
export async function pressInNotice(
  container: HTMLElement,
  action: 'ask' | 'continue' | 'drop',
): Promise<void> {
  const find = () => rootOf(container).querySelector<HTMLElement>(`[part~=recovery] [data-action=${action}]`)
  await expect.poll(find).not.toBeNull()
  find()?.click()
}

/** The leads that the tab keeps, as their ids and what is kept of them. */
export function keptLeads(): readonly string[] {
  return Object.entries(sessionStorage)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => `${name.slice(prefix.length)} ${String(value)}`)
}

/** Leaves a lead in the tab, as a page does that is reloaded while it sends. */
export function leaveUnanswered(createdAt = Date.now(), suffix = ''): LeadIdentity {
  const identity = createLeadIdentity(createdAt, (bytes) => crypto.getRandomValues(bytes))
  sessionStorage.setItem(prefix + identity.id, identity.key + suffix)
  return identity
}
