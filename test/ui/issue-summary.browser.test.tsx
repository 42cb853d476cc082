import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { ru } from '../../src/i18n/ru/ru.ts'
import { deepActiveElement } from '../support/deep-focus.ts'
import { define } from '../form/define.ts'
import { showFields, showForm, type ShownForm } from './support/show-form.ts'

const entries = (form: ShownForm): readonly (string | null)[] =>
  form.all(HTMLElement, '[part~=issues] li').map(({ textContent }) => textContent)

it('lists what is to be corrected, and leaves the focus to the first field', async () => {
  const form = showFields('fullName', 'phone', 'birthDate')
  await page.getByRole('textbox', { name: ru.fields.phone.label }).fill('900')
  await form.click()
  await expect
    .poll(() => entries(form))
    .toEqual([
      ru.fields.fullName.required,
      `${ru.fields.phone.label}: ${String(ru.issues['phone-incomplete'])}`,
      ru.fields.birthDate.required,
    ])
  await expect.element(page.getByRole('group', { name: ru.checkFields(3) })).toBeVisible()
  expect(deepActiveElement()).toBe(form.input('fullName'))
  expect(form.announcement()).toBe(ru.checkFields(3))
})

it('leads to each field by a link, also with the keys, and leaves the address of the page', async () => {
  const form = showFields('lastName', 'phone', 'gender')
  const { href } = location
  await form.click()
  await page.getByRole('link', { name: String(ru.fields.phone.required) }).click()
  expect(deepActiveElement()).toBe(form.input('phone'))
  form.one(HTMLElement, '[part~=issues] li:last-child a').focus()
  await userEvent.keyboard('{Enter}')
  expect(deepActiveElement()).toBe(form.input('gender'))
  expect(location.href).toBe(href)
})

it('follows the corrections without moving anything, until the step is left', async () => {
  const form = showFields('lastName', 'phone')
  await form.click()
  const list = form.one(HTMLElement, '[part~=issues]')
  const { height } = list.getBoundingClientRect()
  await page.getByRole('textbox', { name: ru.fields.lastName.label }).fill('Примеров')
  await expect
    .poll(() => entries(form))
    .toEqual([`${ru.fields.lastName.required}, ${ru.corrected}`, ru.fields.phone.required])
  await expect.element(page.getByRole('group', { name: ru.checkFields(1) })).toBeVisible()
  await page.getByRole('textbox', { name: ru.fields.phone.label }).fill('9000000001')
  await expect.element(page.getByRole('group', { name: ru.allCorrected })).toBeVisible()
  expect(form.all(HTMLElement, '[part~=issues] a')).toEqual([])
  expect(list.getBoundingClientRect().height).toBe(height)
  await form.click()
  expect(form.model.index.value).toBe(1)
  expect(form.all(HTMLElement, '[part~=issues]')).toEqual([])
})

it('lists what becomes wrong after the review', async () => {
  const form = showFields('lastName', 'phone', 'email')
  await page.getByRole('textbox', { name: ru.fields.email.label }).fill('ivan@example.ru')
  await form.click()
  await page.getByRole('textbox', { name: ru.fields.lastName.label }).fill('Примеров')
  await page.getByRole('textbox', { name: ru.fields.phone.label }).fill('9000000001')
  await expect.element(page.getByRole('group', { name: ru.allCorrected })).toBeVisible()
  await page.getByRole('textbox', { name: ru.fields.email.label }).fill('ivan')
  form.input('phone').focus()
  await expect.element(page.getByRole('group', { name: ru.checkFields(1) })).toBeVisible()
  const links = form.all(HTMLElement, '[part~=issues] a')
  expect(links.map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining(ru.fields.email.label),
  ])
  links[0]?.click()
  expect(deepActiveElement()).toBe(form.input('email'))
})

it('keeps a refused gender in sight after a choice, which can be changed again', async () => {
  const form = showForm(define([{ name: 'fullName' }]), {
    send: async () => ({ outcome: 'invalid', issues: [{ field: 'gender', message: 'Проверьте пол' }] }),
  })
  await page.getByRole('textbox', { name: ru.composites.fullName }).fill('Примеров Иван Петрович')
  form.model.tick('processing', true)
  await form.click('submit')
  await page.getByRole('radio', { name: 'Женский' }).click()
  await expect.poll(() => form.message('gender')).toBeUndefined()
  expect(deepActiveElement()).toBe(form.one(HTMLInputElement, '[data-field=gender] input[value=female]'))
  await page.getByRole('radio', { name: 'Мужской' }).click()
  expect(form.model.values.value.gender).toBe('male')
})

it('is not shown for one issue, which has its own words', async () => {
  const form = showFields('lastName', 'email')
  await page.getByRole('textbox', { name: ru.fields.lastName.label }).fill('Примеров')
  await form.click()
  await expect.poll(() => form.all(HTMLElement, '[part=notice]').length).toBe(1)
  expect(form.all(HTMLElement, '[part~=issues]')).toEqual([])
})

it('lists consents, and what the receiver of the lead finds wrong', async () => {
  const issues = [
    { field: 'phone', message: 'Номер занят' },
    { field: 'lastName', message: 'Проверьте фамилию' },
  ]
  const form = showForm(define([{ name: 'lastName' }, { name: 'phone' }]), {
    send: async () => ({ outcome: 'invalid', issues }),
  })
  await form.click('submit')
  expect(entries(form)).toEqual([
    ru.fields.lastName.required,
    ru.fields.phone.required,
    ru.consents.processing,
  ])
  await page.getByRole('link', { name: ru.consents.processing, exact: true }).click()
  expect(deepActiveElement()).toBe(form.one(HTMLInputElement, '[data-consent=processing] input'))
  await userEvent.keyboard(' ')
  await page.getByRole('textbox', { name: ru.fields.lastName.label }).fill('Примеров')
  await page.getByRole('textbox', { name: ru.fields.phone.label }).fill('9000000001')
  await form.click('submit')
  await expect
    .poll(() => entries(form))
    .toEqual([`${ru.fields.phone.label}: Номер занят`, `${ru.fields.lastName.label}: Проверьте фамилию`])
})
