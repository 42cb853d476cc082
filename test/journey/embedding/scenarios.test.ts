import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPages } from '../../../demo/pages/build-pages.ts'
import { type Scenario, scenarios, strictPolicy } from '../../../demo/pages/scenarios.ts'
import { hooks } from '../../../src/entries/testing.ts'
import { scenarioSteps, submitPhone, type ScenarioPage } from '../support/pages/scenario-steps.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'
import { type PageMonitor, monitorPage, monitorPolicy } from '../support/pages/monitor-page.ts'

let environment: TestEnvironment

beforeAll(async () => {
  ;[environment] = await Promise.all([startTestEnvironment(), buildPages()])
})

afterAll(() => environment.close())

/** The content of `dist/integrity.json`. */
interface Hashes {
  readonly version: string
  readonly files: Readonly<Record<string, string>>
  readonly inlineStub: { readonly text: string; readonly hash: string }
}

const cases = Object.entries(scenarioSteps).flatMap(([name, steps]) => {
  const { methods }: Scenario = Reflect.get(scenarios, name)
  return methods.map((method) => ({ name, method, steps }))
})

describe('a page with a form', () => {
  it.each(cases)(
    '$name, by $method: sends a lead without violating the policy',
    async ({ name, method, steps }) => {
      const { formCount = 1, allowedConsole = /^$/, before, instead } = steps
      const page = await environment.browser.newPage()
      const monitor = monitorPage(page)
      const violations = await monitorPolicy(page)
      const scenario: ScenarioPage = {
        page,
        monitor,
        method,
        container: (index = 0) =>
          page.locator('[data-anketa]:not(script), anketa-form, #place, #root').locator(`nth=${index}`),
      }
      await page.goto(`${environment.demo().url}/pages/${name}?method=${method}`)
      await before?.(scenario)
      if (formCount > 0) await page.locator(hooks.form).first().waitFor()
      await expect.poll(() => page.locator(hooks.form).count()).toBe(formCount)
      await (instead ?? (() => submitPhone(scenario.container())))(scenario)

      expect(await page.locator(hooks.form).count()).toBe(formCount)
      expect(violations).toEqual([])
      expect(monitor.exceptions).toEqual([])
      expect(monitor.consoleMessages.filter((line) => !allowedConsole.test(line))).toEqual([])
      await page.close()
    },
  )

  it('runs a pinned version and an inline stub with the hashes of the build', async () => {
    const hashes: Hashes = JSON.parse(
      await readFile(new URL('../../../dist/integrity.json', import.meta.url), 'utf8'),
    )
    const { version, files, inlineStub } = hashes
    const url = `${environment.demo().url}/pinned`
    const open = async (
      integrity: string | undefined,
    ): Promise<{ page: Page; monitor: PageMonitor; violations: readonly string[] }> => {
      const page = await environment.browser.newPage()
      const monitor = monitorPage(page)
      const violations = await monitorPolicy(page)
      await page.route(url, (route) =>
        route.fulfill({
          contentType: 'text/html',
          headers: {
            'content-security-policy': strictPolicy.replace(
              "script-src 'self'",
              `script-src 'self' '${inlineStub.hash}'`,
            ),
          },
          body: `<!doctype html><meta charset="utf-8"><title>Page</title><script>${inlineStub.text}</script>
            <div data-anketa data-relay="/forms/callback">Позвоните нам</div>
            <script src="/anketa-${version}.js" integrity="${integrity}" crossorigin="anonymous"></script>`,
        }),
      )
      await page.goto(url)
      return { page, monitor, violations }
    }
    const { page, monitor, violations } = await open(files[`anketa-${version}.js`])
    expect(await page.evaluate('typeof Anketa.mount')).toBe('function')
    await submitPhone(page.locator('[data-anketa]'))
    expect([...violations, ...monitor.consoleMessages]).toEqual([])
    await page.close()

    const wrong = await open(files['anketa-stub.js'])
    await expect.poll(() => wrong.monitor.consoleMessages.join()).toContain('integrity')
    await wrong.page.getByText('Позвоните нам').waitFor()
    await wrong.page.close()
  })

  it('is in the list of all such pages', async () => {
    const page = await environment.browser.newPage()
    await page.goto(`${environment.demo().url}/pages`)
    const paths = await page
      .locator('li a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    expect(paths).toHaveLength(cases.length)
    for (const path of paths) expect((await fetch(environment.demo().url + path)).status).toBe(200)
    await page.close()
  })

  it('control: violations of the policy are detected', async () => {
    const page = await environment.browser.newPage()
    const violations = await monitorPolicy(page)
    await page.goto(`${environment.demo().url}/pages/end`)
    await page.evaluate(`
      document.body.setAttribute('style', 'color: red')
      try { document.body.innerHTML = '<p>' } catch {}
    `)
    await expect
      .poll(() => violations.map((violation) => violation.split(' ')[0]))
      .toEqual(['style-src-attr', 'require-trusted-types-for'])
    await page.close()
  })
})
