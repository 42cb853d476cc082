import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { createBuilder } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { monitorPage } from '../support/pages/monitor-page.ts'
import manifest from '../../../package.json' with { type: 'json' }
import { landingScript } from '../../../vite.config.ts'
import { connectBrowser } from '../../support/connect-browser.ts'

const strict = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"
const strictest = `${strict}; require-trusted-types-for 'script'; trusted-types 'none'`
const site = 'https://landing.example.ru'
const partName = `anketa-${manifest.version}-places.js`
let folder: string
let browser: Browser
let script: string
let part: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anketa-parts-'))
  const support = 'test/journey/support/files/parts'
  const builder = await createBuilder({
    ...landingScript(`${support}/script.tsx`, { places: `${support}/part.tsx` }),
    configFile: false,
    logLevel: 'warn',
    build: { outDir: folder },
  })
  await builder.buildApp()
  script = await readFile(join(folder, 'anketa.js'), 'utf8')
  part = await readFile(join(folder, partName), 'utf8')
  browser = await connectBrowser()
})

afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

interface Visit {
  readonly page: Page
  /** The requested chunks, by path, with the number of the attempt. */
  readonly requests: readonly string[]
  /** The console messages and uncaught exceptions. */
  readonly consoleMessages: readonly string[]
}

/** Opens a page with a body. `files` are the files of its site by path; tests may change them later. */
async function visit(body: string, files: Record<string, string>, policy = strictest): Promise<Visit> {
  const page = await browser.newPage()
  const requests: string[] = []
  const { consoleMessages } = monitorPage(page)
  await page.route(`${site}/**`, (route) => {
    const { pathname, search } = new URL(route.request().url())
    if (pathname.endsWith(partName)) requests.push(pathname.replace(partName, 'part') + search)
    const content = files[pathname]
    if (pathname === '/')
      return route.fulfill({
        contentType: 'text/html',
        headers: { 'content-security-policy': policy },
        body: `<!doctype html><meta charset="utf-8"><title>Page</title><body>${body}`,
      })
    return content === undefined
      ? route.fulfill({ status: 404 })
      : route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: content })
  })
  await page.goto(site)
  return { page, requests, consoleMessages }
}

const load = (page: Page): Promise<void> => page.getByText('Загрузить').click()
const loaded = (page: Page): Promise<void> => page.locator('p[data-laid-out]').waitFor()

it('a chunk shares hooks and signals with the script, under the strictest policy', async () => {
  const files = { '/js/anketa.js': script, [`/js/${partName}`]: part }
  const { page, requests, consoleMessages } = await visit('<script src="/js/anketa.js"></script>', files)
  await page.locator('input').waitFor()
  expect(requests).toEqual([])
  await load(page)
  await loaded(page)

  await page.locator('input').fill('Омск')
  await page.getByText('Омск, 0').waitFor()
  await page.getByText('Считать').click()
  await page.getByText('Орёл, 1').waitFor()
  expect(await page.locator('input').inputValue()).toBe('Орёл')
  expect(requests).toEqual(['/js/part'])
  expect(consoleMessages).toEqual([])
  await page.close()
})

it('a chunk contains no copy of code of the script', () => {
  expect(part.length).toBeLessThan(1000)
})

it('a chunk is loaded from the folder of a script that another script inserts later', async () => {
  const insert = `addEventListener('load', () => {
    const script = document.createElement('script')
    script.src = '/js/anketa-0.9.9.js'
    document.body.append(script)
  })`
  const files = { '/insert.js': insert, '/js/anketa-0.9.9.js': script, [`/js/${partName}`]: part }
  // The strictest policy lets no script insert another one.
  const { page, requests } = await visit('<script src="/insert.js"></script>', files, strict)
  await load(page)
  await loaded(page)
  expect(requests).toEqual(['/js/part'])
  await page.close()
})

it('a chunk is found if an optimiser runs the script, which then does not know its own address', async () => {
  const { page, requests } = await visit(
    '<script type="text/delayed" src="/js/other.js"></script><script type="text/delayed" src="/js/anketa.js?v=1"></script>',
    { [`/js/${partName}`]: part },
  )
  await page.evaluate(script)
  await load(page)
  await loaded(page)
  expect(requests).toEqual(['/js/part'])
  await page.close()
})

it('a chunk is loaded from the relay if the folder of the script lacks it, or the script has no address', async () => {
  for (const body of ['<script src="/js/bundle.js"></script>', '']) {
    const { page, requests } = await visit(body, { '/js/bundle.js': script, [`/${partName}`]: part })
    if (body === '') await page.evaluate(script)
    await load(page)
    await loaded(page)
    expect(requests).toEqual(body === '' ? ['/part'] : ['/js/part', '/part'])
    await page.close()
  }
})

it('a chunk that does not load is reported with a reason, and is requested again on the next use', async () => {
  const files: Record<string, string> = { '/js/anketa.js': script }
  const { page, requests, consoleMessages } = await visit('<script src="/js/anketa.js"></script>', files)
  await load(page)
  await page.getByText(`Anketa: ${partName} could not be loaded`).waitFor()
  await page.locator('input').fill('Омск')
  expect(consoleMessages.filter((text) => !text.includes('404'))).toEqual([])

  files[`/js/${partName}`] = part
  await load(page)
  await loaded(page)
  await load(page)
  expect(requests).toEqual(['/js/part', '/part', '/js/part?1'])
  await page.close()
})
