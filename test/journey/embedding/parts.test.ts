import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { createBuilder } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
  /** Addresses of parts that were asked for, with an attempt's number. */
  readonly asked: readonly string[]
  /** What went wrong on the page, and what its policy stopped. */
  readonly said: readonly string[]
}

/** Opens a page with this body; `files` are those of its site, by path, and may change meanwhile. */
async function visit(body: string, files: Record<string, string>, policy = strictest): Promise<Visit> {
  const page = await browser.newPage()
  const asked: string[] = []
  const said: string[] = []
  page.on('pageerror', (error) => said.push(error.message))
  page.on('console', (message) => said.push(message.text()))
  await page.route(`${site}/**`, (route) => {
    const { pathname, search } = new URL(route.request().url())
    if (pathname.endsWith(partName)) asked.push(pathname.replace(partName, 'part') + search)
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
  return { page, asked, said }
}

const load = (page: Page): Promise<void> => page.getByText('Загрузить').click()
const loaded = (page: Page): Promise<void> => page.locator('p[data-laid-out]').waitFor()

it('a part shares hooks and signals with the script, under the strictest policy', async () => {
  const files = { '/js/anketa.js': script, [`/js/${partName}`]: part }
  const { page, asked, said } = await visit('<script src="/js/anketa.js"></script>', files)
  await page.locator('input').waitFor()
  expect(asked).toEqual([])
  await load(page)
  await loaded(page)

  await page.locator('input').fill('Омск')
  await page.getByText('Омск, 0').waitFor()
  await page.getByText('Считать').click()
  await page.getByText('Орёл, 1').waitFor()
  expect(await page.locator('input').inputValue()).toBe('Орёл')
  expect(asked).toEqual(['/js/part'])
  expect(said).toEqual([])
  await page.close()
})

it('a part holds no copy of what the script has', () => {
  expect(part.length).toBeLessThan(1000)
})

it('a part comes from beside a script that another one puts in, late', async () => {
  const insert = `addEventListener('load', () => {
    const script = document.createElement('script')
    script.src = '/js/anketa-0.9.9.js'
    document.body.append(script)
  })`
  const files = { '/insert.js': insert, '/js/anketa-0.9.9.js': script, [`/js/${partName}`]: part }
  // The strictest policy lets no script put another one in.
  const { page, asked } = await visit('<script src="/insert.js"></script>', files, strict)
  await load(page)
  await loaded(page)
  expect(asked).toEqual(['/js/part'])
  await page.close()
})

it('a part is found where an optimiser runs the script, which then cannot tell its own address', async () => {
  const { page, asked } = await visit(
    '<script type="text/delayed" src="/js/other.js"></script><script type="text/delayed" src="/js/anketa.js?v=1"></script>',
    { [`/js/${partName}`]: part },
  )
  await page.evaluate(script)
  await load(page)
  await loaded(page)
  expect(asked).toEqual(['/js/part'])
  await page.close()
})

it('a part comes from the relay where the script stands alone, or has no address at all', async () => {
  for (const body of ['<script src="/js/bundle.js"></script>', '']) {
    const { page, asked } = await visit(body, { '/js/bundle.js': script, [`/${partName}`]: part })
    if (body === '') await page.evaluate(script)
    await load(page)
    await loaded(page)
    expect(asked).toEqual(body === '' ? ['/part'] : ['/js/part', '/part'])
    await page.close()
  }
})

it('a part that does not load is told of with a reason, and comes when asked for again', async () => {
  const files: Record<string, string> = { '/js/anketa.js': script }
  const { page, asked, said } = await visit('<script src="/js/anketa.js"></script>', files)
  await load(page)
  await page.getByText(`Anketa: ${partName} could not be loaded`).waitFor()
  await page.locator('input').fill('Омск')
  expect(said.filter((text) => !text.includes('404'))).toEqual([])

  files[`/js/${partName}`] = part
  await load(page)
  await loaded(page)
  await load(page)
  expect(asked).toEqual(['/js/part', '/part', '/js/part?1'])
  await page.close()
})
