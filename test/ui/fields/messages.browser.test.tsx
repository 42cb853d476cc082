import { act } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { ru } from '../../../src/i18n/ru/ru.ts'
import { define } from '../../form/define.ts'
import { press, typeKeys } from '../support/keys.ts'
import { type ShownForm, showFields, showForm } from '../support/show-form.ts'

async function fill(form: ShownForm, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) {
    form.input(name).focus()
    await typeKeys(text)
  }
  await press('Tab')
}

const offer = (form: ShownForm): HTMLElement => form.one(HTMLElement, '[data-action=accept-suggestion]')

describe('a name typed on the wrong keyboard', () => {
  it.each([
    ['lastName', 'Bdfyjd', 'Иванов'],
    ['firstName', 'Gtnh', 'Петр'],
  ])('in %s as %s is refused and %s offered, which the button puts in', async (name, text, meant) => {
    const form = showFields('lastName', 'firstName')
    await fill(form, { [name]: text })
    expect(form.input(name).value).toBe(text)
    expect(form.model.flow.value.values).toEqual({})
    expect(form.remark(name)?.blocks).toBe(true)
    expect(offer(form).textContent).toBe(ru.suggestion(meant))

    await act(() => offer(form).click())
    expect(form.input(name).value).toBe(meant)
    expect(form.input(name)).toHaveDeepFocus()
    expect(form.remark(name)).toBeUndefined()
    expect(form.model.flow.value.values).toEqual({ [name]: meant })
  })

  it('can be had by the keyboard too, and typing over it takes the offer away', async () => {
    const form = showFields('lastName')
    await fill(form, { lastName: 'Bdfyjd' })
    await press('Shift+Tab')
    expect(offer(form)).toHaveDeepFocus()
    await press('Enter')
    expect(form.input('lastName').value).toBe('Иванов')
    await press('Control+a')
    await typeKeys('Bdfyjd')
    await press('Tab')
    form.input('lastName').focus()
    await press('Control+a')
    await typeKeys('П')
    expect(form.remark('lastName')).toBeUndefined()
  })

  it('is offered for the name as it stands now', async () => {
    const form = showFields('lastName')
    await fill(form, { lastName: 'Bdfyjd' })
    form.input('lastName').focus()
    await press('End')
    await typeKeys('f')
    expect(offer(form).textContent).toBe(ru.suggestion('Иванова'))
  })

  it('is told from a name in Latin letters, which has no offer', async () => {
    const form = showFields('lastName')
    await fill(form, { lastName: 'Ivanov' })
    expect(form.remark('lastName')).toEqual({ text: ru.issues['name-cyrillic'], blocks: true })
  })
})

describe('leaving a field', () => {
  it.each([
    ['lastName', 'Ивaнoв', 'Иванов'],
    ['lastName', '  иванов ', 'Иванов'],
    ['lastName', 'САЛТЫКОВ - ЩЕДРИН', 'Салтыков-Щедрин'],
    ['email', ' user@example.com ', 'user@example.com'],
  ])('tidies %s, %j is %s', async (name, text, shown) => {
    const form = showFields('lastName', 'email')
    await fill(form, { [name]: text })
    expect(form.input(name).value).toBe(shown)
    expect(form.remark(name)).toBeUndefined()
  })

  it('empty says nothing yet', async () => {
    const form = showFields('lastName', 'phone', 'birthDate')
    form.input('lastName').focus()
    await press('Tab', 'Tab', 'Tab')
    for (const name of ['lastName', 'phone', 'birthDate']) expect(form.remark(name)).toBeUndefined()
  })
})

describe('a remark', () => {
  it('on a slip in an e-mail address offers the likely one and keeps nobody', async () => {
    const form = showFields('email')
    await fill(form, { email: 'user@gmial.com' })
    expect(form.remark('email')?.blocks).toBe(false)
    expect(offer(form).textContent).toBe(ru.suggestion('user@gmail.com'))
    await form.click()
    expect(form.model.index.value).toBe(1)
    expect(form.model.flow.value.values).toEqual({ email: 'user@gmial.com' })
  })

  it('on an e-mail address goes when the offer is taken', async () => {
    const form = showFields('email')
    await fill(form, { email: 'user@gmial.com' })
    await act(() => offer(form).click())
    expect(form.input('email').value).toBe('user@gmail.com')
    expect(form.input('email')).toHaveDeepFocus()
    expect(form.remark('email')).toBeUndefined()
  })

  it.each([
    ['phone', '9999999999', 'phone-equal-digits', { phone: '+79999999999' }],
    ['lastName', 'Ю', 'name-short', { lastName: 'Ю' }],
  ] as const)('on %s %s keeps nobody', async (name, text, code, values) => {
    const form = showFields(name)
    await fill(form, { [name]: text })
    expect(form.remark(name)).toEqual({ text: ru.issues[code], blocks: false })
    await form.click()
    expect(form.model.index.value).toBe(1)
    expect(form.model.flow.value.values).toEqual(values)
  })

  it('on an outdated passport keeps nobody, unless the form is set so', async () => {
    const texts = { birthDate: '03111994', passportIssuedDate: '09122008' }
    const definition = define([{ name: 'birthDate' }, { name: 'passportIssuedDate' }], [])
    const lenient = showForm(definition)
    await fill(lenient, texts)
    expect(lenient.remark('passportIssuedDate')).toEqual({
      text: ru.issues['passport-expired-at-20'],
      blocks: false,
    })
    await lenient.click()
    expect(lenient.model.index.value).toBe(1)

    const strict = showForm({ ...definition, passportExpiry: 'error' })
    await fill(strict, texts)
    expect(strict.remark('passportIssuedDate')?.blocks).toBe(true)
    await strict.click()
    expect(strict.model.index.value).toBe(0)
  })
})

