import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { calculatorDefinition } from '../../demo/calculator.ts'
import type { FormDefinition } from '../../src/form/definition.ts'

/** The calculator of the demonstration, with documents. */
export const calculatorForm: FormDefinition = {
  ...calculatorDefinition,
  operator: { name: 'ООО «Пример»', address: 'Тюмень, ул. Примерная, 1', withdrawalContact: 'pd@example.ru' },
  policyUrl: 'https://example.ru/policy',
  consents: [
    { id: 'processing', required: true, documentUrl: 'https://example.ru/1.html', version: '1' },
    { id: 'advertising', required: false, documentUrl: 'https://example.ru/2.html', version: '1' },
  ],
}

/** How a page shows its form. */
export interface LooksPageOptions {
  readonly look: string
  readonly theme?: 'light' | 'dark'
  readonly width: number
  readonly definition?: FormDefinition
  /** Further attributes of the form's element. */
  readonly attributes?: string
  /** Styles of the page. */
  readonly css?: string
  /** HTML after the form's element. */
  readonly after?: string
  /** The file beside the script that fails to load, by the beginning of its name. */
  readonly missing?: string
  /** Called before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<void>
}

const origin = 'http://anketa.example'

/** The answers of a relay to a lead. */
const answer = { id: '01990000-0000-7000-8000-000000000001', outcome: 'accepted', number: 'A-7K3F' }

/** Opens a page with a form that comes from the built files and a relay that is not there. */
export async function openLooksPage(browser: Browser, options: LooksPageOptions): Promise<Page> {
  const {
    look,
    theme = 'light',
    width,
    definition = calculatorForm,
    attributes = '',
    css = '',
    after = '',
  } = options
  const page = await browser.newPage({ viewport: { width, height: 740 } })
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname === '/forms/main') return route.fulfill({ json: definition })
    if (pathname === '/forms/main/leads') return route.fulfill({ json: answer })
    if (pathname.startsWith('/forms/')) return route.fulfill({ json: { cities: [], regions: [] } })
    if (pathname === '/') {
      const body = `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Заём</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>body { margin: 0; padding: 16px; background: ${theme === 'dark' ? '#0c110f' : '#eef1f0'} }
        h1 { position: absolute; clip-path: inset(50%) } ${css}</style>
        <main><h1>Заём</h1><div data-anketa data-relay="/forms/main" data-look="${look}" data-theme="${theme}" ${attributes}></div>${after}</main>
        <script async src="/anketa.js"></script>`
      return route.fulfill({ contentType: 'text/html', body })
    }
    const name = pathname.slice(1)
    if (options.missing !== undefined && name.startsWith(options.missing)) return route.abort()
    const body = await readFile(join(import.meta.dirname, '../../dist', name), 'utf8').catch(() => undefined)
    return body === undefined
      ? route.fulfill({ status: 404, body: '' })
      : route.fulfill({ contentType: 'text/javascript', body })
  })
  await options.prepare?.(page)
  await page.goto(`${origin}/`)
  await page.locator('[data-step]').waitFor()
  return page
}
