import { describe, expect, it } from 'vitest'
import { fields } from '../../../src/fields/fields.ts'
import type { LeadValues } from '../../../src/lead/values.ts'
import { readable } from '../support/mask-vectors.ts'
import { compose, composeOver, drop, press, typeKeys } from '../support/keys.ts'
import { showFields } from '../support/show-form.ts'

const autofilled = [
  ['birthDate', '1990-09-05', '05.09.1990', '1990-09-05'],
  ['birthDate', '05.09.1990', '05.09.1990', '1990-09-05'],
  ['phone', '89000000001', '+7 900 000-00-01', '+79000000001'],
  ['phone', '+7 900 000-00-01', '+7 900 000-00-01', '+79000000001'],
  ['phone', '9000000001', '+7 900 000-00-01', '+79000000001'],
  ['phone', '+79000000001', '+7 900 000-00-01', '+79000000001'],
  ['lastName', 'Иванова', 'Иванова', 'Иванова'],
  ['email', 'anna@example.ru', 'anna@example.ru', 'anna@example.ru'],
] as const

describe('autofill', () => {
  const notifications = {
    'an input event': (input) => input.dispatchEvent(new Event('input', { bubbles: true, composed: true })),
    'a change event': (input) => input.dispatchEvent(new Event('change', { bubbles: true })),
    'both events': (input) => {
      input.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
      input.dispatchEvent(new Event('change', { bubbles: true }))
    },
    'a keyboard event without a key': (input) => {
      input.dispatchEvent(new Event('keydown', { bubbles: true }))
      input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText' }))
    },
  } satisfies Record<string, (input: HTMLInputElement) => unknown>

  describe.each(Object.entries(notifications))('with %s', (_, notify) => {
    it.each(autofilled)('of %s with %s shows %s', (name, text, shown, value) => {
      const form = showFields(name)
      const input = form.input(name)
      input.value = text
      notify(input)
      expect(input.value).toBe(shown)
      expect(form.model.fields[name]?.value.value).toBe(value)
    })
  })

  it('without any event is read when the person leaves the step', async () => {
    const form = showFields('lastName', 'birthDate', 'phone')
    form.input('lastName').value = 'Иванова'
    form.input('birthDate').value = '1990-09-05'
    form.input('phone').value = '89000000001'
    await form.click()
    expect(form.model.index.value).toBe(1)
    expect(form.model.values.value).toEqual({
      lastName: 'Иванова',
      birthDate: '1990-09-05',
      phone: '+79000000001',
    })
  })

  it('of one field after another keeps the earlier ones', async () => {
    const form = showFields('lastName', 'firstName', 'birthDate', 'phone', 'email')
    const texts = {
      lastName: 'Иванова',
      firstName: 'Анна',
      birthDate: '1990-09-05',
      phone: '9000000001',
      email: 'anna@example.ru',
    }
    for (const [name, text] of Object.entries(texts)) {
      form.input(name).value = text
      form.input(name).dispatchEvent(new Event('input', { bubbles: true, composed: true }))
      await Promise.resolve()
    }
    expect(Object.keys(texts).map((name) => form.input(name).value)).toEqual([
      'Иванова',
      'Анна',
      '05.09.1990',
      '+7 900 000-00-01',
      'anna@example.ru',
    ])
  })

  it('replaces a value that was typed', () => {
    const form = showFields('phone')
    form.model.type('phone', '+7 900 000-00-02')
    form.input('phone').value = '+79000000001'
    form.input('phone').dispatchEvent(new Event('input', { bubbles: true, composed: true }))
    expect(form.model.values.value).toEqual({ phone: '+79000000001' })
  })
})

