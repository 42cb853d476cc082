import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptAndSubmit, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/seeded-random.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const seeded = createRandomChoices()
let stage: TestEnvironment

beforeAll(async () => {
  stage = await startTestEnvironment()
})

afterAll(() => stage.close())

describe("a page under default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'", () => {
  it('carries the whole journey, with errors, a lost connection, a retry and an answer that comes later', async () => {
    const page = await stage.browser.newPage()
    const violations = await watchPolicy(page)
    const answer = page.waitForResponse(`${stage.demo().url}/`)
    const form = await openForm(page, stage.demo().url)
    expect((await answer).headers()['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'",
    )

    await form.action('next').click()
    await form.field('amount').locator('[part=error]').waitFor()
    await typeAnswers(form, createPerson(seeded))
    await form.action('submit').click()
    await form.root.locator('[data-consent=processing] [part=error]').waitFor()

    // The connection is lost, for the repeat that the widget makes by itself, too.
    await page.route('**/leads', (route) => route.abort('connectionreset'))
    await acceptAndSubmit(form)
    await form.status('failed')
    await page.unroute('**/leads')

    await stage.sandbox.switch({ mode: 'hold' })
    await form.action('retry').click()
    await form.status('queued')
    await stage.sandbox.switch({ mode: 'strict' })
    expect(await stage.sandbox.waitFor(1)).toHaveLength(1)

    expect(await violations()).toEqual([])
    // What is judged is what a person saw: the styles did arrive.
    expect(await form.root.evaluate((element) => getComputedStyle(element).maxWidth)).toBe('680px')
    await page.close()
  })

  it('gets the very file whose size is limited', async () => {
    const answer = await fetch(`${stage.demo().url}/anketa.js`)
    expect(await answer.text()).toBe(await readFile('dist/anketa.js', 'utf8'))
  })

  it('would have noticed: one inline style on the page is reported', async () => {
    const page = await stage.browser.newPage()
    const violations = await watchPolicy(page)
    await page.route(`${stage.demo().url}/`, async (route) => {
      const answer = await route.fetch()
      const html = (await answer.text()).replace('<h1>', '<h1 style="color: red">')
      await route.fulfill({ response: answer, body: html })
    })
    await openForm(page, stage.demo().url)
    expect(await violations()).toEqual(['style-src-attr'])
    await page.close()
  })
})

/** Collects the policy's reports from before the first script on. */
async function watchPolicy(page: Page): Promise<() => Promise<readonly string[]>> {
  const reported: string[] = []
  await page.exposeFunction('reportViolation', (directive: string) => reported.push(directive))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      if ('reportViolation' in window && typeof window.reportViolation === 'function') {
        window.reportViolation(event.effectiveDirective)
      }
    })
  })
  return async () => {
    // Reports are queued as tasks.
    await page.waitForTimeout(200)
    return reported
  }
}
