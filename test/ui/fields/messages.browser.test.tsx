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

const suggestionButton = (form: ShownForm): HTMLElement => form.one(HTMLElement, '[data-action=offer]')

describe('a name typed on the wrong keyboard', () => {
  it.each([
    ['lastName', 'Bdfyjd', 'Иванов'],
    ['firstName', 'Gtnh', 'Петр'],
  ])('in %s as %s is refused, and the button enters the suggestion %s', async (name, text, meant) => {
    const form = showFields('lastName', 'firstName')
    await fill(form, { [name]: text })
    expect(form.input(name).value).toBe(text)
    expect(form.model.values.value).toEqual({})
    expect(form.message(name)?.blocks).toBe(true)
    expect(suggestionButton(form).textContent).toBe(ru.suggestion(meant))

    await act(() => suggestionButton(form).click())
    expect(form.input(name).value).toBe(meant)
    expect(form.input(name)).toHaveDeepFocus()
    expect(form.message(name)).toBeUndefined()
    expect(form.model.values.value).toEqual({ [name]: meant })
  })

  it('can be corrected by the keyboard too, and typing over it removes the suggestion', async () => {
    const form = showFields('lastName')
    await fill(form, { lastName: 'Bdfyjd' })
    await press('Shift+Tab')
    expect(suggestionButton(form)).toHaveDeepFocus()
    await press('Enter')
    expect(form.input('lastName').value).toBe('Иванов')
    await press('Control+a')
    await typeKeys('Bdfyjd')
    await press('Tab')
    form.input('lastName').focus()
    await press('Control+a')
    await typeKeys('П')
    expect(form.message('lastName')).toBeUndefined()
  })

  it('has a suggestion that follows the text', async () => {
    const form = showFields('lastName')
    await fill(form, { lastName: 'Bdfyjd' })
    form.input('lastName').focus()
    await press('End')
    await typeKeys('f')
    expect(suggestionButton(form).textContent).toBe(ru.suggestion('Иванова'))
  })

  it('differs from a name in Latin letters, which has no suggestion', async () => {
    const form = showFields('lastName')
    await fill(form, { lastName: 'Ivanov' })
    expect(form.message('lastName')).toEqual({ text: ru.issues['name-cyrillic'], blocks: true })
  })
})

describe('leaving a field', () => {
  it.each([
    ['lastName', 'Ивaнoв', 'Иванов'],
    ['lastName', '  иванов ', 'Иванов'],
    ['lastName', 'САЛТЫКОВ - ЩЕДРИН', 'Салтыков-Щедрин'],
    ['email', ' user@example.com ', 'user@example.com'],
  ])('normalizes %s: %j becomes %s', async (name, text, shown) => {
    const form = showFields('lastName', 'email')
    await fill(form, { [name]: text })
    expect(form.input(name).value).toBe(shown)
    expect(form.message(name)).toBeUndefined()
  })

  it('shows nothing if it is empty', async () => {
    const form = showFields('lastName', 'phone', 'birthDate')
    form.input('lastName').focus()
    await press('Tab', 'Tab', 'Tab')
    for (const name of ['lastName', 'phone', 'birthDate']) expect(form.message(name)).toBeUndefined()
  })
})

describe('a warning', () => {
  it('about a typo in an e-mail address has a suggestion and does not block', async () => {
    const form = showFields('email')
    await fill(form, { email: 'user@gmial.com' })
    expect(form.message('email')?.blocks).toBe(false)
    expect(suggestionButton(form).textContent).toBe(ru.suggestion('user@gmail.com'))
    await form.click()
    expect(form.model.index.value).toBe(1)
    expect(form.model.values.value).toEqual({ email: 'user@gmial.com' })
  })

  it('about an e-mail address disappears when the suggestion is accepted', async () => {
    const form = showFields('email')
    await fill(form, { email: 'user@gmial.com' })
    await act(() => suggestionButton(form).click())
    expect(form.input('email').value).toBe('user@gmail.com')
    expect(form.input('email')).toHaveDeepFocus()
    expect(form.message('email')).toBeUndefined()
  })

  it.each([
    ['phone', '9999999999', 'phone-equal-digits', { phone: '+79999999999' }],
    ['lastName', 'Ю', 'name-short', { lastName: 'Ю' }],
  ] as const)('about %s %s does not block', async (name, text, code, values) => {
    const form = showFields(name)
    await fill(form, { [name]: text })
    expect(form.message(name)).toEqual({ text: ru.issues[code], blocks: false })
    await form.click()
    expect(form.model.index.value).toBe(1)
    expect(form.model.values.value).toEqual(values)
  })

  it('about an expired passport does not block, unless the form says so', async () => {
    const texts = { birthDate: '03111994', passportIssuedDate: '09122008' }
    const definition = define([{ name: 'birthDate' }, { name: 'passportIssuedDate' }], [])
    const lenient = showForm(definition)
    await fill(lenient, texts)
    expect(lenient.message('passportIssuedDate')).toEqual({
      text: ru.issues['passport-expired-at-20'],
      blocks: false,
    })
    await lenient.click()
    expect(lenient.model.index.value).toBe(1)

    const strict = showForm({ ...definition, passportExpiry: 'error' })
    await fill(strict, texts)
    expect(strict.message('passportIssuedDate')?.blocks).toBe(true)
    await strict.click()
    expect(strict.model.index.value).toBe(0)
  })
})

