import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { ru } from '../../../src/i18n/ru/ru.ts'
import { deepActiveElement } from '../../support/deep-focus.ts'
import { defineSteps } from '../../form/define.ts'
import { showFields, showForm, type ShownForm } from '../support/show-form.ts'

const line = () => page.getByRole('textbox', { name: ru.composites.fullName })

const partsShown = (form: ShownForm): readonly (string | undefined)[] =>
  form.all(HTMLElement, '[data-field=fullName] [data-field]').map((field) => field.dataset['field'])

describe('the field of a whole name', () => {
  it('is one line that browsers fill in with the whole name', () => {
    const form = showFields('fullName', 'phone')
    const input = form.input('fullName')
    expect(input.autocomplete).toBe('name')
    expect(input.name).toBe('fullName')
    expect(input.getAttribute('aria-required')).toBe('true')
    expect(partsShown(form)).toEqual([])
  })

  it('keeps every key as it is typed, and shows the usual spelling once it is left', async () => {
    const form = showFields('fullName', 'phone')
    await line().fill('иван петрович ')
    await userEvent.keyboard('примеров')
    expect(form.input('fullName').value).toBe('иван петрович примеров')
    await userEvent.tab()
    await expect.poll(() => form.input('fullName').value).toBe('Примеров Иван Петрович')
    expect(form.message('fullName')).toBeUndefined()
  })

  it('asks for one answer where it is empty', async () => {
    const form = showFields('fullName')
    await form.click()
    await expect.poll(deepActiveElement).toBe(form.input('fullName'))
    expect(form.message('fullName')).toEqual({ text: ru.fields.fullName.required, blocks: true })
    expect(partsShown(form)).toEqual([])
    await userEvent.keyboard('П')
    await expect.poll(() => form.message('fullName')).toBeUndefined()
  })

  it('says of two words what they are taken for, without keeping anybody', async () => {
    const form = showFields('fullName', 'phone')
    await line().fill('Примеров Иван')
    await userEvent.tab()
    await expect
      .poll(() => form.message('fullName'))
      .toEqual({ text: ru.issues['name-two-words'], blocks: false })
    await expect.poll(() => form.announcement()).toContain(String(ru.issues['name-two-words']))
  })

  it('becomes three fields with all that was typed where the parts are not certain', async () => {
    const form = showFields('fullName', 'phone')
    await line().fill('Нгуен Ван Тхань')
    await userEvent.tab()
    await expect.poll(() => partsShown(form)).toEqual(['lastName', 'firstName', 'middleName', 'noMiddleName'])
    const texts = ['lastName', 'firstName', 'middleName'].map((name) => form.input(name).value)
    expect(texts).toEqual(['Нгуен', 'Ван', 'Тхань'])
    const group = page.getByRole('group', { name: ru.composites.fullName })
    await expect.element(group).toHaveAccessibleDescription(ru.checkName)
    await expect.poll(() => form.announcement()).toBe(ru.checkName)
    // The person is in the next field already.
    expect(deepActiveElement()).toBe(form.input('phone'))
  })

  it('waits while the person is in another window', async () => {
    const form = showFields('fullName', 'phone')
    const input = form.input('fullName')
    await line().fill('Нгуен Ван')
    // A window that loses the focus keeps its active element, which gets the event nevertheless.
    input.dispatchEvent(new FocusEvent('blur'))
    await userEvent.keyboard(' Ба')
    // Some browsers have no active element then.
    const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(false)
    onTestFinished(() => focus.mockRestore())
    input.blur()
    focus.mockRestore()
    input.focus()
    await userEvent.keyboard(' Тхань')
    expect(form.input('fullName')).toBe(input)
    expect(input.value).toBe('Нгуен Ван Ба Тхань')
    expect(partsShown(form)).toEqual([])
  })

  it('stays one line with one word until the step is left', async () => {
    const form = showFields('fullName', 'phone')
    await line().fill('Нгуен')
    await userEvent.tab()
    await userEvent.keyboard('900')
    await userEvent.tab()
    // The name was left before the phone, which has its message.
    await expect.poll(() => form.message('phone')?.blocks).toBe(true)
    expect(partsShown(form)).toEqual([])
    await form.click()
    await expect.poll(deepActiveElement).toBe(form.input('lastName'))
    expect(form.input('lastName').value).toBe('Нгуен')
  })

  it('shows the proposal before the step is left, and then goes on', async () => {
    const form = showFields('fullName')
    await line().fill('Нгуен Ван Тхань')
    await userEvent.keyboard('{Enter}')
    await expect.poll(deepActiveElement).toBe(form.input('lastName'))
    expect(form.model.index.value).toBe(0)
    await userEvent.keyboard('{Enter}')
    expect(form.model.index.value).toBe(1)
    expect(form.model.values.value).toMatchObject({ lastName: 'Нгуен', middleName: 'Тхань' })
  })

  it('shows the gender that it implies where the form asks it, to be changed', async () => {
    const form = showFields('fullName', 'gender')
    await line().fill('Примерова Анна Петровна')
    await userEvent.tab()
    await expect.element(page.getByRole('radio', { name: 'Женский' })).toBeChecked()
    await page.getByRole('radio', { name: 'Мужской' }).click()
    expect(form.model.values.value).toMatchObject({ lastName: 'Примерова', gender: 'male' })
    const hidden = showFields('fullName')
    expect(hidden.all(HTMLElement, '[data-field=gender]')).toEqual([])
  })
})

