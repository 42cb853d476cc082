import { afterAll, beforeAll, expect, it } from 'vitest'
import { openForm } from '../support/pages/form-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

// What a browser itself may tick: a page that is loaded again, by a reload or by Back. Pages that come from its cache are in
// test/embed/form/consents.browser.test.tsx, because a browser under control has no such cache.

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

it.each([
  ['in a shadow root', ''],
  ['in the page itself', 'data-shadow="false"'],
  ['with a draft', 'data-draft="30"'],
])('%s, no box is ticked after a reload and after Back', async (_mode, attributes) => {
  const { url } = environment.demo()
  const page = await environment.browser.newPage()
  await page.route(`${url}/guest`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Страница</title>
        <input id="own" type="checkbox"><div data-anketa data-relay="/forms/callback" ${attributes}></div>
        <script async src="/anketa.js"></script>`,
    }),
  )
  await page.route(`${url}/next`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Дальше</title>' }),
  )
  const form = await openForm(page, `${url}/guest`)
  const isTicked = () => form.consent('processing').isChecked()
  const fill = async (): Promise<void> => {
    await form.control('firstName').fill('Анна')
    await form.consent('processing').check()
    expect(await isTicked()).toBe(true)
  }
  await fill()
  await page.reload()
  await form.root.waitFor()
  expect(await isTicked()).toBe(false)
  await fill()
  await page.locator('#own').check()
  await page.goto(`${url}/next`)
  await page.goBack()
  await form.root.waitFor()
  // The browser has restored what is not the form's.
  expect(await page.locator('#own').isChecked()).toBe(true)
  expect(await isTicked()).toBe(false)
  await form.control('phone').fill('+7 900 000-00-01')
  await form.control('firstName').fill('Анна')
  await form.action('submit').click()
  await form.root.locator('[data-consent=processing] [part=error]').waitFor()
  expect(await isTicked()).toBe(false)
  await page.close()
})
