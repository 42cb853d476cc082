import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { presets } from '../../../src/form/presets/presets.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import { type FormPage, openForm } from '../support/pages/form-page.ts'
import { renderContainer, type CustomPage, createCustomPage } from '../support/pages/custom-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
let stage: TestEnvironment

beforeAll(async () => {
  stage = await startTestEnvironment()
})

afterAll(() => stage.close())

beforeEach(() => stage.sandbox.clear())

/** Fills a form with the sample and goes to its last step. */
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

/** What a page said, files aside that are not there. */
function complaints({ consoleMessages }: CustomPage): readonly string[] {
  return consoleMessages.filter((line) => !line.includes('404'))
}

/** All that leaves a page: methods and addresses, those of its own files aside. */
function watch({ page }: CustomPage): readonly string[] {
  const left: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') left.push(`${request.method()} ${request.url()}`)
  })
  return left
}

describe.each([360, 1280])('test mode, at %i px', (width) => {
  it('with a relay shows what would be posted, and posts nothing', async () => {
    const own = await createCustomPage(
      stage,
      renderContainer({ relay: '/forms/main', test: '' }),
      policy,
      width,
    )
    const left = watch(own)
    const form = await fillWithSample(own, steps)
    await expectAccessible(form.page, `${width}-test-mode`)
    await form.consent('processing').check()
    await form.consent('transfer').check()
    await form.action('submit').click()
    await form.status('accepted')

    const shown = await form.page.locator('[data-test-mode=requests] pre').innerText()
    expect(shown).toContain(`POST ${stage.demo().url}/forms/main/leads`)
    const lead: unknown = JSON.parse(shown.slice(shown.indexOf('{')))
    expect(lead).toMatchObject({
      key: '***',
      values: { phone: '+79000000001', passportSeries: '4511', city: 'Москва' },
      consents: [{ id: 'processing' }, { id: 'transfer' }],
    })
    await expectAccessible(form.page, `${width}-test-mode-sent`)
    expect(left).toEqual([])
    expect(await stage.sandbox.received()).toEqual([])
    expect(complaints(own)).toEqual([])
    await form.page.close()
  })

  it('with a provider shows its request without a credential, and needs no operator and no documents', async () => {
    const own = await createCustomPage(
      stage,
      renderContainer({ form: 'microloan', provider: 'devtek', 'provider-id-webmaster': 123, test: true }),
      policy,
      width,
    )
    const left = watch(own)
    const form = await fillWithSample(own, steps)
    await expectAccessible(form.page, `${width}-test-mode-direct`)
    await form.action('submit').click()
    await form.status('accepted')
    const shown = await form.page.locator('[data-test-mode=requests] pre').innerText()
    expect(shown).toContain('POST https://api.devtek.ru/new-lead/')
    expect(JSON.parse(shown.slice(shown.indexOf('{')))).toMatchObject({
      id_webmaster: 123,
      token: '***',
      data: { main: { phone: '+79000000001', kladr: '7700000000000' } },
    })
    expect(left).toEqual([])
    expect(complaints(own)).toEqual([])
    await form.page.close()
  })
})

it('shows every end of a form that is chosen, the code from a message among them', async () => {
  const own = await createCustomPage(stage, renderContainer({ relay: '/forms/main', test: '' }), policy)
  const form = await fillWithSample(own, steps)
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
  const shown = await form.page.locator('[data-test-mode=requests] pre').innerText()
  expect(shown).toContain('/code')
  expect(JSON.parse(shown.slice(shown.indexOf('{')))).toEqual({ key: '***', code: '1234' })
  expect(complaints(own)).toEqual([])
  await form.page.close()
})

it('takes its marks away with the form', async () => {
  const own = await createCustomPage(
    stage,
    renderContainer({ relay: '/forms/main', test: '', shadow: false }),
  )
  const form = await openForm(own.page, own.url)
  await own.page.getByText('Тестовый режим').waitFor()
  await own.page.evaluate(`Anketa.mount(document.querySelector('[data-anketa]'), {}).destroy()`)
  expect(await own.page.locator('[data-anketa]').innerHTML()).toBe('')
  await form.page.close()
})

it('fills in every preset of a page without a relay', async () => {
  for (const [name, preset] of Object.entries(presets)) {
    const own = await createCustomPage(
      stage,
      renderContainer({
        form: name,
        provider: name === 'callback' ? 'fivecrm' : name === 'microloan' ? 'devtek' : name,
        'provider-id-webmaster': 123,
        test: '',
      }).replace(/ data-provider-id-webmaster="123"/, optionsFor(name)),
    )
    const form = await fillWithSample(
      own,
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
