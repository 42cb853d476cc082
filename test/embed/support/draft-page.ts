import { expect, onTestFinished } from 'vitest'
import type { StoredDraft } from '../../../src/embed/draft/draft-store.ts'
import { type FormHandle, mount, type Options } from '../../../src/entries/index.ts'
import type { FormDefinition } from '../../../src/form/definition.ts'
import { define } from '../../form/define.ts'
import { inputOf, place, relay, rootOf } from './relay-page.ts'

/** Three steps, with documents among what is kept. */
export const withPassport: FormDefinition = define(
  [{ name: 'amount', minimum: 1000, maximum: 100_000 }],
  [{ name: 'lastName' }, { name: 'phone' }, { name: 'snils', required: false }],
  [{ name: 'passport' }, { name: 'city' }, { name: 'custom.card', required: false }],
)

/** A form with drafts, until the end of the test. */
export async function showDrafted(
  options: Pick<Options, 'values' | 'locale' | 'shadow' | 'onStep' | 'draft'> = {},
  container = place(),
): Promise<{ readonly container: HTMLElement; readonly form: FormHandle }> {
  const form = mount(container, {
    draft: 30,
    ...options,
    relay,
    provider: undefined,
    providerOptions: undefined,
    exposeCredentials: undefined,
  })
  onTestFinished(() => form.destroy())
  await form.ready
  return { container, form }
}

/** The drafts that this origin stores. */
export async function readDrafts(): Promise<readonly StoredDraft[]> {
  const databases = await indexedDB.databases()
  if (!databases.some(({ name }) => name === 'anketa')) return []
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('anketa')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const request = opening.result.transaction('drafts').objectStore('drafts').getAll()
      request.onsuccess = () => {
        opening.result.close()
        resolve(request.result)
      }
    }
  })
}

/** Deletes what this origin stores. */
export async function deleteDrafts(): Promise<void> {
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase('anketa')
    request.onsuccess = resolve
    request.onerror = resolve
  })
}

/** Waits until all that was entered is stored: leaving the page loses nothing. */
export async function whenStored(): Promise<void> {
  await expect.poll(warns).toBe(false)
  await expect.poll(async () => (await readDrafts()).length).toBeGreaterThan(0)
}

/** Whether leaving the page asks the person. */
export function warns(): boolean {
  const event = new Event('beforeunload', { cancelable: true })
  dispatchEvent(event)
  return event.defaultPrevented
}

/** The notice above a form. */
export function noticeOf(container: Element): string | undefined {
  return rootOf(container).querySelector('[part~=draft] p')?.textContent ?? undefined
}

/** Presses "start again". */
export function restart(container: Element): void {
  const button = rootOf(container).querySelector('[data-action=restart]')
  if (!(button instanceof HTMLElement)) throw new TypeError('expected a button to start again')
  button.click()
}

/** The text of a field that is shown, or `undefined` while it is not. */
export function textOf(container: Element, name: string): string | undefined {
  return rootOf(container).querySelector(`[data-field="${name}"]`)
    ? inputOf(container, name).value
    : undefined
}
