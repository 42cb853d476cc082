import { expect, describe, it, onTestFinished } from 'vitest'
import { userEvent } from 'vitest/browser'
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
  async 'a script that clicks the box'(page) {
    const shown = await show(page)
    boxOf(page).click()
    return shown
  },
  async 'a script that dispatches a click'(page) {
    const shown = await show(page)
    boxOf(page).dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }))
    boxOf(page).dispatchEvent(new PointerEvent('click', { bubbles: true, composed: true, cancelable: true }))
    return shown
  },
  async 'a script that clicks the label'(page) {
    const shown = await show(page)
    boxOf(page).closest('label')?.click()
    return shown
  },
  async 'a script that presses keys'(page) {
    const shown = await show(page)
    boxOf(page).focus()
    for (const type of ['keydown', 'keypress', 'keyup'])
      for (const key of [' ', 'Enter'])
        boxOf(page).dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true }))
    return shown
  },
  async 'a script that clicks all boxes, though a person has pressed its button'(page) {
    const shown = await show(page)
    const button = place('<button>Отметить всё</button>')
    button.addEventListener('click', () => boxOf(page).click())
    await userEvent.click(button)
    return shown
  },
  async 'an extension that sets the box and dispatches its events'(page) {
    const shown = await show(page)
    boxOf(page).checked = true
    for (const type of ['input', 'change'])
      boxOf(page).dispatchEvent(new Event(type, { bubbles: true, composed: true }))
    return shown
  },
  async "a person's click that the page cancels, and an event after it"(page) {
    const shown = await show(page)
    const cancel = (event: Event): void => event.preventDefault()
    page.addEventListener('click', cancel)
    await userEvent.click(boxOf(page))
    page.removeEventListener('click', cancel)
    boxOf(page).checked = true
    boxOf(page).dispatchEvent(new Event('change', { bubbles: true }))
    return shown
  },
  async "a form in the page itself, whose boxes the page's scripts find"(page) {
    const shown = await show(page, { shadow: false })
    for (const box of document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
      box.click()
      box.setAttribute('checked', '')
    }
    return shown
  },
  async 'a password manager that sets the box without a click'(page) {
    const shown = await show(page)
    boxOf(page).checked = true
    // Inputs are read again before every action of the handle.
    shown.form.setValues({})
    boxOf(page).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    // What is shown follows with the next press on the button.
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

  it.each([
    ['a click', (box: HTMLElement) => userEvent.click(box)],
    ['a click on the sentence', (box: HTMLElement) => userEvent.click(box.closest('label') ?? box)],
    [
      'the space bar',
      async (box: HTMLElement) => {
        box.focus()
        await userEvent.keyboard(' ')
      },
    ],
  ])('anything but the person, who ticks it with %s', async (_, tick) => {
    startRelay(definition)
    const { container, form } = await show(place())
    await tick(boxOf(container))
    expect(boxOf(container).checked).toBe(true)
    form.submit()
    await expect.poll(() => form.state.issues).toEqual([{ field: 'phone', code: 'required' }])
    await tick(boxOf(container))
    form.submit()
    await expect
      .poll(() => form.state.issues)
      .toContainEqual({ field: 'consent.processing', code: 'consent-required' })
  })

  // Safari passes a click on a label on as a trusted one. It does not pass on what is cancelled.
  it('a script that clicks the sentence, in no browser', async () => {
    startRelay(definition)
    const { container } = await show(place())
    const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true })
    boxOf(container).nextElementSibling?.dispatchEvent(click)
    expect(click.defaultPrevented).toBe(true)
    expect(boxOf(container).checked).toBe(false)
  })

  it('a script, and a box that shows otherwise is shown as it is at the next press on the button', async () => {
    startRelay(definition)
    const { container, form } = await show(place())
    boxOf(container).checked = true
    form.submit()
    await expect
      .poll(() => form.state.issues)
      .toContainEqual({ field: 'consent.processing', code: 'consent-required' })
    await expect.poll(() => boxOf(container).checked).toBe(false)
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
