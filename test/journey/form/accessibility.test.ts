import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { type FormPage, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { openHostPage } from '../support/pages/host-page.ts'
import { routeSteps } from '../support/pages/route-steps.ts'
import { createVariantCounts } from '../support/pages/variants.ts'
import { visitFullForm } from '../support/pages/visit-full-form.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const random = createRandomChoices()
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

describe.each([
  ['in a shadow root', ''],
  ['in the page itself', 'data-shadow="false"'],
])('%s, axe finds no violations', (mode, attributes) => {
  it('in any state of the form with every field, however it is seen', async () => {
    const form = await openHostPage(environment, {
      formId: 'full',
      attributes: `data-theme="auto" ${attributes}`,
      head: `<style>@media (prefers-color-scheme: dark) { body { background: #0c110f; color: #fff } }</style>`,
      viewport: { width: 1280, height: 800 },
      listsPlaces: true,
    })
    const counts = createVariantCounts()
    await visitFullForm(form, createPerson(random), (state) => counts.check(form, state)).finally(() =>
      process.stdout.write(`${mode}\n${counts.table()}\n`),
    )
    await form.page.close()
  })
})

describe.each([360, 1280])('at %i px wide, axe finds no violations', (width) => {
  const open = async (): Promise<FormPage> => {
    const page = await environment.browser.newPage({ viewport: { width, height: 800 } })
    return openForm(page, environment.demo().url)
  }

  it.each(['accepted', 'duplicate', 'declined', 'queued'])('on the result screen “%s”', async (outcome) => {
    const form = await open()
    await form.page.route('**/leads', (route) => route.fulfill({ json: { id: 'any', outcome } }))
    await submit(form)
    await form.status(outcome)
    expect(await form.root.getAttribute('data-step')).toBe('result')
    await expectAccessible(form.page, `${width}-${outcome}`)
    await form.page.close()
  })

  it('on fields of no preset', async () => {
    const page = await environment.browser.newPage({ viewport: { width, height: 800 } })
    const names =
      'lastName firstName middleName gender maritalStatus snils inn birthPlace emailSecond homePhone comment ' +
      'passportExpirationDate registration residence jobStartDate jobAddress guarantorName guarantorPhone'
    const fields = names.split(' ').map((name) => ({ name }))
    await routeSteps(page, 'main', [{ id: 'rare', title: 'Редкие поля', fields }])
    const form = await openForm(page, environment.demo().url)
    await expectAccessible(page, `${width}-rare`)
    await form.action('submit').click()
    await form.root.locator('[part=error]').first().waitFor()
    await form.control('lastName').fill('Bdfyjd')
    await form.control('residenceSame').check()
    await form.root.locator('[part=suggestion]').waitFor()
    await expectAccessible(page, `${width}-rare-errors`)
    await page.close()
  })

  it('after a failure, and with a message of the provider that belongs to no field', async () => {
    const form = await open()
    await form.page.route('**/leads', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'not-stored' } } }),
    )
    await submit(form)
    await form.status('failed')
    await expectAccessible(form.page, `${width}-failed`)

    await form.page.unroute('**/leads')
    const issues = [{ field: '', message: 'Попробуйте позже' }]
    await form.page.route('**/leads', (route) =>
      route.fulfill({ status: 422, json: { id: 'any', outcome: 'invalid', issues } }),
    )
    await form.action('retry').click()
    await form.root.getByText('Попробуйте позже').waitFor()
    await expectAccessible(form.page, `${width}-provider-message`)
    await form.page.close()
  })
})

async function submit(form: FormPage): Promise<void> {
  await typeAnswers(form, createPerson(random), 'at once')
  await form.consent('processing').check()
  await form.consent('transfer').check()
  await form.action('submit').click()
}
