import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { acceptAndSubmit, type FormPage, openForm } from '../support/pages/form-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

describe('a form for Lotinfo', () => {
  it('arrives as a client, and axe finds no violations', async () => {
    const form = await openForm(await environment.browser.newPage(), `${environment.demo().url}/lotinfo`)
    await fill(form, 'loan', { amount: 30_000, termDays: 30 })
    await next(form, 'loan')
    await fill(form, 'person', { lastName: 'Вымыслова', firstName: 'Ынна', middleName: 'Ёлковна' })
    await fill(form, 'person', { birthDate: '17.05.1990' })
    await next(form, 'person')
    await fill(form, 'contact', { phone: '9000000042', homePhone: '8 495 000 00 01' })
    await fill(form, 'contact', { email: 'ynna@example.ru', comment: 'Звоните вечером' })
    await next(form, 'contact')
    await fill(form, 'passport', {
      passport: '0311000050',
      passportIssuedDate: '01.06.2011',
      passportIssuedCode: '770001',
      passportIssuedBy: 'ОВД города Вымышленска',
      birthPlace: 'гор. Вымышленск',
      snils: '11223344595',
    })
    await next(form, 'passport')
    await fill(form, 'address', {
      registrationRegion: 'Примерская обл',
      registrationCity: 'Примерск',
      registrationStreet: 'ул Вымышленная',
      registrationHouse: '12к2',
    })
    await form.control('residenceSame').check()
    await next(form, 'address')
    await acceptAndSubmit(form)
    await form.status('accepted')

    const [request] = await received('lotinfo')
    expect(request).toMatchObject({ method: 'PUT', path: '/v1/CLIENTS', status: 200 })
    const address = 'Примерская обл, Примерск, ул Вымышленная, д. 12к2'
    expect(request?.body).toEqual({
      data: [
        {
          userId: 1,
          apiIdExchange: expect.any(Number),
          fioF: 'Вымыслова',
          fioI: 'Ынна',
          fioO: 'Ёлковна',
          sex: 'female',
          birthday: '17.05.1990',
          clientc: 3,
          address,
          contacts: [
            { type: 'mobile', value: '79000000042' },
            { type: 'city', value: '84950000001', comment: 'Домашний' },
            { type: 'email', value: 'ynna@example.ru' },
          ],
          comments: [
            {
              value: expect.stringMatching(
                /^Сумма: 30 000 ₽\nСрок, дней: 30\nКомментарий: Звоните вечером\nСОПД v2026-09-01 [\d.]{10} [\d:]{5} мск\nСогласие на передачу v2026-09-01 [\d.]{10} [\d:]{5} мск$/,
              ),
            },
          ],
          passport: {
            serial: '0311',
            number: '000050',
            sended: 'ОВД города Вымышленска',
            dateSended: '01.06.2011',
            codePod: '770-001',
            placeBirth: 'гор. Вымышленск',
            propiska: address,
            placeHome: address,
            snils: '112-233-445 95',
          },
        },
      ],
    })
  })
})

describe('a callback form for 5CRM', () => {
  it('arrives as a form, and a refused phone is shown at its field', async () => {
    await change('fivecrm', { mode: 'field-error', times: 1 })
    const page = await environment.browser.newPage()
    const form = await openForm(page, `${environment.demo().url}/callback?utm_source=vk`)
    await fill(form, 'contact', { firstName: 'Ынна', phone: '9000000043' })
    await expectAccessible(page, '1280-callback')
    await form.consent('processing').check()
    await form.action('submit').click()
    await form.field('phone').getByText('Некорректный номер телефона.').waitFor()
    await expectAccessible(page, '1280-callback-refused')

    await fill(form, 'contact', { phone: '9000000044' })
    await form.action('submit').click()
    await form.status('accepted')
    const [, request] = await received('fivecrm')
    expect(request).toMatchObject({ method: 'POST', path: '/ctm/form/send', status: 200 })
    expect(request?.body).toEqual({
      public_token: '••••••',
      url: `${environment.demo().url}/callback`,
      phone: '+79000000044',
      name: 'Ынна',
      utm_source: 'vk',
      description: expect.stringMatching(/^СОПД v2026-09-01 [\d.]{10} [\d:]{5} мск$/),
    })
  })
})

interface Received {
  readonly method: string
  readonly path: string
  readonly status: number | null
  readonly body: unknown
}

async function received(provider: string): Promise<readonly Received[]> {
  const response = await fetch(`${environment.demo().url}/sandbox/${provider}/received`)
  const list: readonly Received[] = await response.json()
  return list
}

async function change(provider: string, switches: object): Promise<void> {
  const response = await fetch(`${environment.demo().url}/sandbox/${provider}/switches`, {
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
  await expectAccessible(form.page, `1280-lotinfo-${step}`)
  await form.action('next').click()
}
