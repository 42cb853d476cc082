import { describe, expect, it } from 'vitest'
import { parseCalendarDate } from '../../src/lead/calendar-date.ts'
import { FieldModel } from '../../src/state/field-model.ts'
import { findFieldMessage } from '../../src/state/field-messages.ts'

describe('the text of a field', () => {
  it('is the source of the value', () => {
    const phone = new FieldModel({ name: 'phone' })
    expect(phone.parsed.value).toBeUndefined()

    phone.setText('+7 900 000-00')
    expect(phone.parsed.value).toMatchObject({ code: 'phone-incomplete' })
    expect(phone.value.value).toBeUndefined()

    phone.setText('+7 900 000-00-01')
    expect(phone.parsed.value).toEqual({ value: '+79000000001' })
    expect(phone.value.value).toBe('+79000000001')
  })

  it('is rewritten in its usual form once it is valid', () => {
    const lastName = new FieldModel({ name: 'lastName' })
    lastName.setText('иванов')
    lastName.normalize()
    expect(lastName.text.value).toBe('Иванов')

    lastName.setText('ivanov1')
    lastName.normalize()
    expect(lastName.text.value).toBe('ivanov1')
  })
})

describe('a value that is set', () => {
  it('may be canonical or as a person would write it', () => {
    const phone = new FieldModel({ name: 'phone' })
    expect(phone.setValue('+79000000001')).toBe(true)
    const text = phone.text.value
    expect(phone.setValue('8 (900) 000-00-01')).toBe(true)
    expect(phone.text.value).toBe(text)
  })

  it('fills a composite from its parts', () => {
    const passport = new FieldModel({ name: 'passport' })
    expect(passport.setValue({ passportSeries: '4510', passportNumber: '123456' })).toBe(true)
    expect(passport.value.value).toEqual({ passportSeries: '4510', passportNumber: '123456' })
    expect(passport.setValue({ passportSeries: '45' })).toBe(false)
  })

  it('changes nothing if it is invalid', () => {
    const amount = new FieldModel({ name: 'amount' })
    amount.setValue(30_000)
    const text = amount.text.value
    expect(amount.setValue('a lot')).toBe(false)
    expect(amount.text.value).toBe(text)
  })

  it('must be one of the options that the form has for the field', () => {
    const purpose = new FieldModel({ name: 'purpose', options: [{ value: 'repair' }, { value: 'car' }] })
    expect(purpose.setValue('car')).toBe(true)
    expect(purpose.value.value).toBe('car')
    expect(purpose.setValue('travel')).toBe(false)
  })
})

describe('a message that is shown', () => {
  it('disappears once it no longer applies, and no other one replaces it', () => {
    const phone = new FieldModel({ name: 'phone' })
    phone.message.value = { code: 'required' }
    phone.refreshMessage({ code: 'required' })
    expect(phone.message.value).toEqual({ code: 'required' })
    phone.refreshMessage({ code: 'phone-incomplete' })
    expect(phone.message.value).toBeUndefined()
    phone.refreshMessage({ code: 'phone-incomplete' })
    expect(phone.message.value).toBeUndefined()
  })

  it('follows the suggestion', () => {
    const email = new FieldModel({ name: 'email' })
    email.message.value = { code: 'email-typo', warning: true, suggestion: 'a@mail.ru' }
    email.refreshMessage({ code: 'email-typo', warning: true, suggestion: 'ab@mail.ru' })
    expect(email.message.value).toMatchObject({ suggestion: 'ab@mail.ru' })
  })
})

describe('the message for a field', () => {
  const today = parseCalendarDate('2026-11-22')
  const context = { today: today ?? expect.fail(), minimumAge: 18, passportExpiry: 'warn' } as const

  it('says why a text is invalid', () => {
    const phone = new FieldModel({ name: 'phone' })
    phone.setText('+7 900')
    expect(findFieldMessage({ name: 'phone' }, phone, {}, context)).toMatchObject({
      code: 'phone-incomplete',
    })
  })

  it('says that a required field is empty, and nothing of an optional one', () => {
    const phone = new FieldModel({ name: 'phone' })
    expect(findFieldMessage({ name: 'phone' }, phone, {}, context)).toEqual({ code: 'required' })
    expect(findFieldMessage({ name: 'phone', required: false }, phone, {}, context)).toBeUndefined()
  })

  it('offers what was probably meant, as a warning', () => {
    const email = new FieldModel({ name: 'email' })
    email.setText('ivan@gmial.com')
    expect(findFieldMessage({ name: 'email' }, email, { email: 'ivan@gmial.com' }, context)).toEqual({
      code: 'email-typo',
      warning: true,
      suggestion: 'ivan@gmail.com',
    })
  })
})
