import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chunkPattern } from '../support/pages/chunk.ts'
import { type FormPage, openForm } from '../support/pages/form-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const chunk = chunkPattern('place-list')
let stage: TestEnvironment

beforeAll(async () => {
  stage = await startTestEnvironment()
})

afterAll(() => stage.close())

beforeEach(() => stage.sandbox.clear())

/** The landing page, which also lets nothing of its scripts become a script; what its console said is collected. */
async function landing(): Promise<{ page: Page; said: string[] }> {
  const page = await stage.browser.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  await page.route(`${stage.demo().url}/`, async (route) => {
    const response = await route.fetch()
    const headers = response.headers()
    const policy = `${headers['content-security-policy']}; require-trusted-types-for 'script'; trusted-types 'none'`
    await route.fulfill({ response, headers: { ...headers, 'content-security-policy': policy } })
  })
  return { page, said }
}

/** Goes on to the step with the place of issue, with invented answers. */
async function toPlace(form: FormPage): Promise<void> {
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
  it('comes from beside the script, once, and fills the form in, under the strictest policy', async () => {
    const { page, said } = await landing()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const answer = page.waitForResponse((response) => chunk.test(response.url()))
    const form = await openForm(page, stage.demo().url)
    expect((await answer).headers()).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      vary: 'Accept-Encoding',
    })

    await toPlace(form)
    const region = form.control('region')
    await region.and(page.getByRole('combobox')).pressSequentially('тюм')
    await form.root.getByRole('option', { name: 'Тюменская область' }).click()
    // The form's own state has what was chosen: it draws it when it comes back.
    await form.action('back').click()
    await form.step('person')
    await form.action('next').click()
    await form.step('passport')
    expect(await region.inputValue()).toBe('Тюменская область')
    expect(asked.filter((path) => chunk.test(path))).toHaveLength(1)
    // What the relay does not know of places is another matter.
    expect(said.filter((text) => /policy|trusted|uncaught|anketa/i.test(text))).toEqual([])
    await page.close()
  })

  it.each([
    ['is blocked', 'blocked'],
    ['is not there', 'missing'],
  ] as const)('that %s is not missed: what is typed is taken', async (_, how) => {
    const { page, said } = await landing()
    await page.route(chunk, (route) =>
      how === 'blocked' ? route.abort('blockedbyclient') : route.fulfill({ status: 404 }),
    )
    const form = await openForm(page, stage.demo().url)
    await toPlace(form)
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
    expect(said.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([])
    await page.close()
  })
})
