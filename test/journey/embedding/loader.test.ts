import { readFile } from 'node:fs/promises'
import type { Page, Route } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readScripts } from '../../support/build-page-files.ts'
import { chunkPattern } from '../support/pages/chunk.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

// Landing pages of another origin that have the loader, from the relay or from a folder of their own.

const site = 'https://landing.example.ru'
const cdn = 'https://cdn.example.ru'
const dist = new URL('../../../dist/', import.meta.url)
let stage: TestEnvironment
let relay: string
let scripts: ReadonlyMap<string, string>

beforeAll(async () => {
  stage = await startTestEnvironment()
  relay = stage.demo().url
  scripts = await readScripts(dist.pathname)
})

afterAll(() => stage.close())

interface Visit {
  readonly page: Page
  /** Addresses that the page has asked for, itself aside. */
  readonly requests: readonly string[]
  readonly consoleMessages: readonly string[]
}

interface VisitOptions {
  readonly charset?: string
  /** How the built files are served by another host than the relay; as they should be unless given. */
  readonly serveFile?: (route: Route, file: string) => Promise<void>
}

/** Opens a page of another origin with this body; the built files are on a host of their own, too. */
async function visit(
  body: string,
  { charset = 'utf-8', serveFile = serveWell }: VisitOptions = {},
): Promise<Visit> {
  const page = await stage.browser.newPage({ permissions: ['local-network-access'] })
  const requests: string[] = []
  const consoleMessages: string[] = []
  page.on('console', (message) => consoleMessages.push(message.text()))
  page.on('pageerror', (error) => consoleMessages.push(`uncaught: ${error.message}`))
  page.on('request', (request) => requests.push(request.url()))
  await page.route(`${site}/**`, (route) =>
    route.fulfill({
      contentType: `text/html; charset=${charset}`,
      body: `<!doctype html><title>Page</title><body>${body}`,
    }),
  )
  await page.route(`${cdn}/**`, (route) =>
    serveFile(route, new URL(route.request().url()).pathname.replace(/.*\//, '')),
  )
  await page.goto(site)
  requests.shift()
  return { page, requests, consoleMessages }
}

/** As static hosting does it: without an encoding. */
async function serveWell(route: Route, file: string): Promise<void> {
  const body = scripts.get(file)
  const headers = { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }
  await route.fulfill(body === undefined ? { status: 404 } : { headers, body })
}

const element = () => `<div data-anketa data-relay="${relay}/forms/main">Позвоните нам</div>`
const loader = (folder: string, file = 'anketa.js') => `<script async src="${folder}/${file}"></script>`
const main = '[data-step=loan]'
const blocked = (text: string) =>
  /CORS policy|MIME type|Failed to load resource|Failed to load module/.test(text)

describe('the loader', () => {
  it('starts the requests for the definition and for the code at once', async () => {
    const { page, requests, consoleMessages } = await visit(`${element()}${loader(relay)}`)
    await page.locator(main).waitFor()
    expect(requests.slice(0, 3)).toEqual([`${relay}/anketa.js`, `${relay}/forms/main`, `${relay}/form.js`])
    expect(requests.filter((url) => url === `${relay}/forms/main`)).toHaveLength(1)
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('transfers the code once: it is in the cache when it is imported', async () => {
    // Without routes of the test's own, which switch the cache off.
    const page = await stage.browser.newPage()
    await page.goto(`${relay}/pages/end`)
    await page.locator('[data-step]').waitFor()
    const sizes = await page.evaluate(
      `performance.getEntriesByName('${relay}/form.js').map(({ transferSize }) => transferSize)`,
    )
    expect(sizes).toEqual([expect.any(Number), 0])
    await page.close()
  })

  it('loads the files from beside itself, on a page of any encoding', async () => {
    const { page, requests, consoleMessages } = await visit(`${element()}${loader(`${cdn}/anketa`)}`, {
      charset: 'windows-1251',
    })
    await page.locator(`${main} [data-field=amount] input`).fill('30000')
    expect(await page.locator('[data-action=next]').textContent()).toBe('Продолжить')
    await expect.poll(() => requests.filter((url) => chunkPattern('place-list').test(url))).toHaveLength(1)
    expect(requests.filter((url) => url.endsWith('.js')).every((url) => url.startsWith(cdn))).toBe(true)
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it.each<[string, (route: Route, file: string) => Promise<void>]>([
    [
      'has no CORS header',
      (route, file) =>
        route.fulfill({
          // Where there is none, Playwright adds one.
          headers: {
            'content-type': 'text/javascript',
            'access-control-allow-origin': 'https://other.example',
          },
          body: scripts.get(file) ?? '',
        }),
    ],
    [
      'has another MIME type',
      (route, file) =>
        route.fulfill({
          headers: {
            'access-control-allow-origin': '*',
            'content-type': file === 'anketa.js' ? 'text/javascript' : 'text/plain',
          },
          body: scripts.get(file) ?? '',
        }),
    ],
    ['has the loader alone', (route, file) => serveWell(route, file === 'anketa.js' ? file : 'none')],
  ])('takes the files of the relay where its own folder %s', async (_, serveFile) => {
    const { page, requests, consoleMessages } = await visit(`${element()}${loader(cdn)}`, { serveFile })
    await page.locator(main).waitFor()
    await expect.poll(() => requests.some((url) => chunkPattern('place-list').test(url))).toBe(true)
    expect(requests).toContain(`${relay}/form.js`)
    expect(consoleMessages.filter((text) => !blocked(text))).toEqual([])
    await page.close()
  })

  it('tries again at the same address while the connection is lost', async () => {
    const { page, requests } = await visit('')
    let failures = 2
    await page.route(`${relay}/form.js`, (route) => {
      failures -= 1
      return failures < 0 ? route.continue() : route.abort('connectionreset')
    })
    await page.setContent(`${element()}${loader(relay)}`)
    await page.locator(main).waitFor()
    expect(requests.filter((url) => url === `${relay}/form.js`).length).toBeGreaterThan(2)
    await page.close()
  })

  it('keeps what the element holds, and says what it could not load, where there is no code at all', async () => {
    const { page, consoleMessages } = await visit('')
    await page.clock.install()
    await page.route('**/form.js', (route) => route.fulfill({ status: 404 }))
    await page.setContent(`${element()}${loader(relay)}`)
    await expect
      .poll(async () => {
        await page.clock.fastForward(20_000)
        return consoleMessages.filter((text) => text.startsWith('Anketa:'))
      })
      .toEqual([expect.stringContaining('cannot load form.js')])
    expect(await page.getByText('Позвоните нам').isVisible()).toBe(true)
    await page.close()
  })

  it('tries a file on demand again at another address, for browsers remember what failed', async () => {
    const { page, requests, consoleMessages } = await visit('')
    let failures = 1
    await page.route(/\/extras-/, (route) => {
      failures -= 1
      return failures < 0 ? route.continue() : route.abort('connectionreset')
    })
    const other = `<anketa-form relay="${relay}/forms/main"></anketa-form>`
    await page.setContent(`${other}${loader(relay)}`)
    // The next try is that of the next element, once the first has failed.
    await expect.poll(() => consoleMessages.join('\n')).toContain('не удалось загрузить <anketa-form>')
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '${other}')`)
    await expect.poll(() => page.locator(main).count()).toBe(2)
    expect(requests.filter((url) => url.includes('/extras-')).at(-1)).toMatch(/\.js\?1$/)
    await page.close()
  })

  it('follows a redirect of the relay, and sends leads to the new address', async () => {
    const { page, requests, consoleMessages } = await visit('')
    await page.route(`${relay}/moved/**`, (route) =>
      route.fulfill({
        status: 301,
        headers: { location: `${relay}/forms/callback`, 'access-control-allow-origin': '*' },
      }),
    )
    const moved = `<div data-anketa data-relay="${relay}/moved/callback/"></div>`
    await page.setContent(`${moved}${loader(relay)}`)
    await page.locator('[data-field=firstName] input').fill('Анна')
    await page.locator('[data-field=phone] input').fill('+79000000001')
    await page.locator('[data-consent=processing] input').check()
    await page.locator('[data-action=submit]').click()
    await expect.poll(() => requests.filter((url) => url.endsWith('/leads'))).not.toEqual([])
    expect(new Set(requests.filter((url) => url.endsWith('/leads')))).toEqual(
      new Set([`${relay}/forms/callback/leads`]),
    )
    await expect
      .poll(() => consoleMessages.join('\n'))
      .toContain(`перенаправляет: укажите ${relay}/forms/callback`)
    await page.close()
  })

  it('gives a handle at once, and does in order what is called on it before the code has come', async () => {
    const { page, requests, consoleMessages } = await visit('')
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(`${relay}/form.js`, async (route) => {
      await held
      await route.continue()
    })
    await page.setContent(`<div id="here"></div>${loader(relay)}`)
    await page.waitForFunction('window.Anketa')
    const early = await page.evaluate(`
      seen = []
      form = Anketa.mount(document.querySelector('#here'), { relay: '${relay}/forms/main' })
      form.state.subscribe(({ step }) => seen.push(step))
      form.setValues({ amount: 30000 })
      form.setValues({ amount: 40000, termDays: 30 })
      form.next()
      form.ready.then(() => seen.push('ready'));
      ({ ...form.state, subscribe: undefined, handle: Object.keys(form).sort() })
    `)
    expect(early).toEqual({
      step: undefined,
      steps: [],
      status: 'loading',
      values: {},
      issues: [],
      subscribe: undefined,
      handle: ['back', 'destroy', 'goTo', 'next', 'ready', 'reset', 'setValues', 'state', 'submit', 'update'],
    })
    await expect.poll(() => requests).toContain(`${relay}/forms/main`)
    release()
    await expect.poll(() => page.evaluate('form.state.step')).toBe('person')
    expect(await page.evaluate('form.state.values.amount')).toBe(40_000)
    expect(await page.evaluate('seen')).toContain('ready')
    expect(await page.evaluate(`seen.filter((step) => step === 'person').length`)).toBeGreaterThan(0)
    await page.evaluate('form.destroy()')
    expect(await page.locator(main).count()).toBe(0)
    expect(consoleMessages).toEqual([])
    await page.close()
  })
})

describe('the pinned loader', () => {
  interface Hashes {
    readonly version: string
    readonly files: Readonly<Record<string, string>>
  }
  const pinned = async (): Promise<{ readonly html: string; readonly version: string }> => {
    const { version, files }: Hashes = JSON.parse(await readFile(new URL('integrity.json', dist), 'utf8'))
    const name = `anketa-${version}.js`
    const html = `<script async src="${relay}/${name}" integrity="${files[name]}" crossorigin="anonymous"></script>`
    return { html, version }
  }

  it('loads the files of its version, with their hashes', async () => {
    const { html, version } = await pinned()
    const { page, requests, consoleMessages } = await visit(`${element()}${html}`)
    await page.locator(main).waitFor()
    await expect.poll(() => requests.some((url) => chunkPattern('place-list').test(url))).toBe(true)
    const files = requests.filter((url) => /\/(form|place-list-[^/]*)\.js$/.test(url))
    expect(files.length).toBeGreaterThan(1)
    expect(files.every((url) => url.startsWith(`${relay}/v/${version}/`))).toBe(true)
    const links = page.locator('link[rel=modulepreload]')
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('integrity') ?? ''))).toEqual(
      [expect.stringMatching(/^sha384-/), expect.stringMatching(/^sha384-/)],
    )
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it.each([
    ['form.js', (page: Page) => page.getByText('Позвоните нам').waitFor()],
    ['place-list-*.js', (page: Page) => page.locator(main).waitFor()],
  ] as const)('runs no %s with another hash', async (file, settle) => {
    const { html } = await pinned()
    const { page, consoleMessages } = await visit('')
    await page.route(`${relay}/v/*/${file}`, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: `window.stolen = true;${await response.text()}` })
    })
    await page.setContent(`${element()}${html}`)
    await expect.poll(() => consoleMessages.join('\n')).toContain('integrity')
    await settle(page)
    expect(await page.evaluate('window.stolen')).toBeUndefined()
    await page.close()
  })
})
