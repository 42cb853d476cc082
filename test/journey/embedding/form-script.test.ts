import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRecordedRelease, recordedVersion } from '../../support/recorded-release.ts'
import { chunkPattern } from '../support/pages/chunk.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

// Landing pages of another origin that have the script of a form from the relay.

const site = 'https://landing.example.ru'
let stage: TestEnvironment
let relay: string

beforeAll(async () => {
  stage = await startTestEnvironment()
  relay = stage.demo().url
})

afterAll(() => stage.close())

interface Visit {
  readonly page: Page
  /** Paths that the page has asked the relay for. */
  readonly requests: readonly string[]
  readonly consoleMessages: readonly string[]
}

interface VisitOptions {
  readonly head?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes of the page, where it is not written in UTF-8. */
  readonly encoded?: Buffer
  /** Scripts of the page's own site, by path. */
  readonly files?: Readonly<Record<string, string>>
}

/** Opens a page of another origin with this body. */
async function visit(body: string, options: VisitOptions = {}): Promise<Visit> {
  const { head = '', headers = {}, encoded, files = {} } = options
  const page = await stage.browser.newPage({ permissions: ['local-network-access'] })
  const requests: string[] = []
  const consoleMessages: string[] = []
  page.on('console', (message) => consoleMessages.push(message.text()))
  page.on('pageerror', (error) => consoleMessages.push(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    const { origin, pathname, search } = new URL(request.url())
    if (origin === relay) requests.push(pathname + search)
  })
  await page.route(`${site}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    const file = files[pathname]
    if (file !== undefined)
      return route.fulfill({ headers: { 'content-type': 'text/javascript' }, body: file })
    return route.fulfill({
      headers: { 'content-type': 'text/html', ...headers },
      body: encoded ?? `<!doctype html><meta charset="utf-8"><title>Page</title>${head}<body>${body}`,
    })
  })
  await page.goto(site)
  return { page, requests, consoleMessages }
}

const tag = (form: string, attributes = '', query = '') =>
  `<script type="module" async src="${relay}/forms/${form}/form.js${query}" ${attributes}></script>`
const main = '[data-step=loan]'
const callback = '[data-field=firstName]'

async function expectForms(page: Page, selector: string, count: number): Promise<void> {
  await expect.poll(() => page.locator(selector).count()).toBe(count)
  await page.waitForTimeout(200)
  expect(await page.locator(selector).count()).toBe(count)
}

describe('a page with the script of a form', () => {
  it('has a usable form after one request', async () => {
    const { page, requests, consoleMessages } = await visit(`<div data-anketa>Телефон</div>${tag('main')}`)
    const amount = page.locator(`${main} [data-field=amount] input`)
    await amount.waitFor()
    expect(requests).toEqual(['/forms/main/form.js'])
    await amount.fill('30000')
    // What later steps need comes when a person is in the form, from beside the script, and shares its instance.
    await expect.poll(() => requests.filter((path) => chunkPattern('place-list').test(path))).toHaveLength(1)
    expect(requests.at(-1)).toMatch(/^\/forms\/main\//)
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('has all Russian texts after one request, where the form asks what few forms ask', async () => {
    const { page, requests, consoleMessages } = await visit(`<div data-anketa></div>${tag('full')}`)
    await page.locator('[data-step]').waitFor()
    await page.evaluate(`
      form = Anketa.mount(document.querySelector('[data-anketa]'))
      form.goTo(form.state.steps.at(-2))
    `)
    // The step has the focus, so that what later steps need comes.
    const forLater = ['place-list', 'steps'].map(chunkPattern)
    expect(requests.filter((path) => !forLater.some((chunk) => chunk.test(path)))).toEqual([
      '/forms/full/form.js',
    ])
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('has one instance whatever the queries of its tags', async () => {
    const { page, requests, consoleMessages } = await visit(
      `<div data-anketa></div>${tag('main', '', '?v=1')}${tag('main', '', '?v=2')}${tag('main')}`,
    )
    await expectForms(page, main, 1)
    expect(requests.filter((path) => path === '/forms/main/form.js')).toHaveLength(1)
    await expect.poll(() => requests.filter((path) => chunkPattern('place-list').test(path))).toHaveLength(1)
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('has it in the head, before its element', async () => {
    const { page, consoleMessages } = await visit('<p>…</p><div data-anketa></div>', { head: tag('main') })
    await expectForms(page, main, 1)
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('says what is missing, in one sentence, where the tag is in the head and there is no element', async () => {
    const { page, consoleMessages } = await visit('<p>…</p>', { head: tag('main') })
    await expect.poll(() => consoleMessages.length).toBe(1)
    expect(consoleMessages[0]).toContain('добавьте <div data-anketa></div>')
    await page.evaluate(`document.body.append(Object.assign(document.createElement('div'), { id: 'late' }))`)
    await page.evaluate(`document.querySelector('#late').dataset.anketa = ''`)
    await expectForms(page, main, 1)
    expect(consoleMessages).toHaveLength(1)
    await page.close()
  })

  it('has the form at the tag where there is no element, once for identical tags, with the options of the tag', async () => {
    const { page, consoleMessages } = await visit(
      `<main>${tag('main', 'data-theme="dark"')}</main>${tag('main', 'data-theme="dark"', '?again')}<footer>…</footer>`,
    )
    await expectForms(page, main, 1)
    expect(await page.locator(`main ${main}`).getAttribute('data-theme')).toBe('dark')
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('has the options of the tag on the form of its element, too', async () => {
    const { page } = await visit(`<div data-anketa></div>${tag('main', 'data-value-amount="30000"')}`)
    await expectForms(page, main, 1)
    expect(await page.locator('[data-field=amount] input').inputValue()).toBe('30\u00a0000')
    await page.close()
  })

  it('has the form of a tag that names its place', async () => {
    const { page } = await visit('<div id="here"></div>', { head: tag('main', 'data-target="#here"') })
    await expectForms(page, `#here ${main}`, 1)
    await page.close()
  })

  it('keeps what an element holds where the form does not exist, and shows the others', async () => {
    const { page, consoleMessages } = await visit(
      `<div data-anketa="mian">Позвоните нам</div>${tag('mian')}<div data-anketa="main"></div>${tag('main')}`,
    )
    await expectForms(page, main, 1)
    await expect.poll(() => consoleMessages.join()).toContain('на странице нет скрипта формы «mian»')
    expect(await page.getByText('Позвоните нам').isVisible()).toBe(true)
    await page.close()
  })
})

