import type { Page } from 'playwright'

/** Replaces the steps of a form of the relay, in its definition and in its script. */
export async function routeSteps(page: Page, form: string, steps: readonly object[]): Promise<void> {
  const change = (definition: object): object => ({ ...definition, steps, texts: undefined })
  await page.route(`**/forms/${form}`, async (route) => {
    await route.fulfill({ json: change(await (await route.fetch()).json()) })
  })
  await page.route(`**/forms/${form}/form.js`, async (route) => {
    const response = await route.fetch()
    const [script = '', definition = ''] = (await response.text()).split(';import.meta.form=')
    const body = `${script};import.meta.form=${JSON.stringify(change(JSON.parse(definition)))}`
    await route.fulfill({ response, body })
  })
}
