import { act } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import type { FormDefinition } from '../../src/form/definition.ts'
import { deepActiveElement } from '../support/deep-focus.ts'
import { defineSteps } from '../form/define.ts'
import { type ShownForm, showForm } from './support/show-form.ts'

const definition: FormDefinition = defineSteps([
  { id: 'loan', title: 'Сумма', fields: [{ name: 'amount', minimum: 1000 }] },
  {
    id: 'person',
    title: 'О вас',
    fields: [{ name: 'lastName' }, { name: 'email', required: false }, { name: 'gender' }],
  },
  {
    id: 'passport',
    title: 'Паспорт',
    when: { field: 'amount', atLeast: 15_000 },
    fields: [{ name: 'passport' }],
  },
  { id: 'place', title: 'Город', fields: [{ name: 'issuePlace' }] },
  { id: 'review', title: 'Проверьте ответы', kind: 'review', fields: [] },
])

let form: ShownForm
beforeEach(() => {
  form = showForm(definition)
  form.model.setValues({
    amount: 10_000,
    lastName: 'Примерова',
    gender: 'female',
    region: 'Москва',
    city: 'Москва',
    cityKladr: '7700000000000',
  })
  return act(() => form.model.goTo('review'))
})

const change = (label: string) => page.getByRole('button', { name: `Изменить ${label}`, exact: true })
const shownStep = () => form.one(HTMLElement, '[part=form]').dataset['step']

describe('the review', () => {
  it('shows the answers of all steps by their names', () => {
    const rows = form
      .all(HTMLElement, 'dl > div')
      .map((row) => [...row.querySelectorAll('dt, dd:first-of-type')].map((cell) => cell.textContent))
    expect(rows).toEqual([
      [expect.stringContaining('Сумма'), '10\u00a0000'],
      ['Фамилия', 'Примерова'],
      [expect.any(String), 'Не указано'],
      ['Пол', 'Женский'],
      [expect.any(String), 'Москва'],
    ])
  })

  it('says to screen readers what is shown and what is changed', async () => {
    for (const name of ['Сумма', 'О вас', 'Город'])
      await expect.element(page.getByRole('region', { name, exact: true })).toBeInTheDocument()
    await expect.element(page.getByRole('heading', { name: 'О вас', level: 3 })).toBeInTheDocument()
    await expect.element(page.getByRole('term').filter({ hasText: 'Фамилия' })).toBeInTheDocument()
    await expect.element(page.getByRole('definition').filter({ hasText: 'Примерова' })).toBeInTheDocument()
    await expect.element(change('Фамилия')).toBeInTheDocument()
  })

  it('hides the answers from session recorders', () => {
    const values = form.all(HTMLElement, '[part=review-value]')
    expect(values.length).toBeGreaterThan(0)
    for (const value of values) expect(value.matches('.ym-hide-content.rr-block[data-private]')).toBe(true)
  })

  it('goes to a field, and comes back with Next', async () => {
    await change('Фамилия').click()
    await expect.poll(shownStep).toBe('person')
    await expect.poll(() => deepActiveElement()).toBe(form.input('lastName'))
    form.model.type('lastName', 'Образцова')
    await form.click('next')
    await expect.poll(shownStep).toBe('review')
    expect(form.root.textContent).toContain('Образцова')
    await expect.poll(() => deepActiveElement()?.textContent).toBe('Проверьте ответы')
  })

  it('asks what a change has made necessary before it comes back', async () => {
    await page.getByRole('button', { name: /^Изменить Сумма/ }).click()
    await expect.poll(shownStep).toBe('loan')
    form.model.type('amount', '20000')
    await form.click('next')
    await expect.poll(shownStep).toBe('passport')
    form.model.type('passport', '4510123456')
    await form.click('next')
    await expect.poll(shownStep).toBe('review')
  })

  it('keeps the order of steps for who goes back by the button', async () => {
    await form.click('back')
    await expect.poll(shownStep).toBe('place')
    await form.click('back')
    await form.click('next')
    await expect.poll(shownStep).toBe('place')
  })
})

describe('the step that asks for the consents', () => {
  it('is the one that the definition names', async () => {
    const shown = showForm({ ...definition, consentsAt: 'loan' })
    shown.model.type('amount', '5000')
    expect(shown.all(HTMLElement, '[data-consent]')).not.toEqual([])
    await shown.click('next')
    expect(shown.one(HTMLElement, '[part=form]').dataset['step']).toBe('loan')
    shown.model.tick('processing', true)
    await shown.click('next')
    expect(shown.one(HTMLElement, '[part=form]').dataset['step']).toBe('person')
    await act(() => shown.model.goTo('review'))
    expect(shown.all(HTMLElement, '[data-consent]')).toEqual([])
  })

  it('is the last one while the named one is not shown', async () => {
    const shown = showForm({ ...definition, consentsAt: 'passport' })
    shown.model.setValues({ amount: 5000 })
    await act(() => shown.model.goTo('review'))
    expect(shown.all(HTMLElement, '[data-consent]')).not.toEqual([])
  })
})
