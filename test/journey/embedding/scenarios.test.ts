import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPages } from '../../../demo/pages/build-pages.ts'
import { type Scenario, scenarios, strictPolicy } from '../../../demo/pages/scenarios.ts'
import { hooks } from '../../../src/entries/testing.ts'
import { scenarioSteps, submitPhone, type ScenarioPage } from '../support/pages/scenario-steps.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'
import { type PageMonitor, monitorPage } from '../support/pages/monitor-page.ts'

let stage: TestEnvironment

beforeAll(async () => {
  ;[stage] = await Promise.all([startTestEnvironment(), buildPages()])
})

afterAll(() => stage.close())

/** What `dist/integrity.json` holds. */
interface Hashes {
  readonly version: string
  readonly files: Readonly<Record<string, string>>
  readonly inlineStub: { readonly text: string; readonly hash: string }
}

const cases = Object.entries(scenarioSteps).flatMap(([name, act]) => {
  const { methods }: Scenario = Reflect.get(scenarios, name)
  return methods.map((method) => ({ name, method, act }))
})

describe('a page with a form', () => {
  it.each(cases)('$name, by $method: takes a lead, and breaks no policy', async ({ name, method, act }) => {
    const { formCount = 1, allowedConsole = /^$/, before, instead } = act
    const page = await stage.browser.newPage()
    const monitor = await monitorPage(page)
    const shown: ScenarioPage = {
      page,
      monitor,
      method,
      container: (index = 0) =>
        page.locator('[data-anketa]:not(script), anketa-form, #place, #root').locator(`nth=${index}`),
    }
    await page.goto(`${stage.demo().url}/pages/${name}?method=${method}`)
    await before?.(shown)
    if (formCount > 0) await page.locator(hooks.form).first().waitFor()
    await expect.poll(() => page.locator(hooks.form).count()).toBe(formCount)
    await (instead ?? (() => submitPhone(shown.container())))(shown)

    expect(await page.locator(hooks.form).count()).toBe(formCount)
    expect(monitor.violations).toEqual([])
    expect(monitor.exceptions).toEqual([])
    expect(monitor.consoleMessages.filter((line) => !allowedConsole.test(line))).toEqual([])
    await page.close()
  })

  it('runs the version that it pins, and a stub that it has inline, by the hashes that the build tells', async () => {
    const told: Hashes = JSON.parse(
      await readFile(new URL('../../../dist/integrity.json', import.meta.url), 'utf8'),
    )
    const { version, files, inlineStub } = told
    const url = `${stage.demo().url}/pinned`
    const open = async (integrity: string | undefined): Promise<{ page: Page; watch: PageMonitor }> => {
      const page = await stage.browser.newPage()
      const watch = await monitorPage(page)
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
      return { page, watch }
    }
    const { page, watch } = await open(files[`anketa-${version}.js`])
    expect(await page.evaluate('typeof Anketa.mount')).toBe('function')
    await submitPhone(page.locator('[data-anketa]'))
    expect([...watch.violations, ...watch.exceptions, ...watch.consoleMessages]).toEqual([])
    await page.close()

    const other = await open(files['anketa-stub.js'])
    await expect.poll(() => other.watch.consoleMessages.join()).toContain('integrity')
    await other.page.getByText('Позвоните нам').waitFor()
    await other.page.close()
  })

  it('stands in a list of all such pages', async () => {
    const page = await stage.browser.newPage()
    await page.goto(`${stage.demo().url}/pages`)
    const paths = await page
      .locator('li a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    expect(paths).toHaveLength(cases.length)
    for (const path of paths) expect((await fetch(stage.demo().url + path)).status).toBe(200)
    await page.close()
  })

  it('would have noticed: what a page does against its policy is reported', async () => {
    const page = await stage.browser.newPage()
    const watch = await monitorPage(page)
    await page.goto(`${stage.demo().url}/pages/end`)
    await page.evaluate(`
      document.body.setAttribute('style', 'color: red')
      try { document.body.innerHTML = '<p>' } catch {}
    `)
    await expect
      .poll(() => watch.violations.map((one) => one.split(' ')[0]))
      .toEqual(['style-src-attr', 'require-trusted-types-for'])
    await page.close()
  })
})
