import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FormPage, typeAnswers } from '../support/pages/form-page.ts'
import { type HostPage, openHostPage } from '../support/pages/host-page.ts'
import { createVariantCounts, themedPage } from '../support/pages/variants.ts'
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
  ['in a shadow root', 'shadow', ''],
  ['in the page itself', 'page', 'data-shadow="false"'],
])('%s, axe finds no violations, however the form is seen,', (mode, prefix, attributes) => {
  const counts = createVariantCounts()
  const open = (options = {}): Promise<HostPage> =>
    openHostPage(environment, { ...themedPage(attributes), ...options })
  const check = (form: FormPage, state: string): Promise<void> => counts.check(form, `${prefix}-${state}`)

  afterAll(() => {
    process.stdout.write(`${mode}\n${counts.table()}\n`)
  })

  it('in any state of the form with every field', async () => {
    const form = await open({ formId: 'full' })
    await visitFullForm(form, createPerson(random), (state) => check(form, state))
    await form.page.close()
  })

  it.each(['accepted', 'duplicate', 'declined', 'queued'])('on the result screen “%s”', async (outcome) => {
    const form = await open()
    await form.page.route('**/leads', (route) => route.fulfill({ json: { id: 'any', outcome } }))
    await submit(form)
    await form.status(outcome)
    expect(await form.root.getAttribute('data-step')).toBe('result')
    await check(form, outcome)
    await form.page.close()
  })

  it('on fields of no preset', async () => {
    const names =
      'lastName firstName middleName gender maritalStatus snils inn birthPlace emailSecond homePhone comment ' +
      'passportExpirationDate registration residence jobStartDate jobAddress guarantorName guarantorPhone'
    const fields = names.split(' ').map((name) => ({ name }))
    const form = await open({ steps: [{ id: 'rare', title: 'Редкие поля', fields }] })
    await check(form, 'rare')
    await form.action('submit').click()
    await form.root.locator('[part=error]').first().waitFor()
    await form.control('lastName').fill('Bdfyjd')
    await form.control('residenceSame').check()
    await form.root.locator('[part=suggestion]').waitFor()
    await check(form, 'rare-errors')
    await form.page.close()
  })

  it('after a failure, and with a message of the provider that belongs to no field', async () => {
    const form = await open()
    await form.page.route('**/leads', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'not-stored' } } }),
    )
    await submit(form)
    await form.status('failed')
    await check(form, 'failed')

    await form.page.unroute('**/leads')
    const issues = [{ field: '', message: 'Попробуйте позже' }]
    await form.page.route('**/leads', (route) =>
      route.fulfill({ status: 422, json: { id: 'any', outcome: 'invalid', issues } }),
    )
    await form.action('retry').click()
    await form.root.getByText('Попробуйте позже').waitFor()
    await check(form, 'provider-message')
    await form.page.close()
  })
})

async function submit(form: FormPage): Promise<void> {
  await typeAnswers(form, createPerson(random), 'at once')
  await form.consent('processing').check()
  await form.consent('transfer').check()
  await form.action('submit').click()
}
