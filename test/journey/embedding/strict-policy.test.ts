import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareStyles, readComputedStyles } from '../support/pages/computed-styles.ts'
import { acceptAndSubmit, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { monitorPolicy } from '../support/pages/monitor-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const random = createRandomChoices()
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment({ statistics: true })
})

afterAll(() => environment.close())

it('tells the relay what the person does and where they leave, and nothing about the person', async () => {
  const page = await environment.browser.newPage()
  const events: unknown[] = []
  const answers: number[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/events')) events.push(JSON.parse(request.postData() ?? ''))
  })
  page.on('response', (response) => {
    if (response.url().endsWith('/events')) answers.push(response.status())
  })
  const form = await openForm(page, `${environment.demo().url}/?utm_source=yandex`)
  const common = { source: 'yandex' }
  await expect.poll(() => events).toEqual([{ event: 'view', ...common }])
  await form.control('amount').fill('20000')
  await form.control('termDays').fill('20')
  await form.action('next').click()
  await form.step('person')
  await form.control('phone').fill('+7 900')
  await form.control('lastName').focus()
  await form.control('phone').focus()
  // The protocol of the browser's tools does not report what a page sends while it is left.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')))
  await expect
    .poll(() => events)
    .toEqual([
      { event: 'view', ...common },
      { event: 'start', ...common },
      { event: 'step', step: 'person', ...common },
      { event: 'leave', step: 'person', field: 'phone', codes: ['phone-incomplete'], ...common },
    ])
  expect(answers.every((status) => status === 204)).toBe(true)
  await page.close()
})

describe("a page under default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'", () => {
  it('allows a complete journey with errors, a lost connection, a retry and a delayed answer', async () => {
    const page = await environment.browser.newPage()
    const violations = await monitorPolicy(page)
    const response = page.waitForResponse(`${environment.demo().url}/`)
    const form = await openForm(page, environment.demo().url)
    expect((await response).headers()['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'",
    )

    await form.action('next').click()
    await form.field('amount').locator('[part=error]').waitFor()
    await typeAnswers(form, createPerson(random))
    await form.action('submit').click()
    await form.root.locator('[data-consent=processing] [part=error]').waitFor()

    // The connection is also lost for the widget's automatic retry.
    await page.route('**/leads', (route) => route.abort('connectionreset'))
    await acceptAndSubmit(form)
    await form.status('failed')
    await page.unroute('**/leads')

    await environment.sandbox.switch({ mode: 'hold' })
    await form.action('retry').click()
    await form.status('queued')
    await environment.sandbox.switch({ mode: 'strict' })
    expect(await environment.sandbox.waitFor(1)).toHaveLength(1)

    expect(await violatedDirectives(page, violations)).toEqual([])
    // The styles were applied.
    expect(await form.root.evaluate((element) => getComputedStyle(element).maxWidth)).toBe('680px')
    await page.close()
  })

  it.each([
    ['in a shadow root', ''],
    ['in the page itself', 'data-shadow="false"'],
  ])('%s, looks the same in browsers without constructed style sheets', async (_, attributes) => {
    const looks = []
    for (const age of ['new', 'old']) {
      const page = await environment.browser.newPage()
      const violations = await monitorPolicy(page)
      if (age === 'old') await page.addInitScript(forgetConstructedSheets)
      await page.route(`${environment.demo().url}/`, async (route) => {
        const response = await route.fetch()
        const html = (await response.text()).replace(
          'data-anketa',
          `${attributes} data-look="soft" data-anketa`,
        )
        await route.fulfill({ response, body: html })
      })
      const form = await openForm(page, environment.demo().url)
      await form.action('next').click()
      await form.root.locator('[part=error]').first().waitFor()
      // It comes with what is loaded after the first step.
      await form.root.locator('div.anketa-unseen input').waitFor({ state: 'attached' })
      await expect.poll(() => form.root.evaluate((root) => getComputedStyle(root).maxWidth)).toBe('680px')
      await expect.poll(() => form.root.evaluate((root) => getComputedStyle(root).visibility)).toBe('visible')
      looks.push(await readComputedStyles(form.root))
      expect(await violatedDirectives(page, violations)).toEqual([])
      await page.close()
    }
    const [before = {}, after = {}] = looks
    expect(Object.keys(before).length).toBeGreaterThan(50)
    expect(compareStyles(before, after)).toEqual([])
  })

  it('has inline styles where the file is missing and the policy allows them', async () => {
    const page = await environment.browser.newPage()
    await page.addInitScript(forgetConstructedSheets)
    await page.route('**/*.css', (route) => route.abort())
    await page.route(`${environment.demo().url}/`, async (route) => {
      const response = await route.fetch()
      const headers = { ...response.headers(), 'content-security-policy': "style-src 'unsafe-inline'" }
      await route.fulfill({ response, headers })
    })
    const form = await openForm(page, environment.demo().url)
    await expect.poll(() => form.root.evaluate((root) => getComputedStyle(root).maxWidth)).toBe('680px')
    expect(await form.root.evaluate((root) => getComputedStyle(root).visibility)).toBe('visible')
    await page.close()
  })

  it('loads the file whose size is limited', async () => {
    const response = await fetch(`${environment.demo().url}/anketa.js`)
    expect(await response.text()).toBe(await readFile('dist/anketa.js', 'utf8'))
  })

  it('control: an inline style of the page is detected', async () => {
    const page = await environment.browser.newPage()
    const violations = await monitorPolicy(page)
    await page.route(`${environment.demo().url}/`, async (route) => {
      const response = await route.fetch()
      const html = (await response.text()).replace('<h1>', '<h1 style="color: red">')
      await route.fulfill({ response: response, body: html })
    })
    await openForm(page, environment.demo().url)
    expect(await violatedDirectives(page, violations)).toEqual(['style-src-attr'])
    await page.close()
  })
})

/** Makes a browser one from before 2022. */
function forgetConstructedSheets(): void {
  for (const root of [Document, ShadowRoot]) Reflect.deleteProperty(root.prototype, 'adoptedStyleSheets')
  Reflect.set(window, 'CSSStyleSheet', undefined)
}

/** The violated directives. Reports are queued as tasks, so this waits a moment. */
async function violatedDirectives(page: Page, violations: readonly string[]): Promise<readonly string[]> {
  await page.waitForTimeout(200)
  return violations.map((violation) => violation.split(' ')[0] ?? '')
}
