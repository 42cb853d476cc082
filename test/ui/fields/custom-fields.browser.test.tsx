import { act, fireEvent } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { FieldDefinition } from '../../../src/form/definition.ts'
import { define } from '../../form/define.ts'
import { press, typeKeys } from '../support/keys.ts'
import { showFields, showForm } from '../support/show-form.ts'

const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: index + 1, label: `Вариант ${index + 1}` }))

/** What the notes that a control is described by say. */
function described(root: ShadowRoot, control: Element): string {
  const ids = control.getAttribute('aria-describedby')?.split(' ') ?? []
  return ids.map((id) => root.getElementById(id)?.textContent).join(' | ')
}

describe('a custom text', () => {
  const reason: FieldDefinition = { name: 'custom.loan_reason', label: 'Цель', hint: 'Одним словом' }

  it('is a line with its own label and hint, which has to be filled in', async () => {
    const form = showFields(reason)
    const input = form.input('custom.loan_reason')
    const label = form.one(HTMLLabelElement, `label[for="${input.id}"]`)
    expect(label.textContent).toBe('Цель')
    expect(described(form.root, input)).toBe('Одним словом')
    await form.click()
    expect(input).toHaveDeepFocus()
    expect(form.remark('custom.loan_reason')).toEqual({ text: 'Заполните это поле', blocks: true })
    await typeKeys(' ремонт  кухни')
    await press('Tab')
    expect(form.remark('custom.loan_reason')).toBeUndefined()
    expect(form.model.flow.value.values).toEqual({ 'custom.loan_reason': 'ремонт кухни' })
    await form.click()
    expect(form.model.index.value).toBe(1)
  })

  it('is named after its destination’s name where nobody says more', () => {
    const form = showFields('custom.f_7')
    expect(form.field('custom.f_7').textContent).toBe('f_7')
  })

  it('gets the value that a page sets, and the words of the receiver', async () => {
    const form = showForm(define([{ name: 'custom.f_7' }], []), {
      send: async () => ({ outcome: 'invalid', issues: [{ field: 'custom.f_7', message: 'Нет такого' }] }),
    })
    expect(form.model.setValues({ 'custom.f_7': 'вечером', 'custom.f_8': 'x' })).toEqual(['custom.f_8'])
    expect(form.input('custom.f_7').value).toBe('вечером')
    await form.click()
    await act(() => form.one(HTMLInputElement, '[data-consent] input').click())
    await form.click('submit')
    await expect.poll(() => form.model.index.value).toBe(0)
    expect(form.remark('custom.f_7')).toEqual({ text: 'Нет такого', blocks: true })
    await expect.poll(() => form.root.activeElement).toBe(form.input('custom.f_7'))
  })
})

describe('a custom choice', () => {
  it('of a few options is a group of buttons, with the hint below', async () => {
    const options = [
      { value: 'card', label: 'На карту' },
      { value: 'cash', label: 'Наличными' },
    ]
    const form = showFields({ name: 'custom.way', label: 'Как получить', hint: 'Можно изменить', options })
    const radios = form.all(HTMLInputElement, '[data-field="custom.way"] input[type=radio]')
    expect(radios.map(({ value }) => value)).toEqual(['card', 'cash'])
    expect(form.one(HTMLLegendElement, 'legend').textContent).toBe('Как получить')
    for (const radio of radios) expect(described(form.root, radio)).toBe('Можно изменить')
    await form.click()
    expect(form.remark('custom.way')).toEqual({ text: 'Выберите один из вариантов', blocks: true })
    await act(() => radios[1]?.click())
    expect(form.model.flow.value.values).toEqual({ 'custom.way': 'cash' })
    expect(described(form.root, form.input('custom.way'))).toBe('Можно изменить')
  })

  it('of many options is a list, and its value is that of the option', async () => {
    const form = showFields({ name: 'custom.kind', options: numbers(6) })
    const select = form.one(HTMLSelectElement, '[data-field="custom.kind"] select')
    expect(form.field('custom.kind').dataset['control']).toBe('choice')
    expect(Array.from(select.options, ({ value }) => value)).toEqual(['', '1', '2', '3', '4', '5', '6'])
    await act(() => {
      fireEvent.change(select, { target: { value: '5' } })
    })
    expect(form.model.flow.value.values).toEqual({ 'custom.kind': 5 })
    expect(select.value).toBe('5')
  })

  it('takes a value as its option has it, or as an attribute writes it', () => {
    const form = showFields({ name: 'custom.kind', options: numbers(6) })
    const { value } = form.model.fields['custom.kind'] ?? {}
    for (const given of [3, '4']) {
      expect(form.model.setValues({ 'custom.kind': given })).toEqual([])
      expect(value?.value).toBe(Number(given))
    }
    expect(form.model.setValues({ 'custom.kind': 7 })).toEqual(['custom.kind'])
    expect(value?.value).toBe(4)
  })
})

describe('a field that is typed elsewhere', () => {
  it('is a choice where the form lists options, with labels of its own', async () => {
    const amounts = [5000, 10_000, 15_000, 20_000, 25_000].map((value) => ({ value, label: `${value} ₽` }))
    const form = showFields({ name: 'amount', options: amounts })
    const select = form.one(HTMLSelectElement, '[data-field="amount"] select')
    await act(() => {
      fireEvent.change(select, { target: { value: '15000' } })
    })
    // What is tidied up afterwards is still the option.
    expect(select.value).toBe('15000')
    expect(form.model.flow.value.values).toEqual({ amount: 15_000 })
  })
})
