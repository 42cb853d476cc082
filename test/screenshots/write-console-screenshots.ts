/**
 * Takes the pictures of the console in `docs/`, of a demonstration that runs: `PORT=8197 npm start`, and then
 * `node test/screenshots/write-console-screenshots.ts http://localhost:8197`. The statistics are invented.
 */
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { inventStatistics } from '../console/support/invented-statistics.ts'
import { chromiumLaunchOptions } from '../support/chromium.ts'

const [, , url = 'http://localhost:8080'] = process.argv
const docs = join(import.meta.dirname, '../../docs')
/** That of the demonstration, which anybody can read. */
const token = 'demonstration-operator-token'

const options = await chromiumLaunchOptions()
// The fonts of the bundled Chromium have neither a sign for roubles nor arrows.
const browser = await chromium.launch({ ...options, env: withSystemFonts(options.env ?? process.env) })

const wide = await openConsole(browser, 1280, 800, 'light')
await wide.locator('tbody tr').nth(5).waitFor()
await save(wide, 'console/list')
await goTo(wide, '#/leads?status=uncertain')
await wide.locator('tbody a').first().click()
await wide.getByRole('button', { name: 'Не дошла' }).waitFor()
await save(wide, 'console/lead')
await wide.route('**/admin/stats*', (route) => {
  const { searchParams } = new URL(route.request().url())
  return route.fulfill({ json: inventStatistics(searchParams) })
})
await goTo(wide, '#/stats')
await wide.getByText('По источникам').waitFor()
await save(wide, 'console/statistics', true)
await openField(wide)
await wide.getByText('Шаг 2 из 4').waitFor()
await save(wide, 'builder')
await buildCondition(wide)
await wide.setViewportSize({ width: 1280, height: 1400 })
await wide.evaluate('scrollTo(0, 0)')
await wide.locator('.settings').screenshot({ path: join(docs, 'builder-conditions.png') })

const phone = await openConsole(browser, 390, 844, 'dark')
await phone.locator('tbody tr').nth(5).waitFor()
await save(phone, 'console/phone')
await phone.setViewportSize({ width: 390, height: 780 })
await openField(phone)
await phone.evaluate('scrollTo(0, 0)')
await save(phone, 'builder-phone')
await browser.close()

/** Signs in. */
async function openConsole(
  on: Browser,
  width: number,
  height: number,
  colorScheme: 'light' | 'dark',
): Promise<Page> {
  const page = await on.newPage({ locale: 'ru-RU', colorScheme, viewport: { width, height } })
  await page.goto(`${url}/console`)
  await page.getByRole('button', { name: 'Ключ администратора' }).click()
  await page.getByLabel('Ключ администратора', { exact: true }).fill(token)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Заявки' }).waitFor()
  return page
}

/** Opens a view from the start. */
async function goTo(page: Page, hash: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${url}/console${hash}`)
}

async function openField(page: Page): Promise<void> {
  await goTo(page, '#/forms/main')
  await page.locator('.preview [data-step]').waitFor()
  await page.getByRole('button', { name: 'Фамилия', exact: true }).click()
}

/** Builds a condition with a group for the third step. */
async function buildCondition(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^3\. / }).click()
  await page.getByRole('combobox', { name: 'Когда показывать шаг' }).selectOption('rules')
  const rule = (name: string) => page.getByRole('group', { name, exact: true })
  await rule('Условие 1').getByLabel('Сравнение').selectOption('atLeast')
  await rule('Условие 1').getByLabel('Значение').fill('15 000')
  await page.getByRole('button', { name: 'Добавить группу', exact: true }).click()
  await rule('Условие 2.1').getByLabel('Поле').selectOption('email')
  await page.getByRole('button', { name: 'Добавить условие: группа 2' }).click()
  await rule('Условие 2.2').getByLabel('Поле').selectOption('termDays')
  await rule('Условие 2.2').getByLabel('Сравнение').selectOption('atMost')
  await rule('Условие 2.2').getByLabel('Значение').fill('30')
}

async function save(page: Page, name: string, fullPage = false): Promise<void> {
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(docs, `${name}.png`), fullPage, animations: 'disabled' })
}

function withSystemFonts(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('FONTCONFIG') ? [] : [[name, value]],
    ),
  )
}
