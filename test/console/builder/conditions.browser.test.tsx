import axe from 'axe-core'
import { page, userEvent } from 'vitest/browser'
import { expect, it } from 'vitest'
import type { FormDetails } from '../../../src/relay/http/admin/forms/form-answers.ts'
import { showConsole } from '../support/show-console.tsx'

/** A form whose second step has a condition. */
function detailsOf(when?: object): FormDetails {
  return {
    form: 'main',
    definition: {
      id: 'main',
      steps: [
        {
          id: 'a',
          title: 'Заём',
          fields: [
            'amount',
            'employment',
            { name: 'custom.car', label: 'Марка машины' },
            {
              name: 'custom.work',
              label: 'Работа',
              options: ['100', '2', 'Да, официально'].map((value) => ({ value, label: value })),
            },
          ],
        },
        { id: 'b', title: 'Паспорт', ...(when ? { when } : {}), fields: ['snils'] },
      ],
    },
    configured: {},
    entry: {},
    destinations: [],
    problems: [],
    versions: [],
    latest: 0,
    canEdit: true,
  }
}

/** Opens the settings of the second step. */
async function openStep(when?: object, preferences?: string) {
  const shown = showConsole({
    signedIn: 'clara',
    hash: '#/forms/main',
    form: detailsOf(when),
    ...(preferences === undefined ? {} : { preferences }),
  })
  await page.getByRole('button', { name: /^2\. Паспорт/ }).click()
  return {
    ...shown,
    mode: page.getByRole('combobox', { name: 'Когда показывать шаг' }),
    /** What is saved as the condition. */
    async saved(): Promise<unknown> {
      const before = shown.relay.requests.length
      await shown.button('Сохранить').click()
      await expect.poll(() => shown.relay.requests.length).toBeGreaterThan(before)
      const { body = '{}' } = shown.relay.requests[before] ?? {}
      return Object(JSON.parse(body)).definition.steps[1].when
    },
  }
}

const part = (name: string) => page.getByRole('group', { name, exact: true })
const choose = (group: string, label: string) => part(group).getByLabelText(label, { exact: true })
const tool = (name: string) => page.getByRole('button', { name, exact: true })
const focused = () => document.activeElement?.getAttribute('aria-label')

it('builds nested groups of rules by role and name', async () => {
  const shown = await openStep()
  await shown.mode.selectOptions('По условию')
  await choose('Условие 1', 'Поле').selectOptions('Сумма займа, ₽')
  await choose('Условие 1', 'Сравнение').selectOptions('не меньше')
  await choose('Условие 1', 'Значение').fill('15 000')
  await shown.button('Добавить группу').click()
  await choose('Условие 2.1', 'Поле').selectOptions('Марка машины')
  await choose('Условие 2.1', 'Сравнение').selectOptions('равно')
  await expect.element(part('Условие 2.1')).toHaveAccessibleDescription(/Укажите значение/)
  await choose('Условие 2.1', 'Значение').fill('Лада')
  await tool('Добавить условие: группа 2').click()
  await choose('Условие 2.2', 'Поле').selectOptions('Чем вы занимаетесь')
  await choose('Условие 2.2', 'Сравнение').selectOptions('одно из')
  const options = part('Условие 2.2').getByRole('checkbox')
  await options.nth(2).click()
  await options.nth(0).click()
  await tool('Добавить группу: группа 2').click()
  await part('Группа 2.3').getByLabelText('Когда условие выполнено').first().selectOptions('не верно ни одно')
  const when = {
    all: [
      { field: 'amount', atLeast: 15_000 },
      {
        any: [
          { field: 'custom.car', equals: 'Лада' },
          { field: 'employment', oneOf: [1, 3] },
          { not: { field: 'amount', filled: true } },
        ],
      },
    ],
  }
  expect(await shown.saved()).toEqual(when)
  await expect.element(page.getByText('Сложное условие')).not.toBeInTheDocument()
})

it('moves and removes by keys alone, and the focus stays with the part', async () => {
  const shown = await openStep({
    all: [
      { field: 'amount', filled: true },
      {
        any: [
          { field: 'employment', filled: true },
          { field: 'custom.car', filled: true },
        ],
      },
    ],
  })
  tool('Ниже: Условие 1').element().focus()
  await userEvent.keyboard('{Enter}')
  // It is in the group now, and so is the focus.
  await expect.poll(focused).toBe('Ниже: Условие 1.1')
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
  await expect.poll(focused).toBe('Ниже: Условие 1.2')
  await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}')
  // At the end nothing moves down any more.
  await expect.poll(focused).toBe('Выше: Условие 2')
  expect(await shown.saved()).toEqual({
    all: [
      {
        any: [
          { field: 'employment', filled: true },
          { field: 'custom.car', filled: true },
        ],
      },
      { field: 'amount', filled: true },
    ],
  })
  tool('Убрать: Условие 1.1').element().focus()
  await userEvent.keyboard('{Delete}')
  await expect.poll(focused).toBe('Убрать: Условие 1.1')
  await userEvent.keyboard('{Delete}')
  // The group has gone with its last rule.
  await expect.poll(focused).toBe('Убрать: Условие 1')
  await userEvent.keyboard('{Enter}')
  await expect.element(shown.mode).toHaveFocus()
  await expect.element(shown.mode).toHaveValue('always')
  await userEvent.keyboard('{ArrowDown}')
  await expect.poll(() => part('Условие 1').elements().length).toBe(1)
  await shown.button('Отменить').click()
  await shown.button('Отменить').click()
  await expect.element(part('Условие 1')).toBeVisible()
})

