import type { Page } from 'playwright'
import { sampleValues } from '../../../../src/form/sample-values.ts'
import { type FormPage, openForm } from './form-page.ts'
import { monitorPage } from './monitor-page.ts'
import type { TestEnvironment } from '../test-environment.ts'

/** A page at the demo's origin, with its console messages and uncaught exceptions. */
export interface CustomPage {
  readonly page: Page
  readonly url: string
  readonly consoleMessages: readonly string[]
}

/** Prepares a page with a body and the script. `policy` is its content security policy. */
export async function createCustomPage(
  environment: TestEnvironment,
  body: string,
  policy?: string,
  width = 1280,
): Promise<CustomPage> {
  const page = await environment.browser.newPage({
    viewport: { width, height: 800 },
    // Chromium takes an intercepted page for one from another machine, and would ask before it accesses this one.
    permissions: ['local-network-access'],
  })
  const url = `${environment.demo().url}/custom-page`
  const { consoleMessages } = monitorPage(page)
  await page.route(url, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: policy === undefined ? {} : { 'content-security-policy': policy },
      body: `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Заявка</title><main><h1>Заявка</h1>${body}</main><script async src="/anketa.js"></script>`,
    }),
  )
  return { page, url, consoleMessages }
}

/** A form's element with options as attributes. Values other than texts are written as JSON. */
export function renderContainer(options: Readonly<Record<string, unknown>>): string {
  const attributes = Object.entries(options).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return `data-${name}="${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
  })
  return `<div data-anketa ${attributes.join(' ')}></div>`
}

/** Opens a form of a preset and fills it with sample values, up to the consents. */
export async function openFilledForm(
  { page, url }: CustomPage,
  preset: Parameters<typeof sampleValues>[0],
): Promise<FormPage> {
  const form = await openForm(page, url)
  const values = JSON.stringify(sampleValues(preset))
  await page.evaluate(`Anketa.mount(document.querySelector('[data-anketa]'), {}).setValues(${values})`)
  for (const { id } of preset.steps.slice(0, -1)) {
    await form.step(id)
    await form.action('next').click()
  }
  await form.step(preset.steps.at(-1)?.id ?? '')
  return form
}
