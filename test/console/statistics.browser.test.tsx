import { page } from 'vitest/browser'
import { expect, it } from 'vitest'
import { expectText, showConsole } from './support/show-console.tsx'

const section = (name: string) => page.getByRole('heading', { level: 2, name }).element().parentElement

it('shows what people do in forms, and the same as tables', async () => {
  const shown = showConsole({ signedIn: 'anna', hash: '#/stats' })
  await expect.element(shown.heading('Сводка')).toBeVisible()
  await expect.element(page.getByRole('img', { name: /Столбцы по дням/ })).toBeVisible()
  expect(shown.relay.requests.map(({ path }) => path)).toContain('admin/stats?from=2026-10-30&to=2026-11-28')
  const days = page.getByRole('img', { name: /Столбцы по дням/ }).element()
  expect(days.querySelectorAll('g')).toHaveLength(30)
  await shown.text('То же таблицей').click()
  await expect.element(page.getByRole('rowheader', { name: '28.11', exact: true })).toBeVisible()
  // In the order of the form, a step that it had before at the end.
  expect(section('Путь до отправки')?.textContent).toMatch(/Начали.*О вас.*Паспорт.*former.*Отправлено/)
  expect(section('Где бросают заполнять')?.textContent).toMatch(/номер паспорта.*120.*Мобильный телефон.*45/)
  expect(section('По источникам (utm_source)')?.textContent).toMatch(/yandex.*vk.*без метки/)
})

it('shows one day and one form', async () => {
  const shown = showConsole({ hash: '#/stats' })
  await shown.button('Сегодня').click()
  await shown.field('Форма').selectOptions('callback')
  await expect
    .poll(() => shown.relay.requests.at(-1)?.path)
    .toBe('admin/stats?from=2026-11-28&to=2026-11-28&form=callback')
  await expectText(page.getByRole('main'), 'Никто не ушёл, начав заполнять.')
  expect(page.getByRole('img').elements()).toEqual([])
  expect(page.getByRole('heading', { level: 2, name: 'По вариантам' }).elements()).toEqual([])
})
