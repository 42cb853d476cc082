import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { presets } from '../../../src/form/presets/presets.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import { type FormPage, openForm } from '../support/pages/form-page.ts'
import { renderContainer, type CustomPage, createCustomPage } from '../support/pages/custom-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

beforeEach(() => environment.sandbox.clear())

/** Fills a form with sample values and goes to its last step. */
async function fillWithSample({ page, url }: CustomPage, ids: readonly string[]): Promise<FormPage> {
  const form = await openForm(page, url)
  await page.getByText('Заполнить примером').click()
  for (const id of ids) {
    await form.step(id)
    await form.action('next').click()
  }
  return form
}

const steps = ['loan', 'person', 'passport']

/** The console messages, except those about missing files. */
function relevantMessages({ consoleMessages }: CustomPage): readonly string[] {
  return consoleMessages.filter((line) => !line.includes('404'))
}

/** Collects the requests of a page other than GET, by method and address. */
function collectRequests({ page }: CustomPage): readonly string[] {
  const sentRequests: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') sentRequests.push(`${request.method()} ${request.url()}`)
  })
  return sentRequests
}

describe.each([360, 1280])('test mode, at %i px', (width) => {
  it('with a relay shows the request and sends nothing', async () => {
    const custom = await createCustomPage(
      environment,
      renderContainer({ relay: '/forms/main', test: '' }),
      policy,
      width,
    )
    const sentRequests = collectRequests(custom)
    const form = await fillWithSample(custom, steps)
    await expectAccessible(form.page, `${width}-test-mode`)
    await form.consent('processing').check()
    await form.consent('transfer').check()
    await form.action('submit').click()
    await form.status('accepted')

    const requestText = await form.page.locator('[data-test-mode=requests] pre').innerText()
    expect(requestText).toContain(`POST ${environment.demo().url}/forms/main/leads`)
    const lead: unknown = JSON.parse(requestText.slice(requestText.indexOf('{')))
    expect(lead).toMatchObject({
      key: '***',
      values: { phone: '+79000000001', passportSeries: '4511', city: 'Москва' },
      consents: [{ id: 'processing' }, { id: 'transfer' }],
    })
    await expectAccessible(form.page, `${width}-test-mode-sent`)
    expect(sentRequests).toEqual([])
    expect(await environment.sandbox.received()).toEqual([])
    expect(relevantMessages(custom)).toEqual([])
    await form.page.close()
  })

  it('with a provider shows the request without credentials, and needs no operator or documents', async () => {
    const custom = await createCustomPage(
      environment,
      renderContainer({ form: 'microloan', provider: 'devtek', 'provider-id-webmaster': 123, test: true }),
      policy,
      width,
    )
    const sentRequests = collectRequests(custom)
    const form = await fillWithSample(custom, steps)
    await expectAccessible(form.page, `${width}-test-mode-direct`)
    await form.action('submit').click()
    await form.status('accepted')
    const requestText = await form.page.locator('[data-test-mode=requests] pre').innerText()
    expect(requestText).toContain('POST https://api.devtek.ru/new-lead/')
    expect(JSON.parse(requestText.slice(requestText.indexOf('{')))).toMatchObject({
      id_webmaster: 123,
      token: '***',
      data: { main: { phone: '+79000000001', kladr: '7700000000000' } },
    })
    expect(sentRequests).toEqual([])
    expect(relevantMessages(custom)).toEqual([])
    await form.page.close()
  })
})

it('shows every outcome that is chosen, including the code step', async () => {
  const custom = await createCustomPage(
    environment,
    renderContainer({ relay: '/forms/main', test: '' }),
    policy,
  )
  const form = await fillWithSample(custom, steps)
  await form.page.locator('[data-test-mode=mark] select').selectOption({ label: 'нет связи' })
  await form.consent('processing').check()
  await form.consent('transfer').check()
  await form.action('submit').click()
  await form.status('failed')
  await form.page.locator('[data-test-mode=mark] select').selectOption({ label: 'нужен код из СМС' })
  await form.action('retry').click()
  await form.step('verification')
  await form.control('code').fill('1234')
  await form.action('confirm').click()
  await form.status('accepted')
  const requestText = await form.page.locator('[data-test-mode=requests] pre').innerText()
  expect(requestText).toContain('/code')
  expect(JSON.parse(requestText.slice(requestText.indexOf('{')))).toEqual({ key: '***', code: '1234' })
  expect(relevantMessages(custom)).toEqual([])
  await form.page.close()
})

it('removes its label with the form', async () => {
  const custom = await createCustomPage(
    environment,
    renderContainer({ relay: '/forms/main', test: '', shadow: false }),
  )
  const form = await openForm(custom.page, custom.url)
  await custom.page.getByText('Тестовый режим').waitFor()
  await custom.page.evaluate(`Anketa.mount(document.querySelector('[data-anketa]'), {}).destroy()`)
  expect(await custom.page.locator('[data-anketa]').innerHTML()).toBe('')
  await form.page.close()
})

it('fills in every preset on a page without a relay', async () => {
  for (const [name, preset] of Object.entries(presets)) {
    const custom = await createCustomPage(
      environment,
      renderContainer({
        form: name,
        provider:
          name === 'callback' ? 'fivecrm' : ['microloan', 'phone-first'].includes(name) ? 'devtek' : name,
        'provider-id-webmaster': 123,
        test: '',
      }).replace(/ data-provider-id-webmaster="123"/, optionsFor(name)),
    )
    const form = await fillWithSample(
      custom,
      preset.steps.slice(0, -1).map(({ id }) => id),
    )
    await form.action('submit').click()
    await form.page.locator('[data-test-mode=requests] pre').waitFor()
    await form.page.close()
  }
})

function optionsFor(preset: string): string {
  switch (preset) {
    case 'admitad':
      return ' data-provider-website-id="1" data-provider-campaigns="[17809]" data-provider-client-id="any"'
    case 'lotinfo':
      return ' data-provider-user-id="1"'
    case 'callback':
      return ' data-provider-method="form" data-provider-public-token="any"'
    default:
      return ' data-provider-id-webmaster="123"'
  }
}
