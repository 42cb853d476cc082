import { page } from 'vitest/browser'
import { expect, it } from 'vitest'
import type { FormDetails } from '../../../src/relay/http/admin/forms/form-answers.ts'
import { expectText, showConsole } from '../support/show-console.tsx'

const unservedLooks = { theme: 'dark', look: 'soft', colors: { accent: '#ffdd2d' } }
const plain = { theme: 'light', look: 'plain', colors: {} }

/** A form whose version was saved when pages did not get its looks. */
const details: FormDetails = {
  form: 'main',
  definition: { id: 'main', title: 'Заявка', steps: [{ id: 'a', title: 'О вас', fields: ['phone'] }] },
  unservedLooks,
  configured: {},
  entry: {},
  destinations: [],
  problems: [],
  versions: [
    {
      number: 1,
      kind: 'saved',
      savedAt: '2026-11-01T09:00:00.000Z',
      savedBy: 'Анна',
      isServed: true,
      hasUnservedLooks: true,
    },
  ],
  latest: 1,
  canEdit: true,
}

/** Opens the builder, and gives what it has saved last. */
function openBuilder(changes: Partial<FormDetails> = {}) {
  const shown = showConsole({ signedIn: 'clara', hash: '#/forms/main', form: { ...details, ...changes } })
  const saved = (): unknown =>
    shown.relay.requests
      .filter(({ method, path }) => method === 'POST' && path === 'admin/forms/main')
      .map(({ body }) => Reflect.get(Object(JSON.parse(body)), 'looks'))
  return { ...shown, saved }
}

it('saves a change of a text without looks that pages do not get, and names their version', async () => {
  const shown = openBuilder()
  await shown.field('Название формы').fill('Заявка на заём')
  await shown.button('Сохранить').click()
  await expect.poll(shown.saved).toEqual([plain])
  await shown.button('Версии').click()
  await expectText(page.getByRole('row').nth(1), 'страницы не получают её оформление')
})

it('saves them once somebody has taken them', async () => {
  const shown = openBuilder()
  await shown.button('Оформление').click()
  await expect.element(shown.field('Стиль')).toHaveValue('plain')
  await shown.button('Взять сохранённое оформление').click()
  await expect.element(shown.field('Стиль')).toHaveValue('soft')
  await shown.button('Сохранить').click()
  await expect.poll(shown.saved).toEqual([unservedLooks])
  // A relay refuses looks of pages from before it served them.
  expect(shown.relay.requests.some(({ body }) => body.includes('"servesLooks":true'))).toBe(true)
})

it('shows them where nothing is saved, for the snippet', async () => {
  const shown = openBuilder({ canEdit: false })
  await shown.button('Оформление').click()
  await expect.element(shown.field('Стиль')).toHaveValue('soft')
  expect(shown.button('Взять сохранённое оформление').elements()).toEqual([])
})

it('keeps what is changed while a version is being saved as a change that is not saved', async () => {
  const shown = openBuilder()
  const title = shown.field('Название формы')
  await title.fill('Первое')
  const release = shown.relay.hold()
  await shown.button('Сохранить').click()
  await expect.poll(shown.saved).toHaveLength(1)
  await title.fill('Второе')
  release()
  await expectText(page.getByRole('status').first(), 'Сохранена версия 2')
  await expectText(page.getByRole('main'), 'Есть несохранённые изменения')
  await shown.button('Сохранить').click()
  await expect.poll(shown.saved).toHaveLength(2)
  const sent = shown.relay.requests.findLast(({ method }) => method === 'POST')
  expect(sent?.body).toContain('Второе')
})