describe('a page with the scripts of two forms', () => {
  it('shows each in the elements that name it, in whatever order they come', async () => {
    const { page, consoleMessages } = await visit(
      `${tag('callback')}${tag('main')}<div data-anketa="main"></div><div data-anketa="callback"></div><div data-anketa="main"></div>`,
    )
    await expectForms(page, `[data-anketa=main] ${main}`, 2)
    await expectForms(page, `[data-anketa=callback] ${callback}`, 1)
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('shows the first of them in elements that name none, with a warning', async () => {
    const { page, consoleMessages } = await visit(
      `<div data-anketa></div>${tag('callback')}<div data-anketa="main"></div>${tag('main')}`,
    )
    await expectForms(page, callback, 1)
    await expectForms(page, main, 1)
    await expect
      .poll(() => consoleMessages)
      .toEqual([expect.stringContaining('на странице несколько форм: укажите одну')])
    await page.close()
  })

  it('shows them at their tags where there are no elements', async () => {
    const { page, consoleMessages } = await visit(
      `<main>${tag('main')}</main><aside>${tag('callback')}</aside>`,
    )
    await expectForms(page, `main ${main}`, 1)
    await expectForms(page, `aside ${callback}`, 1)
    expect(consoleMessages).toEqual([])
    await page.close()
  })
})

describe('a page with two instances', () => {
  const ofInstance = /is on the page already and shows the forms/

  it('has its forms from the first of two versions, which takes the form of the other', async () => {
    const scripts = await readRecordedRelease()
    const definition = await (await fetch(`${relay}/forms/main`)).text()
    const files = {
      // A slow page loads some of them.
      ...Object.fromEntries([...scripts].map(([name, script]) => [`/old/forms/main/${name}`, script])),
      '/old/forms/main/form.js': `${scripts.get('form.js')}\n;import.meta.form=${definition}`,
    }
    const body = `<script type="module" src="/old/forms/main/form.js"></script><div data-anketa="callback"></div>${tag('callback').replace('async', '')}<div data-anketa="main"></div>`
    const { page, consoleMessages } = await visit(body, { files })
    await expectForms(page, main, 1)
    await expectForms(page, callback, 1)
    expect(await page.evaluate('Anketa.version')).toBe(recordedVersion)
    await expect.poll(() => consoleMessages).toEqual([expect.stringMatching(ofInstance)])
    await page.close()
  })

  it('has its forms from the first of two copies, and says so in one sentence', async () => {
    const entry = await readFile(new URL('../../../dist/form.js', import.meta.url), 'utf8')
    const { page, consoleMessages } = await visit(
      `<div data-anketa></div>${tag('main').replace('async', '')}<script type="module" src="/copy/form.js"></script>`,
      { files: { '/copy/form.js': entry } },
    )
    await expectForms(page, main, 1)
    await expect.poll(() => consoleMessages.filter((text) => ofInstance.test(text))).toHaveLength(1)
    expect(await page.evaluate('Object.keys(Anketa).join()')).toBe('mount,scan,version')
    await page.close()
  })

  it('with the loader beside it has one instance, and says so', async () => {
    const { page, consoleMessages } = await visit(
      `<div data-anketa></div>${tag('main')}<div data-anketa data-relay="${relay}/forms/callback"></div><script async src="${relay}/anketa.js"></script>`,
    )
    await expectForms(page, main, 1)
    await expectForms(page, callback, 1)
    expect(consoleMessages.filter((text) => !ofInstance.test(text))).toEqual([])
    await page.close()
  })
})

describe('a page', () => {
  it('under the strictest policy works with the relay on another host', async () => {
    const policy = `default-src 'none'; script-src ${relay}; connect-src ${relay}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`
    const { page, consoleMessages } = await visit(`<div data-anketa></div>${tag('main')}`, {
      headers: { 'content-security-policy': policy },
    })
    await expectForms(page, main, 1)
    expect(await page.locator(main).evaluate((form) => getComputedStyle(form).maxWidth)).toBe('680px')
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('in windows-1251 has its texts and takes Russian names', async () => {
    const html = `<!doctype html><meta charset="windows-1251"><title>Page</title><h1>Zaem</h1><div data-anketa></div>${tag('callback')}`
    const { page } = await visit('', {
      headers: { 'content-type': 'text/html; charset=windows-1251' },
      encoded: Buffer.from(html.replace('Zaem', '\u00c7\u00e0\u00e5\u00ec'), 'latin1'),
    })
    await page.locator(callback).waitFor()
    expect(await page.locator('h1').textContent()).toBe('Заем')
    expect(await page.locator(callback).textContent()).toContain('Как к вам обращаться')
    await page.locator(`${callback} input`).fill('Анна')
    await page.locator('[data-field=phone] input').fill('+79000000001')
    await page.locator('[data-action=submit]').click()
    // What is missing is the consent alone.
    await page.locator('[data-consent] [part=error]').waitFor()
    expect(await page.locator('[data-field] [part=error]').count()).toBe(0)
    await page.close()
  })

  it('goes on without a file that cannot be loaded, with one line on the console', async () => {
    const { page, consoleMessages } = await visit('')
    await page.route(chunkPattern('extras'), (route) => route.fulfill({ status: 404 }))
    await page.setContent(`<div data-anketa data-look="bold"></div>${tag('main')}`)
    await expectForms(page, main, 1)
    await expect
      .poll(() => consoleMessages.filter((text) => text.startsWith('Anketa:')))
      .toEqual([expect.stringContaining('не удалось загрузить оформление')])
    await page.close()
  })
})