it('keeps what is typed while it is no number yet, and saves nothing for it', async () => {
  const shown = await openStep({ field: 'amount', atLeast: 5 })
  const value = choose('Условие 1', 'Значение')
  await value.fill('')
  await expect.element(value).toHaveValue('')
  await expect.element(part('Условие 1')).toHaveAccessibleDescription('Укажите число')
  await value.fill('десять')
  await expect.element(value).toHaveValue('десять')
  await value.fill('10 000')
  expect(await shown.saved()).toEqual({ field: 'amount', atLeast: 10_000 })
  await expect.element(value).toHaveValue('10 000')
})

it('compares with the options as they are answered, and leaves other rules as they are', async () => {
  const shown = await openStep({
    all: [
      { field: 'custom.work', equals: '2' },
      { field: 'custom.work', oneOf: ['Да, официально'] },
      { field: 'custom.work', equals: 100 },
    ],
  })
  const value = (rule: string) => choose(rule, 'Значение')
  await expect.element(value('Условие 1')).toHaveDisplayValue('2')
  const options = part('Условие 2').getByRole('checkbox')
  await expect.element(options.nth(2)).toBeChecked()
  expect(options.elements()).toHaveLength(3)
  // A number is no option of a field that answers with texts.
  await expect.element(value('Условие 3')).toHaveDisplayValue('100 (нет среди вариантов)')
  await value('Условие 3').selectOptions('100')
  await expect.element(value('Условие 3')).toHaveDisplayValue('100')
  const first = { field: 'custom.work', equals: '2' }
  const last = { field: 'custom.work', equals: '100' }
  expect(await shown.saved()).toEqual({
    all: [first, { field: 'custom.work', oneOf: ['Да, официально'] }, last],
  })
  await options.nth(0).click()
  expect(await shown.saved()).toEqual({
    all: [first, { field: 'custom.work', oneOf: ['100', 'Да, официально'] }, last],
  })
})

it('is no condition any more without its last rule, also where that is the only one of a list', async () => {
  const shown = await openStep({ all: [{ field: 'amount', filled: true }] })
  await tool('Убрать: Условие 1').click()
  await expect.element(shown.mode).toHaveValue('always')
  expect(await shown.saved()).toBeUndefined()
})

it('takes several typed values a line each', async () => {
  const shown = await openStep({ field: 'custom.car', oneOf: ['Лада, Веста'] })
  const values = choose('Условие 1', 'Значения, по одному в строке')
  await expect.element(values).toHaveValue('Лада, Веста')
  await userEvent.click(values)
  await userEvent.keyboard('{Control>}{End}{/Control}{Enter}2108 ')
  await expect.element(values).toHaveValue('Лада, Веста\n2108 ')
  expect(await shown.saved()).toEqual({ field: 'custom.car', oneOf: ['Лада, Веста', '2108'] })
})

it('shows a condition that it does not know as JSON', async () => {
  const shown = await openStep({ field: 'amount', divisibleBy: 5 })
  await shown.field('Другое условие (JSON)').fill('{ "not": { "field": "amount", "filled": true } }')
  await expect.element(choose('Условия', 'Когда условие выполнено').first()).toHaveValue('none')
  expect(await shown.saved()).toEqual({ not: { field: 'amount', filled: true } })
})

it.each([
  ['light', 1280],
  ['dark', 390],
])('axe finds no violations in the theme %s at a width of %i pixels', async (theme, width) => {
  await page.viewport(width, 800)
  const rule = { field: 'employment', oneOf: [1, 2] }
  await openStep(
    {
      all: [
        rule,
        { any: [{ not: { all: [rule, { any: [rule, { field: 'amount', equals: '' }] }] } }, rule] },
      ],
    },
    JSON.stringify({ theme }),
  )
  await expect.element(part('Условие 2.1.1.2.1')).toBeVisible()
  const { violations } = await axe.run(document, { resultTypes: ['violations'] })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
})
