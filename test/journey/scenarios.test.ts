import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPages } from '../../demo/pages/build-pages.ts'
import { type Scenario, scenarios, strictPolicy } from '../../demo/pages/scenarios.ts'
import { hooks } from '../../src/testing.ts'
import { acts, leavePhone, type Shown } from './support/scenario-acts.ts'
import { type Stage, setUpStage } from './support/stage.ts'
import { type PageWatch, watchPage } from './support/watch-page.ts'

let stage: Stage

beforeAll(async () => {
  ;[stage] = await Promise.all([setUpStage(), buildPages()])
})

afterAll(() => stage.close())

/** What `dist/integrity.json` holds. */
interface Hashes {
  readonly version: string
  readonly files: Readonly<Record<string, string>>
  readonly inlineStub: { readonly text: string; readonly hash: string }
}

const cases = Object.entries(acts).flatMap(([name, act]) => {
  const { doors }: Scenario = Reflect.get(scenarios, name)
  return doors.map((door) => ({ name, door, act }))
})

describe('a page with a form', () => {
  it.each(cases)('$name, by $door: takes a lead, and breaks no policy', async ({ name, door, act }) => {
    const { forms = 1, told = /^$/, before, instead } = act
    const page = await stage.browser.newPage()
    const watch = await watchPage(page)
    const shown: Shown = {
      page,
      watch,
      door,
      place: (index = 0) =>
        page.locator('[data-anketa]:not(script), anketa-form, #place, #root').locator(`nth=${index}`),
    }
    await page.goto(`${stage.demo().url}/pages/${name}?door=${door}`)
    await before?.(shown)
    if (forms > 0) await page.locator(hooks.form).first().waitFor()
    await expect.poll(() => page.locator(hooks.form).count()).toBe(forms)
    await (instead ?? (() => leavePhone(shown.place())))(shown)

    expect(await page.locator(hooks.form).count()).toBe(forms)
    expect(watch.violations).toEqual([])
    expect(watch.uncaught).toEqual([])
    expect(watch.said.filter((line) => !told.test(line))).toEqual([])
    await page.close()
  })

  it('runs the version that it pins, and a stub that it has inline, by the hashes that the build tells', async () => {
    const told: Hashes = JSON.parse(
      await readFile(new URL('../../dist/integrity.json', import.meta.url), 'utf8'),
    )
    const { version, files, inlineStub } = told
    const url = `${stage.demo().url}/pinned`
    const open = async (integrity: string | undefined): Promise<{ page: Page; watch: PageWatch }> => {
      const page = await stage.browser.newPage()
      const watch = await watchPage(page)
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
    const { page, watch } = await open(files['anketa.js'])
    expect(await page.evaluate('typeof Anketa.mount')).toBe('function')
    await leavePhone(page.locator('[data-anketa]'))
    expect([...watch.violations, ...watch.uncaught, ...watch.said]).toEqual([])
    await page.close()

    const other = await open(files['anketa-stub.js'])
    await expect.poll(() => other.watch.said.join()).toContain('integrity')
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
    const watch = await watchPage(page)
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
