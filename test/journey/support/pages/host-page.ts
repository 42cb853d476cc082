import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions } from 'playwright'
import { chunkPattern } from './chunk.ts'
import { type FormPage, openForm } from './form-page.ts'
import { routeSteps } from './route-steps.ts'
import { monitorPage } from './monitor-page.ts'
import type { TestEnvironment } from '../test-environment.ts'

/** A customer's page with a form on it. */
export interface HostPage extends FormPage {
  /** The console messages and uncaught exceptions. */
  readonly consoleMessages: readonly string[]
}

/** The content of the page. */
export interface HostPageOptions extends Pick<BrowserContextOptions, 'viewport' | 'colorScheme'> {
  /** Attributes of the form's element. */
  readonly attributes?: string
  readonly head?: string
  /** The form of the relay: `main` unless given. */
  readonly formId?: string
  /** Whether the page has a list of places. */
  readonly listsPlaces?: boolean
  /** HTML before the form's element. */
  readonly before?: string
  /** Steps that replace those of the relay's definition. */
  readonly steps?: readonly object[]
  /** A chunk of the script that fails to load. */
  readonly missing?: string
  /** Local files that the page can load, by path. */
  readonly files?: Readonly<Record<string, string>>
}

/** A list of places, two of which have the same name. */
const samplePlaceList = JSON.stringify({
  cities: [
    { name: 'Москва', kladr: '7700000000000', population: 13_000_000 },
    { name: 'Киров', region: 'Калужская область', kladr: '4000000200000' },
    { name: 'Киров', region: 'Кировская область', kladr: '4300000100000', population: 468_000 },
    { name: 'Тюмень', region: 'Тюменская область', kladr: '7200000100000', population: 861_000 },
  ],
})

/** Opens a page at the demo's origin. */
export async function openHostPage(
  environment: TestEnvironment,
  options: HostPageOptions = {},
): Promise<HostPage> {
  const {
    attributes = '',
    formId = 'main',
    head = '',
    before = '',
    steps,
    missing,
    listsPlaces = false,
    files = {},
    ...context
  } = options
  const page = await environment.browser.newPage(context)
  const { consoleMessages } = monitorPage(page)
  const { url } = environment.demo()
  for (const [path, file] of Object.entries(files)) {
    const body = await readFile(file, 'utf8')
    const contentType = path.endsWith('.css') ? 'text/css' : 'application/json'
    await page.route(url + path, (route) => route.fulfill({ contentType, body }))
  }
  if (missing !== undefined) await page.route(chunkPattern(missing), (route) => route.abort())
  if (steps) await routeSteps(page, formId, steps)
  await page.route(`${url}/guest`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Страница</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>body { margin: 0; padding: 16px }</style>${head}
        <main><h1>Заём</h1>${before}<div id="form" data-anketa data-relay="/forms/${formId}" ${listsPlaces ? `data-places='${samplePlaceList}'` : ''} ${attributes}></div></main>
        <script async src="/anketa.js"></script>`,
    }),
  )
  return { ...(await openForm(page, `${url}/guest`)), consoleMessages }
}