describe('a value that a program sets', () => {
  it.each(readable)(
    'in %s (typed as %j) is shown, parsed back and can be edited',
    async (name, _, values) => {
      const expected: LeadValues = values
      const form = showFields(name)
      form.model.setValues(expected)
      expect(form.model.values.value).toEqual(expected)
      const shown = form.input(name).value
      form.input(name).focus()
      await press('End', 'Backspace')
      const last = shown.at(-1) ?? ''
      await typeKeys(last)
      expect(form.input(name).value).toBe(shown)
      expect(form.model.values.value).toEqual(expected)
    },
  )
})

describe('a composition', () => {
  it.each([
    ['phone', '9000000001', '+7 900 000-00-01', '+79000000001'],
    ['phone', '89000000001', '+7 900 000-00-01', '+79000000001'],
    ['birthDate', '05091990', '05.09.1990', '1990-09-05'],
    ['amount', '50000', '50\u00a0000', 50000],
    ['lastName', 'Иванова', 'Иванова', 'Иванова'],
  ] as const)('into %s as %s shows %s', async (name, text, shown, value) => {
    const form = showFields(name)
    form.input(name).focus()
    await compose(text)
    expect(form.input(name).value).toBe(shown)
    expect(form.input(name).selectionStart).toBe(shown.length)
    expect(form.model.fields[name]?.value.value).toBe(value)
  })

  it('in pieces, as from a keyboard of a phone, has the same result', async () => {
    const form = showFields('phone', 'lastName')
    form.input('phone').focus()
    for (const digit of '9000000001') await compose(digit)
    expect(form.input('phone').value).toBe('+7 900 000-00-01')
    form.input('lastName').focus()
    await compose('Салтыков')
    await compose('-Щедрин')
    expect(form.model.values.value).toEqual({ phone: '+79000000001', lastName: 'Салтыков-Щедрин' })
  })

  it('in the middle of a text leaves the caret behind it', async () => {
    const form = showFields('passport')
    form.model.type('passport', '45 10 0050')
    const input = form.input('passport')
    input.focus()
    input.setSelectionRange(6, 6)
    await compose('00')
    expect(input.value).toBe('45 10 000050')
    expect(input.selectionStart).toBe(8)
    expect(form.model.values.value).toEqual({ passportSeries: '4510', passportNumber: '000050' })
  })

  it('over the prefix of a phone erases it, at once or piece by piece', async () => {
    const form = showFields('phone')
    const input = form.input('phone')
    input.focus()
    await compose('9')
    const shown = [input.value]
    while (input.value !== '' && shown.length < 9) {
      await composeOver(input.value.length, input.value.slice(0, -1))
      shown.push(input.value)
    }
    expect(shown.at(-1)).toBe('')
    expect(new Set(shown).size).toBe(shown.length)
    expect(form.model.fields['phone']?.parsed.value).toBeUndefined()
    await compose('9')
    expect(input.value).toBe('+7 9')
  })

  it('is not changed while it lasts', async () => {
    const form = showFields('phone')
    const input = form.input('phone')
    const compositions: string[] = []
    input.addEventListener('compositionupdate', ({ data }) => compositions.push(data))
    input.focus()
    await compose('8900')
    expect(compositions.slice(0, 4)).toEqual(['8', '89', '890', '8900'])
    expect(input.value).toBe('+7 900')
  })
})

describe('a dropped text', () => {
  it.each([
    ['phone', '8 (900) 000-00-01', '+7 900 000-00-01', '+79000000001'],
    ['birthDate', '1990-09-05', '05.09.1990', '1990-09-05'],
    ['lastName', 'Иванова', 'Иванова', 'Иванова'],
  ] as const)('onto %s as %s shows %s', async (name, text, shown, value) => {
    const form = showFields(name)
    await drop(text, form.input(name))
    await expect.poll(() => form.input(name).value).toBe(shown)
    expect(form.model.fields[name]?.value.value).toBe(value)
  })
})

it('no kind of field has a maximum length in the browser, which would cut pasted texts', () => {
  const kinds = Object.values(fields)
  for (const { kind, attributes } of kinds) {
    expect(Object.keys({ ...kind.attributes, ...attributes })).not.toContain('maxLength')
  }
})
