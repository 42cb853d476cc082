import axe from 'axe-core'
import { page } from 'vitest/browser'
import { expect, it } from 'vitest'
import { createInventedLeads } from './support/invented-rows.ts'
import { showConsole, type ShownConsole } from './support/show-console.tsx'

const [uncertain, failed, accepted] = createInventedLeads().map(({ lead }) => lead)

/** Every view, and what has to be done before it is as it should be looked at. */
const views: readonly (readonly [
  name: string,
  hash: string,
  prepare: (shown: ShownConsole) => Promise<void>,
])[] = [
  [
    'sign-in',
    '',
    async (shown) => {
      await shown.button('Войти').click()
    },
  ],
  [
    'list',
    '#/leads?form=main',
    async (shown) => {
      await page.getByRole('checkbox', { name: `Выбрать ${accepted?.number}` }).click()
      await shown.button('Отправить ещё раз').click()
      await page.getByRole('checkbox', { name: `Выбрать ${failed?.number}` }).click()
    },
  ],
  [
    'no lead',
    '#/leads?form=none',
    async (shown) => {
      await expect.element(shown.text('По этим условиям заявок нет.')).toBeVisible()
    },
  ],
  [
    'uncertain lead',
    `#/leads/${uncertain?.id}`,
    async (shown) => {
      await shown.button('Показать значения').click()
      await shown.text('Запрос к получателю').click()
    },
  ],
  [
    'accepted lead',
    `#/leads/${accepted?.id}`,
    async (shown) => {
      await shown.button('Удалить').click()
    },
  ],
  [
    'statistics',
    '#/stats',
    async (shown) => {
      await expect.element(shown.heading('Сводка')).toBeVisible()
      await shown.text('То же таблицей').click()
    },
  ],
  [
    'health',
    '#/health',
    async (shown) => {
      await expect.element(shown.text(/Откройте неотправленные/)).toBeVisible()
    },
  ],
  [
    'audit log',
    '#/audit',
    async (shown) => {
      await expect.element(shown.text('Действий ещё не было.')).toBeVisible()
      await shown.button('Клавиши и помощь').click()
    },
  ],
]

const looks = (['light', 'dark'] as const).flatMap((theme) =>
  ([1280, 390] as const).map((width) => [theme, width] as const),
)

it.each(looks)('axe finds no violations in the theme %s at a width of %i pixels', async (theme, width) => {
  await page.viewport(width, 800)
  for (const [name, hash, prepare] of views) {
    const shown = showConsole({
      hash,
      signedIn: name === 'sign-in' ? '' : 'clara',
      preferences: JSON.stringify({ theme }),
    })
    await prepare(shown)
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    const problems = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    expect(problems, name).toEqual([])
    expect(document.documentElement.scrollWidth, name).toBeLessThanOrEqual(width)
    shown.unmount()
  }
})
