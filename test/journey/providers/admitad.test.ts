import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { acceptAndSubmit, type FormPage, openForm } from '../support/pages/form-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

it('an application reaches several campaigns of Admitad, one of which refuses, and axe finds no violations', async () => {
  const form = await openForm(await environment.browser.newPage(), `${environment.demo().url}/admitad`)
  await fill(form, 'loan', { amount: 30_000, termDays: 30 })
  await next(form, 'loan')
  await fill(form, 'person', { lastName: 'Вымыслова', firstName: 'Ынна', middleName: 'Ёлковна' })
  await fill(form, 'person', { birthDate: '17.05.1990', phone: '9000000042', email: 'ynna@example.ru' })
  await next(form, 'person')
  await fill(form, 'passport', {
    passport: '0311000050',
    passportIssuedDate: '01.06.2011',
    passportIssuedBy: `Отделением УФМС России по Вымышленской области в городе Вымышленске ${'и прочих '.repeat(6)}`,
    birthPlace: 'гор. Вымышленск',
  })
  await next(form, 'passport')
  await fill(form, 'address', {
    registrationRegion: 'Примерская обл',
    registrationCity: 'Примерск',
    registrationStreet: 'ул Вымышленная',
    registrationHouse: '12к2',
    registrationApartment: '7А',
  })
  await form.control('residenceSame').check()
  await next(form, 'address')
  await form.step('job')
  await form.control('employment').selectOption('1')
  await fill(form, 'job', { jobPlace: 'ООО «Вымысел»', jobPosition: 'Сказочница', jobIncome: '45 000' })
  await form.control('creditHistory').selectOption('2')
  await next(form, 'job')
  await acceptAndSubmit(form)
  await form.status('accepted')

  // Earlier requests are those for the campaigns' settings.
  const request = (await received()).find(({ method }) => method === 'POST')
  expect(request).toMatchObject({
    method: 'POST',
    path: '/website/7/broker/applications/create/',
    authorization: 'Bearer',
    status: 200,
    answer: { id: 1, errors: [{ campaign_id: 17810 }] },
  })
  expect(request?.body).toEqual({
    campaigns: '[{"ids":[17809],"pause":0},{"ids":[17288,16651],"pause":0},{"ids":[17810],"pause":80}]',
    user_notified: '1',
    first_name: 'Ынна',
    last_name: 'Вымыслова',
    middle_name: 'Ёлковна',
    birth_date: '17.05.1990',
    birth_place: 'гор. Вымышленск',
    gender: 'female',
    mobile_phone: '+79000000042',
    occupation: 'работа по трудовому договору',
    work_salary: '45000.00',
    work_organization: 'ООО «Вымысел»',
    work_occupation: 'Сказочница',
    email: 'ynna@example.ru',
    passport_cn: '0311000050',
    passport_date: '01.06.2011',
    passport_title:
      'отд. УФМС РФ по Вымышленской обл. в г. Вымышленске и прочих и прочих и прочих и прочих и прочих и',
    fact_region_name: 'Примерская обл',
    fact_city_name: 'Примерск',
    fact_street: 'ул Вымышленная',
    fact_house: '12к2',
    fact_flat: '7А',
    reg_region_name: 'Примерская обл',
    reg_city_name: 'Примерск',
    reg_street: 'ул Вымышленная',
    reg_house: '12к2',
    reg_flat: '7А',
    overdue_loans: 'без просрочек',
    credit_sum: '30000.00',
    credit_days: '30',
    personal_data_agent: 'ООО «Пример»',
    application_received_date_by_client: expect.stringMatching(/^\d\d\.\d\d\.\d{4}$/),
  })
})

it('a refused value is shown at its field', async () => {
  await change({ mode: 'field-error', times: 1, fieldError: { field: 'mobile_phone', message: 'занят' } })
  const form = await fillShort()
  await acceptAndSubmit(form)
  await form.field('phone').getByText('mobile_phone: занят').waitFor()
})

it('a bank that sends an SMS code waits for it', async () => {
  const form = await fillShort()
  await acceptAndSubmit(form)
  await form.status('verification')
  const last = (await received()).at(-1)
  expect(last).toMatchObject({
    path: '/website/7/broker/applications/sync_create/',
    body: { campaign_id: '66', user_notified: '1', mobile_phone: '+79000000043' },
    answer: { status: 'waiting_sms_verification' },
  })
})

async function fillShort(): Promise<FormPage> {
  const form = await openForm(await environment.browser.newPage(), `${environment.demo().url}/sms`)
  await fill(form, 'loan', { amount: 30_000, termDays: 30 })
  await form.action('next').click()
  await fill(form, 'person', { lastName: 'Вымыслова', firstName: 'Ынна', middleName: 'Ёлковна' })
  await fill(form, 'person', { birthDate: '17.05.1990', phone: '9000000043' })
  await form.action('next').click()
  await fill(form, 'passport', {
    passport: '0311000050',
    passportIssuedDate: '01.06.2011',
    passportIssuedCode: '770001',
    passportIssuedBy: 'ОВД города Вымышленска',
  })
  await form.control('city').fill('Москва')
  await form.page.keyboard.press('Tab')
  await form.action('next').click()
  await form.step('consents')
  return form
}

interface Received {
  readonly method: string
  readonly path: string
  readonly status: number | null
  readonly body: unknown
}

async function received(): Promise<readonly Received[]> {
  const response = await fetch(`${environment.demo().url}/sandbox/admitad/received`)
  const list: readonly Received[] = await response.json()
  return list
}

async function change(switches: object): Promise<void> {
  const response = await fetch(`${environment.demo().url}/sandbox/admitad/switches`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(switches),
  })
  expect(response.ok).toBe(true)
}

async function fill(
  form: FormPage,
  step: string,
  texts: Readonly<Record<string, string | number>>,
): Promise<void> {
  await form.step(step)
  for (const [name, text] of Object.entries(texts)) await form.control(name).fill(String(text))
}

async function next(form: FormPage, step: string): Promise<void> {
  await expectAccessible(form.page, `1280-admitad-${step}`)
  await form.action('next').click()
}
