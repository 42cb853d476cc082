import { describe, expect, it, onTestFinished } from 'vitest'
import { type FormHandle, mount, type Options } from '../../../src/entries/index.ts'
import { define } from '../../form/define.ts'
import { deepActiveElement } from '../../support/deep-focus.ts'
import { inputOf, place, relay, rootOf, startRelay } from '../support/relay-page.ts'

const fallback = `<div><form>
  <input name="lastName"><input name="amount" value="5000"><input name="phone" type="tel"><input name="note">
  <input name="birthDate" type="date"><input name="noMiddleName" type="checkbox">
  <select name="employment"><option value="1">Работаю</option><option value="2">Учусь</option></select>
  <input name="gender" type="radio" value="male"><input name="gender" type="radio" value="female">
  <input name="email" type="hidden" value="robot@example.ru">
  <input name="consent.processing" type="checkbox"><input name="consent-processing" type="checkbox"><input name="processing">
  <input name="__proto__"><input name="toString">
</form></div>`

const names = [
  'lastName',
  'amount',
  'phone',
  'birthDate',
  'middleName',
  'noMiddleName',
  'employment',
  'gender',
  'email',
] as const
const definition = define(names.map((name) => ({ name })))

function fieldIn(container: Element, selector: string): HTMLInputElement {
  const found = container.querySelector(selector)
  if (!(found instanceof HTMLInputElement)) throw new TypeError(`${selector}: expected an input`)
  return found
}

/** Begins to show a form in an element with a form of the page's own, in which `enter` then enters something. */
function show(enter: (container: HTMLElement) => void, options: Partial<Omit<Options, 'relay'>> = {}) {
  startRelay(definition)
  const container = place(fallback)
  const form: FormHandle = mount(container, {
    ...options,
    relay,
    provider: undefined,
    providerOptions: undefined,
    exposeCredentials: undefined,
  })
  onTestFinished(() => form.destroy())
  enter(container)
  return { container, form }
}

/** Types a text in a field of the page's own form, and leaves it. */
function enterText(container: Element, name: string, text: string): void {
  fieldIn(container, `[name="${name}"]`).value = text
}

describe("what was entered into the page's own form", () => {
  it('becomes the values of the form, as people write them', async () => {
    const { container, form } = show((page) => {
      enterText(page, 'lastName', 'иванов')
      enterText(page, 'phone', '8 (900) 000-00-01')
      enterText(page, 'birthDate', '1990-05-17')
      fieldIn(page, '[name=noMiddleName]').checked = true
      fieldIn(page, '[value=female]').checked = true
      const [select] = page.getElementsByTagName('select')
      if (select) select.value = '2'
    })
    await form.ready
    expect(form.state.values).toEqual({
      lastName: 'Иванов',
      phone: '+79000000001',
      birthDate: '1990-05-17',
      noMiddleName: true,
      gender: 'female',
      employment: 2,
    })
    expect(inputOf(container, 'phone').value).toBe('+7 900 000-00-01')
  })

  it('goes before the values of the page and of its address', async () => {
    const { form } = show((page) => enterText(page, 'amount', '30 000'), { values: { amount: 1000 } })
    await form.ready
    expect(form.state.values).toEqual({ amount: 30_000 })
  })

  it('is kept where it is not complete', async () => {
    const { container, form } = show((page) => enterText(page, 'phone', '8 900'))
    await form.ready
    expect(inputOf(container, 'phone').value).toBe('8 900')
  })

  it('is never a consent, a hidden value, a value that the page has set, or a field that the form does not have', async () => {
    const { container, form } = show((page) => {
      for (const name of ['consent.processing', 'consent-processing'])
        fieldIn(page, `[name="${name}"]`).checked = true
      for (const name of ['processing', '__proto__', 'toString', 'note']) enterText(page, name, 'да')
    })
    await form.ready
    expect(form.state.values).toEqual({})
    const box = rootOf(container).querySelector('[data-consent=processing] input')
    expect(box instanceof HTMLInputElement && box.checked).toBe(false)
  })
})

describe('the focus', () => {
  it.each([true, false])('goes to the same field, with the caret (shadow: %s)', async (shadow) => {
    const { container, form } = show(
      (page) => {
        const input = fieldIn(page, '[name=phone]')
        input.focus()
        input.value = '89000000001'
        input.setSelectionRange(4, 4)
      },
      { shadow },
    )
    await form.ready
    const phone = inputOf(container, 'phone')
    expect(deepActiveElement()).toBe(phone)
    const before = phone.value.slice(0, phone.selectionStart ?? 0)
    expect([phone.value, before.replace(/\D/g, '')]).toEqual(['+7 900 000-00-01', '7900'])
  })

  it('keeps the form of the page where the step does not have the field', async () => {
    const { container, form } = show((page) => fieldIn(page, '[name=note]').focus())
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(form.state.status).toBe('loading')
    const note = fieldIn(container, '[name=note]')
    expect(document.activeElement).toBe(note)
    enterText(container, 'lastName', 'Иванов')
    note.blur()
    await form.ready
    expect(form.state.values).toEqual({ lastName: 'Иванов' })
  })

  it('keeps nothing of a form that is destroyed meanwhile', async () => {
    const sheets = document.adoptedStyleSheets.length
    const { container, form } = show((page) => fieldIn(page, '[name=note]').focus(), { shadow: false })
    await new Promise((resolve) => setTimeout(resolve, 50))
    form.destroy()
    fieldIn(container, '[name=note]').blur()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(container.querySelector('[data-step]')).toBeNull()
    expect(document.adoptedStyleSheets).toHaveLength(sheets)
  })

  it('stays in its field when an option renders the form again', async () => {
    const { container, form } = show(() => undefined)
    await form.ready
    inputOf(container, 'lastName').focus()
    inputOf(container, 'lastName').value = 'Иванов'
    inputOf(container, 'lastName').dispatchEvent(new InputEvent('input', { bubbles: true }))
    inputOf(container, 'lastName').setSelectionRange(2, 4)
    container.dataset['theme'] = 'dark'
    await expect.poll(() => rootOf(container).querySelector('[data-theme=dark]')).not.toBeNull()
    const lastName = inputOf(container, 'lastName')
    expect(deepActiveElement()).toBe(lastName)
    expect([lastName.value, lastName.selectionStart, lastName.selectionEnd]).toEqual(['Иванов', 2, 4])
  })
})
