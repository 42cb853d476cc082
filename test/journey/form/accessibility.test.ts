import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { type FormPage, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { routeSteps } from '../support/pages/route-steps.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const random = createRandomChoices()
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

describe.each([360, 1280])('at %i px wide, axe finds no violations', (width) => {
  const open = async (): Promise<FormPage> => {
    const page = await environment.browser.newPage({ viewport: { width, height: 800 } })
    return openForm(page, environment.demo().url)
  }

  it('on any step, empty, with errors and filled in', async () => {
    const form = await open()
    const person = createPerson(random)
    for (const id of ['loan', 'person', 'passport']) {
      await form.step(id)
      await expectAccessible(form.page, `${width}-${id}`)
      await form.action('next').click()
      await form.root.locator('[part=error]').first().waitFor()
      await expectAccessible(form.page, `${width}-${id}-errors`)
      if (id === 'loan') {
        await form.control('amount').fill('30000')
        await form.control('termDays').fill('30')
      }
      if (id === 'person') {
        await form.control('lastName').fill(person.lastName)
        await form.control('firstName').fill(person.firstName)
        await form.control('noMiddleName').check()
        await form.control('birthDate').fill(person.birthday)
        await form.control('phone').fill(`+790000000${person.phoneEnd}`)
      }
      if (id === 'passport') {
        await form.control('passport').fill(person.passportSeries + person.passportNumber)
        await form.control('passportIssuedDate').fill(person.passportIssuedDate)
        await form.control('passportIssuedCode').fill(person.passportIssuedCode)
        await form.control('passportIssuedBy').fill(person.passportIssuedBy)
        await form.control('city').fill('Примерск')
      }
      await expectAccessible(form.page, `${width}-${id}-filled`)
      // Closes a list that may cover the button.
      await form.page.keyboard.press('Tab')
      await form.action('next').click()
    }
    await form.step('consents')
    await expectAccessible(form.page, `${width}-consents`)
    await form.action('submit').click()
    await form.root.locator('[part=error]').first().waitFor()
    await expectAccessible(form.page, `${width}-consents-errors`)
    await form.page.close()
  })

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
