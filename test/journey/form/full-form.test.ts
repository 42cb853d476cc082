import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { expectedFullDevtekBody, fullAnswers } from '../support/expected-devtek-body.ts'
import { acceptAndSubmit, type FormPage, openForm } from '../support/pages/form-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const random = createRandomChoices()
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

it('every parameter of Devtek arrives as documented, and axe finds no violations', async () => {
  const person = createPerson(random)
  const form = await openForm(await environment.browser.newPage(), `${environment.demo().url}/full`)
  await fill(form, 'loan', { amount: person.amount, termDays: person.termDays })
  await form.control('creditHistory').selectOption('2')
  await form.control('deposit').selectOption('3')
  await next(form, 'loan')
  await fill(form, 'person', {
    lastName: person.lastName,
    firstName: person.firstName,
    birthDate: person.birthday,
    phone: `+790000000${person.phoneEnd}`,
    email: person.email ?? '',
  })
  if (person.middleName === undefined) await form.control('noMiddleName').check()
  else await form.control('middleName').fill(person.middleName)
  await next(form, 'person')
  await fill(form, 'passport', {
    passport: person.passportSeries + person.passportNumber,
    passportIssuedDate: person.passportIssuedDate,
    passportIssuedCode: person.passportIssuedCode,
    passportIssuedBy: person.passportIssuedBy,
    city: person.city,
  })
  await next(form, 'passport')
  await expectErrorsAt(form, 'address')
  await fill(form, 'address', fullAnswers.address)
  await next(form, 'address')
  await expectErrorsAt(form, 'job')
  await form.control('employment').selectOption('4')
  await expectErrorsAt(form, 'job')
  await fill(form, 'job', fullAnswers.job)
  await next(form, 'job')
  await acceptAndSubmit(form)
  await form.status('accepted')

  const [request] = await environment.sandbox.received()
  const sopdDate = /"sopd_date":"([^"]+)"/.exec(request?.rawBody ?? '')?.[1] ?? 'none'
  expect(JSON.parse(request?.rawBody ?? '')).toEqual(
    expectedFullDevtekBody(person, environment.demo(), sopdDate),
  )
})

it('a person without work is not asked for the employer, and no employer is sent', async () => {
  const page = await environment.browser.newPage()
  const form = await openForm(page, `${environment.demo().url}/full`)
  await fill(form, 'loan', { amount: 30_000, termDays: 30 })
  await next(form, 'loan')
  await fill(form, 'person', {
    lastName: 'Цой',
    firstName: 'Анна',
    birthDate: '17.05.1990',
    phone: '9000000098',
  })
  await form.control('noMiddleName').check()
  await next(form, 'person')
  await fill(form, 'passport', {
    passport: '4511000050',
    passportIssuedDate: '01.06.2011',
    passportIssuedCode: '770001',
    passportIssuedBy: 'ГУ МВД России по г. Москве',
    city: 'Москва',
  })
  await next(form, 'passport')
  await fill(form, 'address', {
    registrationRegion: 'Москва',
    registrationCity: 'Москва',
    registrationStreet: 'Примерная',
    registrationHouse: '1',
  })
  await next(form, 'address')
  await form.control('employment').selectOption('1')
  await form.control('jobPlace').fill('ООО «Вымысел»')
  await form.control('employment').selectOption('6')
  expect(await form.field('jobPlace').count()).toBe(0)
  expect(await form.field('jobIncome').count()).toBe(0)
  await form.control('employment').selectOption('1')
  expect(await form.control('jobPlace').inputValue()).toBe('ООО «Вымысел»')
  await form.control('employment').selectOption('6')
  await next(form, 'job')
  await acceptAndSubmit(form)
  await form.status('accepted')
  const request = (await environment.sandbox.received()).at(-1)
  expect(JSON.parse(request?.rawBody ?? '').data.job).toEqual({ employment: 6 })
})

async function fill(
  form: FormPage,
  step: string,
  texts: Readonly<Record<string, string | number>>,
): Promise<void> {
  await form.step(step)
  for (const [name, text] of Object.entries(texts)) await form.control(name).fill(String(text))
  // The open list of places covers the button.
  await form.page.keyboard.press('Tab')
}

async function next(form: FormPage, step: string): Promise<void> {
  await expectAccessible(form.page, `1280-full-${step}`)
  await form.action('next').click()
}

async function expectErrorsAt(form: FormPage, step: string): Promise<void> {
  await form.step(step)
  await form.action('next').click()
  await form.root.locator('[part=error]').first().waitFor()
  await expectAccessible(form.page, `1280-full-${step}-errors`)
}
