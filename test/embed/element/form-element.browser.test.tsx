import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { FormElement } from '../../../src/entries/define.ts'
import { defineFormElement } from '../../../src/embed/element/form-element.chunk.ts'
import { define } from '../../form/define.ts'
import { inputOf, place, relay, rootOf, startRelay, type } from '../support/relay-page.ts'
import '../../../src/entries/define.ts'

/** Adds `<anketa-form>` to the page and waits for its form. */
async function show(html: string): Promise<FormElement> {
  const element = place(html)
  if (!isFormElement(element)) throw new TypeError('expected <anketa-form>')
  await ready(element)
  return element
}

async function ready(element: FormElement): Promise<void> {
  await expect.poll(() => element.handle?.state.status).toBe('filling')
}

function isFormElement(element: Element): element is FormElement {
  return element.localName === 'anketa-form'
}

describe('<anketa-form>', () => {
  it('has every option as an attribute, with "data-" and without', async () => {
    startRelay()
    const element = await show(
      `<anketa-form relay="${relay}" value-amount="30000" data-value-last-name="Иванов"></anketa-form>`,
    )
    expect(element.handle?.state.values).toEqual({ amount: 30_000, lastName: 'Иванов' })
  })

  it('has every option as a property, alone or together, even before it is on the page', async () => {
    startRelay()
    const element = document.createElement('anketa-form')
    element.relay = relay
    element.values = { amount: 30_000 }
    document.body.append(element)
    onTestFinished(() => element.remove())
    await ready(element)
    expect(element.handle?.state.values).toEqual({ amount: 30_000 })
    element.options = { relay, theme: 'dark' }
    await expect.poll(() => rootOf(element).querySelector('[data-theme=dark]')).not.toBeNull()
    expect(element.theme).toBe('dark')
    // Frameworks set both in any order, and neither undoes the other.
    expect(element.values).toEqual({ amount: 30_000 })
    element.options = { relay }
    await expect.poll(() => rootOf(element).querySelector('[data-theme=light]')).not.toBeNull()
    expect(element.theme).toBeUndefined()
    expect(element.handle?.state.values).toEqual({ amount: 30_000 })
  })

  it('accepts properties that were set before its class was defined', async () => {
    startRelay()
    const frame = document.createElement('iframe')
    document.body.append(frame)
    onTestFinished(() => frame.remove())
    // Created in a document without the class, as a framework may before the script has loaded.
    const element = frame.contentDocument?.createElement('anketa-form')
    if (!element) throw new TypeError('expected a frame')
    Object.assign(element, { relay, values: { amount: 30_000 } })
    document.body.append(element)
    onTestFinished(() => element.remove())
    if (!isFormElement(element)) throw new TypeError('expected <anketa-form>')
    await ready(element)
    expect(element.handle?.state.values).toEqual({ amount: 30_000 })
    expect(Object.hasOwn(element, 'relay')).toBe(false)
  })

  it('waits for options that are set after it is on the page', async () => {
    startRelay()
    const element = place('<anketa-form>Позвоните нам</anketa-form>')
    if (!isFormElement(element)) throw new TypeError('expected <anketa-form>')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(element.handle).toBeUndefined()
    element.options = { relay, values: { amount: 30_000 } }
    await ready(element)
    expect(element.handle?.state.values).toEqual({ amount: 30_000 })
  })

  it('says what is missing if no options come, and still shows the form if they come later', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    startRelay()
    const element = place('<anketa-form>Позвоните нам</anketa-form>')
    if (!isFormElement(element)) throw new TypeError('expected <anketa-form>')
    await expect.poll(() => element.getAttribute('data-anketa-status')).toBe('failed')
    // The words of the problem are loaded first.
    await expect.poll(() => logged.mock.calls.flat().join(' ')).toContain('relay')
    expect(element.textContent).toBe('Позвоните нам')
    element.options = { relay }
    await ready(element)
  })

  it('applies changes of attributes and properties, and keeps what was typed', async () => {
    const page = startRelay()
    const element = await show(`<anketa-form relay="${relay}"></anketa-form>`)
    type(element, 'amount', '30000')
    element.setAttribute('locale', 'en')
    await expect.poll(() => rootOf(element).textContent).toContain('Last name')
    expect(element.handle?.state.values).toEqual({ amount: 30_000 })
    page.definition = define([{ name: 'amount' }, { name: 'email' }])
    element.minimumAge = 21
    await expect.poll(() => rootOf(element).querySelector('[data-field=email]')).not.toBeNull()
    expect(inputOf(element, 'amount').value).toBe('30\u00a0000')
  })

  it('that is moved keeps its form and what was typed', async () => {
    startRelay()
    const element = await show(`<anketa-form relay="${relay}"></anketa-form>`)
    const newParent = place('<section></section>')
    const { handle } = element
    type(element, 'lastName', 'Иван1')
    newParent.append(element)
    await Promise.resolve()
    expect(element.handle).toBe(handle)
    expect(inputOf(element, 'lastName').value).toBe('Иван1')
  })

  it('that is removed from the page destroys its form, and has a new one when it returns', async () => {
    startRelay()
    const element = await show(`<anketa-form relay="${relay}">Позвоните нам</anketa-form>`)
    type(element, 'amount', '30000')
    element.remove()
    await expect.poll(() => element.handle).toBeUndefined()
    expect(element.innerHTML).toBe('Позвоните нам')
    document.body.append(element)
    await ready(element)
    expect(element.handle?.state.values).toEqual({})
  })

  it('shows the form once it has a relay', async () => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => spy.mockRestore())
    startRelay()
    const element = place('<anketa-form></anketa-form>')
    if (!isFormElement(element)) throw new TypeError('expected <anketa-form>')
    await expect.poll(() => element.getAttribute('data-anketa-status')).toBe('failed')
    const { calls } = spy.mock
    element.className = 'fade-in'
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(calls).toHaveLength(1)
    element.relay = relay
    await ready(element)
  })

  it('is not changed by registering it again', () => {
    const known = customElements.get('anketa-form')
    expect(() => defineFormElement()).not.toThrow()
    expect(customElements.get('anketa-form')).toBe(known)
  })
})
