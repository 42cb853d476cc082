import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chunkPattern } from '../support/pages/chunk.ts'
import { type FormPage, openForm } from '../support/pages/form-page.ts'
import { monitorPage } from '../support/pages/monitor-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const chunk = chunkPattern('place-list')
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

beforeEach(() => environment.sandbox.clear())

/** The landing page with trusted types required, and its console messages. */
async function openLandingPage(): Promise<{ page: Page; consoleMessages: readonly string[] }> {
  const page = await environment.browser.newPage()
  const { consoleMessages } = monitorPage(page)
  await page.route(`${environment.demo().url}/`, async (route) => {
    const response = await route.fetch()
    const headers = response.headers()
    const policy = `${headers['content-security-policy']}; require-trusted-types-for 'script'; trusted-types 'none'`
    await route.fulfill({ response, headers: { ...headers, 'content-security-policy': policy } })
  })
  return { page, consoleMessages }
}

/** Fills the steps before the place of issue with invented answers. */
async function goToPlace(form: FormPage): Promise<void> {
  await form.control('amount').fill('30000')
  await form.control('termDays').fill('30')
  await form.action('next').click()
  await form.step('person')
  const answers = { lastName: 'Вымыслова', firstName: 'Анна', birthDate: '01.02.1990', phone: '+79000000007' }
  for (const [name, text] of Object.entries(answers)) await form.control(name).fill(text)
  await form.control('noMiddleName').check()
  await form.action('next').click()
  await form.step('passport')
}

describe('the list of places', () => {
  it('is loaded once, from the folder of the script, and fills in the form, under the strictest policy', async () => {
    const { page, consoleMessages } = await openLandingPage()
    const paths: string[] = []
    page.on('request', (request) => paths.push(new URL(request.url()).pathname))
    const answer = page.waitForResponse((response) => chunk.test(response.url()))
    const form = await openForm(page, environment.demo().url)
    expect((await answer).headers()).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      vary: 'Accept-Encoding',
    })

    await goToPlace(form)
    const region = form.control('region')
    await region.and(page.getByRole('combobox')).pressSequentially('тюм')
    await form.root.getByRole('option', { name: 'Тюменская область' }).click()
    // The chosen place is in the form's state, so it is shown again on return.
    await form.action('back').click()
    await form.step('person')
    await form.action('next').click()
    await form.step('passport')
    expect(await region.inputValue()).toBe('Тюменская область')
    expect(paths.filter((path) => chunk.test(path))).toHaveLength(1)
    // Messages about places that the relay does not know are not of interest here.
    expect(consoleMessages.filter((text) => /policy|trusted|uncaught|anketa/i.test(text))).toEqual([])
    await page.close()
  })

  it.each([
    ['blocked', 'blocked'],
    ['missing', 'missing'],
  ] as const)('can be %s: typed places are accepted', async (_, failure) => {
    const { page, consoleMessages } = await openLandingPage()
    await page.route(chunk, (route) =>
      failure === 'blocked' ? route.abort('blockedbyclient') : route.fulfill({ status: 404 }),
    )
    const form = await openForm(page, environment.demo().url)
    await goToPlace(form)
    await form.control('passport').fill('4510000050')
    await form.control('passportIssuedDate').fill('01.03.2011')
    await form.control('passportIssuedCode').fill('720-001')
    await form.control('passportIssuedBy').fill('УФМС России по Москве')
    await form.control('city').fill('Москва')
    await form.action('next').click()
    await form.step('consents')
    await form.consent('processing').check()
    await form.consent('transfer').check()
    await form.action('submit').click()
    await form.status('accepted')
    expect(consoleMessages.filter((text) => !text.includes('Failed to load resource'))).toEqual([
      expect.stringContaining('не удалось загрузить список городов'),
    ])
    await page.close()
  })
})