describe('an error', () => {
  it('keeps the person on the step, and the first one gets the focus', async () => {
    const form = showFields('lastName', 'birthDate', 'phone')
    await fill(form, { lastName: 'Иванова', birthDate: '31021990', phone: '900' })
    await form.click()
    expect(form.model.index.value).toBe(0)
    expect(form.input('birthDate')).toHaveDeepFocus()
    expect(form.message('birthDate')).toEqual({ text: ru.issues['date-unreal'], blocks: true })
    expect(form.message('phone')).toEqual({ text: ru.issues['phone-incomplete'], blocks: true })
    expect(form.message('lastName')).toBeUndefined()
    expect(form.events.at(-1)).toEqual({
      type: 'issues',
      step: 'step-0',
      codes: ['date-unreal', 'phone-incomplete'],
    })
  })

  it('of radio buttons gets the focus too', async () => {
    const form = showFields('gender', 'phone')
    await form.click()
    expect(form.input('gender')).toHaveDeepFocus()
  })

  it('disappears as soon as it is corrected, not before', async () => {
    const form = showFields('phone')
    await fill(form, { phone: '900000000' })
    expect(form.message('phone')?.blocks).toBe(true)
    form.input('phone').focus()
    await press('End')
    await typeKeys('1')
    expect(form.message('phone')).toBeUndefined()
    expect(form.input('phone').getAttribute('aria-invalid')).toBeNull()
  })

  it.each([
    ['amount', '999', '0'],
    ['birthDate', '0102199', '0'],
    ['passport', '451000005', '0'],
    ['lastName', 'Иванов1', 'Backspace'],
    ['email', 'user@example.r', 'u'],
  ] as const)('in %s after %s disappears with %s', async (name, text, key) => {
    const form = showForm(define([name === 'amount' ? { name, minimum: 1000 } : { name }], []))
    await fill(form, { [name]: text })
    expect(form.message(name)?.blocks).toBe(true)
    form.input(name).focus()
    await press('End')
    if (key.length === 1) await typeKeys(key)
    else await press(key)
    expect(form.message(name)).toBeUndefined()
  })

  it('that is corrected is replaced by a warning only when the field is left', async () => {
    const form = showFields('phone')
    await fill(form, { phone: '999999999' })
    form.input('phone').focus()
    await press('End')
    await typeKeys('9')
    expect(form.message('phone')).toBeUndefined()
    await press('Tab')
    expect(form.message('phone')).toEqual({ text: ru.issues['phone-equal-digits'], blocks: false })
  })

  it('disappears once another one applies instead', async () => {
    const form = showFields('birthDate')
    await fill(form, { birthDate: '3102199' })
    form.input('birthDate').focus()
    await press('End')
    await typeKeys('0')
    expect(form.message('birthDate')).toBeUndefined()
    await press('Tab')
    expect(form.message('birthDate')).toEqual({ text: ru.issues['date-unreal'], blocks: true })
  })

  it('of the provider disappears with the first key', async () => {
    const form = showFields('phone')
    await fill(form, { phone: '9000000001' })
    const message = 'Введите правильный номер телефона'
    const { phone } = form.model.fields
    await act(() => {
      if (phone) phone.message.value = { message }
    })
    expect(form.message('phone')).toEqual({ text: message, blocks: true })
    form.input('phone').focus()
    await press('End', 'Backspace')
    expect(form.message('phone')).toBeUndefined()
  })

  it('is announced with the number of errors', async () => {
    const form = showFields('lastName', 'phone')
    await form.click()
    expect(form.one(HTMLElement, '[role=status]').textContent).toBe(ru.checkFields(2))
  })
})
