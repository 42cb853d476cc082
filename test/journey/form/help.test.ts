import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { type HostPage, openHostPage } from '../support/pages/host-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

const named = (...names: readonly string[]) => names.map((name) => ({ name }))

const steps = [
  { id: 'person', title: 'О вас', fields: named('fullName', 'birthDate', 'phone', 'email', 'gender') },
  { id: 'papers', title: 'Документы', fields: named('snils', 'inn') },
]

/** Looks with a theme and a language. */
const looks = (process.env['ANKETA_LOOKS'] ?? 'plain-light-ru bank-dark-en').split(' ')

const focused = (form: HostPage) =>
  form.root
    .locator(':focus')
    .evaluate((element) => element.closest('[data-field]')?.getAttribute('data-field'))

it.each(looks)('a person is helped with the keys alone and nothing moves: %s', async (name) => {
  const [look, theme, locale] = name.split('-')
  const form = await openHostPage(environment, {
    steps,
    viewport: { width: 360, height: 740 },
    attributes: `data-look="${look}" data-theme="${theme}" data-locale="${locale}"`,
  })
  const { page } = form
  const summary = form.root.locator('[part~=issues]')
  const height = () => form.root.evaluate((element) => element.scrollHeight)

  await form.control('fullName').focus()
  await page.keyboard.press('Enter')
  await summary.waitFor()
  await expect.poll(() => focused(form)).toBe('fullName')
  await expectAccessible(page, `help-issues-${name}`)
  // The list lies before the fields.
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(form)).toBe('phone')
  const before = await summary.evaluate((element) => element.getBoundingClientRect().height)
  await page.keyboard.type('9000000001')
  await page.keyboard.press('Tab')
  await page.keyboard.type('anna@example.ru')
  await page.keyboard.press('Tab')
  await form.control('birthDate').focus()
  await page.keyboard.type('17051990')
  await page.keyboard.press('Shift+Tab')
  await form.field('birthDate').and(page.locator('[data-confirmed]')).waitFor()
  const still = await height()
  await page.keyboard.type('Примерова Анна Петровна')
  await page.keyboard.press('Tab')
  await expect.poll(() => form.control('fullName').inputValue()).toBe('Примерова Анна Петровна')
  await expect.poll(() => form.field('gender').locator('input[value=female]').isChecked()).toBe(true)
  expect(await summary.evaluate((element) => element.getBoundingClientRect().height)).toBe(before)
  expect(await height()).toBeLessThanOrEqual(still)
  await page.emulateMedia({ forcedColors: 'active' })
  await expectAccessible(page, `help-corrected-forced-${name}`)
  await page.emulateMedia({ forcedColors: 'none' })
  await expectAccessible(page, `help-corrected-${name}`)

  await form.control('fullName').fill('Нгуен Ван Тхань')
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(form)).toBe('lastName')
  await expectAccessible(page, `help-parts-${name}`)
  // This name implies no gender, so the one that the former name implied is asked again.
  await form.field('gender').locator('input[value=male]').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await form.step('papers')
  await form.control('snils').fill('900-000-058 99')
  await page.keyboard.press('Tab')
  await form.field('snils').and(page.locator('[data-confirmed]')).waitFor()
  await expectAccessible(page, `help-ticks-${name}`)
  await page.close()
})
