import { type FormPage, openForm } from './form-page.ts'
import { createPostedLead } from '../posted-lead.ts'
import type { SandboxProcess } from '../sandbox-process.ts'
import type { TestEnvironment } from '../test-environment.ts'

/** Opens the landing page and goes to the step with the place. All other fields are filled in. */
export async function openPlaceStep(environment: TestEnvironment): Promise<FormPage> {
  const { url } = environment.demo()
  const form = await openForm(await environment.browser.newPage(), url)
  const { region: _region, city: _city, cityKladr: _code, ...values } = createPostedLead(url).values
  await form.page.evaluate(
    `Anketa.mount(document.querySelector('[data-anketa]'), {}).setValues(${JSON.stringify(values)})`,
  )
  for (const [current, next] of [
    ['loan', 'person'],
    ['person', 'passport'],
  ] as const) {
    await form.step(current)
    await form.action('next').click()
    await form.step(next)
  }
  await form.root.locator('[data-field=city] input[role=combobox]').waitFor()
  return form
}

/** Sends the application, waits until it is accepted, and leaves the page. */
export async function submitFromPlaceStep(form: FormPage): Promise<void> {
  await form.action('next').click()
  await form.step('consents')
  await form.consent('processing').check()
  await form.consent('transfer').check()
  await form.action('submit').click()
  await form.status('accepted')
  await form.page.close()
}

/** The place in the last lead that Devtek received: a code, ids of its lists, or names. */
export async function receivedPlace(sandbox: SandboxProcess): Promise<Readonly<Record<string, unknown>>> {
  const last = (await sandbox.received()).at(-1)
  const { data }: { readonly data: { readonly main: object } } = JSON.parse(last?.rawBody ?? '')
  return Object.fromEntries(Object.entries(data.main).filter(([name]) => /^kladr$|region|city/.test(name)))
}
