import { act, fireEvent } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { FieldDefinition } from '../../../src/form/definition.ts'
import { define } from '../../form/define.ts'
import { tickBox } from '../../support/tick-box.ts'
import { press, typeKeys } from '../support/keys.ts'
import { showFields, showForm } from '../support/show-form.ts'

const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: index + 1, label: `Вариант ${index + 1}` }))

/** The texts that describe a control. */
function descriptionOf(root: ShadowRoot, control: Element): string {
  const ids = control.getAttribute('aria-describedby')?.split(' ') ?? []
  return ids.map((id) => root.getElementById(id)?.textContent).join(' | ')
}

describe('a custom text', () => {
  const reason: FieldDefinition = { name: 'custom.loan_reason', label: 'Цель', hint: 'Одним словом' }

  it('is a required input with its own label and hint', async () => {
    const form = showFields(reason)
    const input = form.input('custom.loan_reason')
    const label = form.one(HTMLLabelElement, `label[for="${input.id}"]`)
    expect(label.textContent).toBe('Цель')
    expect(descriptionOf(form.root, input)).toBe('Одним словом')
    await form.click()
    expect(input).toHaveDeepFocus()
    expect(form.message('custom.loan_reason')).toEqual({ text: 'Напишите ответ', blocks: true })
    await typeKeys(' ремонт  кухни')
    await press('Tab')
    expect(form.message('custom.loan_reason')).toBeUndefined()
    expect(form.model.values.value).toEqual({ 'custom.loan_reason': 'ремонт кухни' })
    await form.click()
    expect(form.model.index.value).toBe(1)
  })

  it('has the name at its destination as its default label', () => {
    const form = showFields('custom.f_7')
    expect(form.field('custom.f_7').textContent).toBe('f_7')
  })

  it('gets the value that a page sets, and the message of the receiver', async () => {
    const form = showForm(define([{ name: 'custom.f_7' }], []), {
      send: async () => ({ outcome: 'invalid', issues: [{ field: 'custom.f_7', message: 'Нет такого' }] }),
    })
    expect(form.model.setValues({ 'custom.f_7': 'вечером', 'custom.f_8': 'x' })).toEqual(['custom.f_8'])
    expect(form.input('custom.f_7').value).toBe('вечером')
    await form.click()
    await act(() => tickBox(form.one(HTMLInputElement, '[data-consent] input')))
    await form.click('submit')
    await expect.poll(() => form.model.index.value).toBe(0)
    expect(form.message('custom.f_7')).toEqual({ text: 'Нет такого', blocks: true })
    await expect.poll(() => form.root.activeElement).toBe(form.input('custom.f_7'))
  })
})

describe('a custom choice', () => {
  it('of a few options is a group of radio buttons, with the hint below', async () => {
    const options = [
      { value: 'card', label: 'На карту' },
      { value: 'cash', label: 'Наличными' },
    ]
    const form = showFields({ name: 'custom.way', label: 'Как получить', hint: 'Можно изменить', options })
    const radios = form.all(HTMLInputElement, '[data-field="custom.way"] input[type=radio]')
    expect(radios.map(({ value }) => value)).toEqual(['card', 'cash'])
    expect(form.one(HTMLLegendElement, 'legend').textContent).toBe('Как получить')
    for (const radio of radios) expect(descriptionOf(form.root, radio)).toBe('Можно изменить')
    await form.click()
    expect(form.message('custom.way')).toEqual({ text: 'Выберите один из вариантов', blocks: true })
    await act(() => radios[1]?.click())
    expect(form.model.values.value).toEqual({ 'custom.way': 'cash' })
    expect(descriptionOf(form.root, form.input('custom.way'))).toBe('Можно изменить')
  })

  it('of many options is a select, and its value is that of the option', async () => {
    const form = showFields({ name: 'custom.kind', options: numbers(6) })
    const select = form.one(HTMLSelectElement, '[data-field="custom.kind"] select')
    expect(form.field('custom.kind').dataset['control']).toBe('choice')
    expect(Array.from(select.options, ({ value }) => value)).toEqual(['', '1', '2', '3', '4', '5', '6'])
    await act(() => {
      fireEvent.change(select, { target: { value: '5' } })
    })
    expect(form.model.values.value).toEqual({ 'custom.kind': 5 })
    expect(select.value).toBe('5')
  })

  it('accepts the value of an option, also as a text', () => {
    const form = showFields({ name: 'custom.kind', options: numbers(6) })
    const { value } = form.model.fields['custom.kind'] ?? {}
    for (const option of [3, '4']) {
      expect(form.model.setValues({ 'custom.kind': option })).toEqual([])
      expect(value?.value).toBe(Number(option))
    }
    expect(form.model.setValues({ 'custom.kind': 7 })).toEqual(['custom.kind'])
    expect(value?.value).toBe(4)
  })
})

describe('a field that is usually typed', () => {
  it('is a choice with its own labels where the form lists options', async () => {
    const amounts = [5000, 10_000, 15_000, 20_000, 25_000].map((value) => ({ value, label: `${value} ₽` }))
    const form = showFields({ name: 'amount', options: amounts })
    const select = form.one(HTMLSelectElement, '[data-field="amount"] select')
    await act(() => {
      fireEvent.change(select, { target: { value: '15000' } })
    })
    // Normalizing keeps the option.
    expect(select.value).toBe('15000')
    expect(form.model.values.value).toEqual({ amount: 15_000 })
  })
})