it('the gender of a name, once it was refused, stays shown with what is chosen, and is an answer to review', async () => {
  const steps = [
    { id: 'name', title: 'Имя', fields: [{ name: 'fullName' }] },
    { id: 'review', title: 'Проверьте ответы', kind: 'review', fields: [] },
  ] as const
  const form = showForm(defineSteps(steps), {
    send: async () => ({ outcome: 'invalid', issues: [{ field: 'gender', message: 'Не тот пол' }] }),
  })
  const reviewed = () => form.all(HTMLElement, 'dt').map((label) => label.textContent)
  await line().fill('Примерова Анна Петровна')
  await userEvent.keyboard('{Enter}')
  await expect.poll(reviewed).toEqual([ru.composites.fullName])
  form.model.tick('processing', true)
  await form.model.submit()
  await expect.poll(() => partsShown(form)).toContain('gender')
  await page.getByRole('radio', { name: 'Мужской' }).click()
  await form.click()
  await expect.poll(reviewed).toEqual([ru.composites.fullName, ru.fields.gender.label])
  await form.click('back')
  await expect.element(page.getByRole('radio', { name: 'Мужской' })).toBeChecked()
  await form.click()
  const change = page.getByRole('button', { name: `Изменить ${ru.fields.gender.label}`, exact: true })
  await change.click()
  await expect.poll(() => partsShown(form)).toContain('gender')
  await expect.poll(() => deepActiveElement()?.closest('[data-field=gender]')).not.toBeNull()
})

describe('the tick of a checked entry', () => {
  const isTicked = (form: ShownForm, name: string): boolean =>
    form.field(name).dataset['confirmed'] !== undefined

  it('comes when the field is left, is not announced and moves nothing', async () => {
    const form = showFields('snils', 'comment')
    const before = form.field('snils').getBoundingClientRect().height
    await page.getByRole('textbox', { name: ru.fields.snils.label }).fill('900-000-058 99')
    expect(isTicked(form, 'snils')).toBe(false)
    await userEvent.tab()
    await expect.poll(() => isTicked(form, 'snils')).toBe(true)
    expect(form.field('snils').getBoundingClientRect().height).toBe(before)
    expect(form.announcement()).toBe('')
    await expect
      .element(page.getByRole('textbox', { name: ru.fields.snils.label, exact: true }))
      .toBeVisible()
    form.input('snils').focus()
    await userEvent.keyboard('{Backspace}')
    await expect.poll(() => isTicked(form, 'snils')).toBe(false)
  })

  it('does not come with an error, or at a field that nobody doubts', async () => {
    const form = showFields('snils', 'lastName', 'phone')
    await page.getByRole('textbox', { name: ru.fields.snils.label }).fill('900-000-058 98')
    await userEvent.tab()
    await expect.poll(() => form.message('snils')?.blocks).toBe(true)
    await userEvent.keyboard('Примеров')
    await userEvent.tab()
    await userEvent.keyboard('9000000001')
    await userEvent.tab()
    await expect.poll(() => isTicked(form, 'phone')).toBe(true)
    expect(['snils', 'lastName'].filter((name) => isTicked(form, name))).toEqual([])
  })
})
