import { expect, describe, it, onTestFinished } from 'vitest'
import { type FormHandle, mount, type Options } from '../../../src/entries/index.ts'
import { mountForm } from '../../../src/embed/form/mount.ts'
import type { OptionChanges } from '../../../src/embed/options/options.ts'
import { define } from '../../form/define.ts'
import { agree, place, recordConsole, relay, rootOf, startRelay, type } from '../support/relay-page.ts'

// One step with a required consent. Nothing but the person's own tick may give it.
const definition = define([{ name: 'phone' }])

/** Names under which a consent might be set. */
const names = ['processing', 'consent.processing', 'consent-processing', 'consents', 'consents.processing']
const ticked = [
  true,
  'true',
  'да',
  'on',
  '1',
  ['processing'],
  [{ id: 'processing', acceptedAt: '2026-01-01' }],
]

/** Every name with every value that may stand for a tick. */
const attempts: readonly Readonly<Record<string, unknown>>[] = ticked.map((value) =>
  Object.fromEntries(names.map((name) => [name, value])),
)

/** Values that the types of options do not allow. */
const untyped = (values: unknown): Options['values'] => JSON.parse(JSON.stringify(values))

interface Shown {
  readonly container: HTMLElement
  readonly form: FormHandle
}

async function show(container: HTMLElement, options: OptionChanges = {}): Promise<Shown> {
  const form = mountForm(container, { relay, ...options })
  onTestFinished(() => form.destroy())
  await form.ready
  return { container, form }
}

function boxOf(container: Element): HTMLInputElement {
  const box = rootOf(container).querySelector('[data-consent=processing] input')
  if (!(box instanceof HTMLInputElement)) throw new TypeError('expected a box')
  return box
}

/** What may tick a box, each on a form of its own. */
const ways: Readonly<Record<string, (page: HTMLElement) => Promise<Shown>>> = {
  async 'the option `values`'(page) {
    const shown = await show(page, { values: untyped(attempts[0]) })
    for (const values of attempts) shown.form.update({ values: untyped(values) })
    return shown
  },
  async 'attributes of the element'(page) {
    for (const name of names) page.setAttribute(`data-${name.replace('.', '-')}-checked`, 'true')
    page.setAttribute('data-values', JSON.stringify(attempts[0]))
    page.setAttribute('checked', '')
    return show(page)
  },
  async 'the address of the page'(page) {
    const { href } = location
    onTestFinished(() => history.replaceState(null, '', href))
    const query = new URLSearchParams(names.map((name) => [name, 'true']))
    history.replaceState(null, '', `?${query}`)
    return show(page, { prefillFromUrl: names })
  },
  async 'the handle of the form'(page) {
    const shown = await show(page)
    for (const values of attempts) shown.form.setValues(untyped(values) ?? {})
    shown.form.next()
    shown.form.back()
    shown.form.goTo('step-0')
    shown.form.reset()
    return shown
  },
  async 'a password manager that sets the box without a click'(page) {
    const shown = await show(page)
    boxOf(page).checked = true
    // Inputs are read again before every action of the handle.
    shown.form.setValues({})
    boxOf(page).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    boxOf(page).checked = false
    return shown
  },
  async "boxes of the page's own form"(page) {
    const boxes = names.map((name) => `<input type="checkbox" name="${name}">`)
    page.innerHTML = `<form><input name="phone">${boxes.join('')}<input type="checkbox" name="consent-processing" checked></form>`
    const shown = mount(page, { relay })
    onTestFinished(() => shown.destroy())
    for (const box of page.querySelectorAll('input[type=checkbox]'))
      if (box instanceof HTMLElement) box.click()
    await shown.ready
    return { container: page, form: shown }
  },
  async "the browser's Back"(page) {
    const shown = await show(page)
    agree(page)
    await expect.poll(() => boxOf(page).checked).toBe(true)
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    return shown
  },
  async 'a box that was ticked for another text'(page) {
    const relayPage = startRelay(definition)
    const shown = await show(page)
    agree(page)
    relayPage.definition = {
      ...definition,
      consents: definition.consents.map((consent) => ({ ...consent, text: 'Согласен и на всё остальное' })),
    }
    shown.form.update({ relay: `${relay}?2` })
    shown.form.update({ relay })
    await expect.poll(() => rootOf(page).textContent).toContain('и на всё остальное')
    return shown
  },
  async 'a form that is mounted again after it was destroyed'(page) {
    const first = await show(page)
    agree(page)
    first.form.destroy()
    return show(page)
  },
  async reset(page) {
    const shown = await show(page)
    agree(page)
    shown.form.reset()
    return shown
  },
}

describe('no box is ticked by', () => {
  it.for(Object.entries(ways))('%s', async ([, way]) => {
    recordConsole()
    const { leads } = startRelay(definition)
    const { container, form } = await way(place())
    type(container, 'phone', '+79000000001')
    await expect.poll(() => boxOf(container).checked).toBe(false)
    form.submit()
    await expect
      .poll(() => form.state.issues)
      .toContainEqual({ field: 'consent.processing', code: 'consent-required' })
    expect(boxOf(container).checked).toBe(false)
    expect(leads).toEqual([])
  })

  it('anything but the person, whose tick is sent with its moment', async () => {
    const { leads } = startRelay(definition)
    const { container, form } = await show(place())
    type(container, 'phone', '+79000000001')
    agree(container)
    // Pages that were not kept by the browser fire the same event when they are loaded.
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))
    // Another sentence is another consent.
    form.update({ locale: 'en' })
    await expect.poll(() => rootOf(container).textContent).toContain('personal data')
    expect(boxOf(container).checked).toBe(false)
    agree(container)
    form.submit()
    await expect
      .poll(() => leads.map(({ consents }) => consents))
      .toEqual([
        [
          expect.objectContaining({
            id: 'processing',
            acceptedAt: expect.stringMatching(/T.*[+-]\d\d:\d\d$/),
          }),
        ],
      ])
  })
})