describe('an error', () => {
  it('keeps the step, and the focus goes to the first', async () => {
    const form = showFields('lastName', 'birthDate', 'phone')
    await fill(form, { lastName: 'Иванова', birthDate: '31021990', phone: '900' })
    await form.click()
    expect(form.model.index.value).toBe(0)
    expect(form.input('birthDate')).toHaveDeepFocus()
    expect(form.remark('birthDate')).toEqual({ text: ru.issues['date-unreal'], blocks: true })
    expect(form.remark('phone')).toEqual({ text: ru.issues['phone-incomplete'], blocks: true })
    expect(form.remark('lastName')).toBeUndefined()
    expect(form.events.at(-1)).toEqual({
      type: 'issues',
      step: 'step-0',
      codes: ['date-unreal', 'phone-incomplete'],
    })
  })

  it('of a group of radio buttons gets the focus too', async () => {
    const form = showFields('gender', 'phone')
    await form.click()
    expect(form.input('gender')).toHaveDeepFocus()
  })

  it('disappears as soon as it is mended, not before', async () => {
    const form = showFields('phone')
    await fill(form, { phone: '900000000' })
    expect(form.remark('phone')?.blocks).toBe(true)
    form.input('phone').focus()
    await press('End')
    await typeKeys('1')
    expect(form.remark('phone')).toBeUndefined()
    expect(form.input('phone').getAttribute('aria-invalid')).toBeNull()
  })

  it.each([
    ['amount', '999', '0'],
    ['birthDate', '0102199', '0'],
    ['passport', '451000005', '0'],
    ['lastName', 'Иванов1', 'Backspace'],
    ['email', 'user@example.', 'r'],
  ] as const)('in %s after %s goes with %s', async (name, text, key) => {
    const form = showForm(define([name === 'amount' ? { name, minimum: 1000 } : { name }], []))
    await fill(form, { [name]: text })
    expect(form.remark(name)?.blocks).toBe(true)
    form.input(name).focus()
    await press('End')
    if (key.length === 1) await typeKeys(key)
    else await press(key)
    expect(form.remark(name)).toBeUndefined()
  })

  it('that is mended makes way for a remark only when the field is left', async () => {
    const form = showFields('phone')
    await fill(form, { phone: '999999999' })
    form.input('phone').focus()
    await press('End')
    await typeKeys('9')
    expect(form.remark('phone')).toBeUndefined()
    await press('Tab')
    expect(form.remark('phone')).toEqual({ text: ru.issues['phone-equal-digits'], blocks: false })
  })

  it('goes once another one holds instead', async () => {
    const form = showFields('birthDate')
    await fill(form, { birthDate: '3102199' })
    form.input('birthDate').focus()
    await press('End')
    await typeKeys('0')
    expect(form.remark('birthDate')).toBeUndefined()
    await press('Tab')
    expect(form.remark('birthDate')).toEqual({ text: ru.issues['date-unreal'], blocks: true })
  })

  it('of the provider goes with the first key', async () => {
    const form = showFields('phone')
    await fill(form, { phone: '9000000001' })
    const message = 'Введите правильный номер телефона'
    const { phone } = form.model.fields
    await act(() => {
      if (phone) phone.message.value = { message }
    })
    expect(form.remark('phone')).toEqual({ text: message, blocks: true })
    form.input('phone').focus()
    await press('End', 'Backspace')
    expect(form.remark('phone')).toBeUndefined()
  })

  it('is announced once, with how many there are', async () => {
    const form = showFields('lastName', 'phone')
    await form.click()
    expect(form.one(HTMLElement, '[role=status]').textContent).toBe(ru.checkFields(2))
  })
})
