import { page } from 'vitest/browser'
import { expect, it } from 'vitest'
import { expectText, showConsole } from '../support/show-console.tsx'

/** Whether the page may be closed without a question of the browser. */
function mayClose(): boolean {
  return window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
}

const dialog = () => page.getByRole('dialog', { name: 'Уйти без сохранения?' })

/** Opens the builder, and changes the form. */
async function changeForm() {
  const shown = showConsole({ signedIn: 'clara', hash: '#/new-form' })
  const title = shown.field('Название формы')
  await expect.element(title).toBeVisible()
  expect(mayClose()).toBe(true)
  await title.fill('Пример')
  await expect.poll(mayClose).toBe(false)
  return { ...shown, title }
}

it('asks before unsaved changes are left by a link, and keeps them', async () => {
  const shown = await changeForm()
  await shown.link('Заявки').click()
  await expectText(dialog(), 'несохранённые изменения')
  await dialog().getByRole('button', { name: 'Отмена' }).click()
  await expect.element(shown.title).toHaveValue('Пример')
  expect(shown.addresses.at(-1)).toBe('#/new-form')
  await shown.link('Заявки').click()
  await dialog().getByRole('button', { name: 'Уйти без сохранения' }).click()
  await expect.element(shown.heading('Заявки')).toBeVisible()
  expect(dialog().elements()).toEqual([])
  expect(mayClose()).toBe(true)
  // The next view is left without a question.
  await shown.link('Состояние').click()
  await expect.element(shown.heading('Состояние')).toBeVisible()
})

it('asks before the Back of the browser, with the address of the view', async () => {
  const shown = await changeForm()
  shown.goBack()
  await expect.element(dialog()).toBeVisible()
  expect(shown.addresses.at(-1)).toBe('#/new-form')
  await dialog().getByRole('button', { name: 'Уйти без сохранения' }).click()
  await expect.element(shown.heading('Заявки')).toBeVisible()
})

it('asks before signing out', async () => {
  const shown = await changeForm()
  await shown.button('Выйти').click()
  await dialog().getByRole('button', { name: 'Отмена' }).click()
  await expect.element(shown.title).toHaveValue('Пример')
  await shown.button('Выйти').click()
  await dialog().getByRole('button', { name: 'Уйти без сохранения' }).click()
  await expect.element(shown.heading('Вход в консоль')).toBeVisible()
})

it('asks nothing when the changes are undone', async () => {
  const shown = await changeForm()
  await shown.button('Отменить').click()
  await expect.poll(mayClose).toBe(true)
  await shown.link('Заявки').click()
  await expect.element(shown.heading('Заявки')).toBeVisible()
})
