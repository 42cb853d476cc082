import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAdmitadSandbox } from '../../../demo/sandbox/admitad/sandbox.ts'
import { createDevtekSandbox } from '../../../demo/sandbox/devtek/sandbox.ts'
import { createFiveCrmSandbox } from '../../../demo/sandbox/fivecrm/sandbox.ts'
import { createLotinfoSandbox } from '../../../demo/sandbox/lotinfo/sandbox.ts'
import { presets } from '../../../src/form/presets/presets.ts'
import { expectedDevtekBody } from '../support/expected-devtek-body.ts'
import { acceptAndSubmit, type FormPage, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { serveSandbox } from '../support/serve-sandbox.ts'
import { renderContainer, openFilledForm, createCustomPage } from '../support/pages/custom-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const random = createRandomChoices()
const now = () => new Date()
const token = 'sandbox-token-sandbox-token-0000'
const devtek = createDevtekSandbox({ idWebmaster: 123, token, now })
const lotinfo = createLotinfoSandbox({ token: 'lotinfo-token', now })
const fivecrm = createFiveCrmSandbox({ publicToken: 'public', secretToken: 'secret', now })
const admitad = createAdmitadSandbox({
  clientId: 'client',
  clientSecret: 'client-secret',
  accessToken: 'access-token',
  websiteId: 1,
  now,
})
let environment: TestEnvironment
let urls: Readonly<Record<'devtek' | 'lotinfo' | 'fivecrm' | 'admitad', string>>
const closing: (() => void)[] = []

beforeAll(async () => {
  environment = await startTestEnvironment()
  const [first, second, third, fourth] = await Promise.all(
    [devtek, lotinfo, fivecrm, admitad].map(({ app }) => serveSandbox(app)),
  )
  if (!first || !second || !third || !fourth) throw new TypeError('four sandboxes expected')
  closing.push(first.close, second.close, third.close, fourth.close)
  urls = { devtek: first.url, lotinfo: second.url, fivecrm: third.url, admitad: fourth.url }
})

afterAll(async () => {
  for (const close of closing) close()
  await environment.close()
})

afterEach(() => {
  for (const sandbox of [devtek, lotinfo, fivecrm, admitad]) {
    sandbox.change({ mode: 'strict' })
    sandbox.clear()
  }
})

/** The options with the operator and the documents, which a page without a relay must have. */
function documents() {
  const { url } = environment.demo()
  return {
    operator: { name: 'ООО «Пример»' },
    'policy-url': `${url}/documents/policy.html`,
    consents: (['processing', 'transfer'] as const).map((id) => ({
      id,
      required: true,
      documentUrl: `${url}/documents/${id}-2026-09-01.html`,
      version: '2026-09-01',
    })),
  }
}

const devtekContainer = () =>
  renderContainer({
    form: 'microloan',
    ...documents(),
    provider: 'devtek',
    'provider-base-url': urls.devtek,
    'provider-id-webmaster': 123,
    'provider-token': token,
    'expose-credentials': true,
  })

async function openDevtek(): Promise<FormPage & { consoleMessages: readonly string[] }> {
  const custom = await createCustomPage(environment, devtekContainer())
  const form = await openForm(custom.page, custom.url)
  return { ...form, consoleMessages: custom.consoleMessages }
}

describe('a page without a relay', () => {
  it('sends a lead directly to Devtek as documented, and nothing elsewhere', async () => {
    const form = await openDevtek()
    const posts: string[] = []
    form.page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.url())
    })
    const person = createPerson(random)
    await typeAnswers(form, person)
    await acceptAndSubmit(form)
    await form.status('accepted')
    const [received] = devtek.received()
    const body: { data: { main: { sopd_date: string } } } = JSON.parse(received?.rawBody ?? '')
    const { url } = environment.demo()
    const expected = expectedDevtekBody(person, { url }, body.data.main.sopd_date)
    expect(body).toEqual({
      ...expected,
      token: expect.anything(),
      data: { ...expected.data, main: { ...expected.data.main, sopd_site: `${url}/custom-page` } },
    })
    expect(posts).toEqual([`${urls.devtek}/new-lead/`])
    expect(form.consoleMessages.join('\n')).toContain('can be read by everybody')
    await form.page.close()
  })

  it('shows an error of the provider at its field, and sends the corrected lead', async () => {
    const form = await openDevtek()
    devtek.change({ mode: 'field-error', times: 1 })
    await typeAnswers(form, createPerson(random), 'at once')
    await acceptAndSubmit(form)
    await form.step('person')
    expect(await form.field('phone').locator('[part=error]').textContent()).toContain(
      'Введите правильный номер телефона',
    )
    await form.control('phone').fill('+7 900 000-00-77')
    await form.action('next').click()
    await form.action('next').click()
    await form.action('submit').click()
    await form.status('accepted')
    await form.page.close()
  })

  it('keeps the answers if the provider does not respond, and takes a duplicate after a retry as accepted', async () => {
    const form = await openDevtek()
    devtek.change({ mode: 'truncated', times: 1 })
    await typeAnswers(form, createPerson(random), 'at once')
    await acceptAndSubmit(form)
    await form.status('failed')
    await form.action('retry').click()
    await form.status('accepted')
    expect(devtek.received()).toHaveLength(2)
    await form.page.close()
  })

  it('reports refused credentials on the console, not to the person', async () => {
    const form = await openDevtek()
    devtek.change({ mode: 'refuse' })
    await typeAnswers(form, createPerson(random), 'at once')
    await acceptAndSubmit(form)
    await form.status('failed')
    expect(await form.root.locator('[role=alert]').textContent()).toContain('Ваши ответы на месте')
    expect(form.consoleMessages.join('\n')).toContain('Anketa: devtek: ')
    expect(form.consoleMessages.join('\n')).not.toContain(token)
    await form.page.close()
  })

  it('confirms the phone at a bank of Admitad, with a token that it requests', async () => {
    const custom = await createCustomPage(
      environment,
      renderContainer({
        form: 'admitad',
        ...documents(),
        provider: 'admitad',
        'provider-base-url': urls.admitad,
        'provider-mode': 'sync',
        'provider-website-id': 1,
        'provider-campaign-id': 65,
        'provider-client-id': 'client',
        'provider-client-secret': 'client-secret',
        // This bank requires other formats, which a relay would read from the campaign's settings.
        'provider-fields': {
          mobile_phone: { value: '9000000001' },
          passport_cn: { template: '{passportSeries} {passportNumber}' },
        },
        'expose-credentials': true,
      }),
    )
    const preset = presets['admitad']
    if (!preset) throw new TypeError('expected a preset admitad')
    const form = await openFilledForm(custom, preset)
    await acceptAndSubmit(form)
    await form.step('verification')
    await form.control('code').fill('1111')
    await form.page.keyboard.press('Enter')
    await form.root.getByText('Код не подошёл').waitFor()
    await form.control('code').fill('1234')
    await form.page.keyboard.press('Enter')
    await form.status('accepted')
    const paths = admitad.received().map(({ path }) => path.replace(/\d+(?=\/confirm)/, 'N'))
    const confirm = '/website/1/broker/applications/sync_create/N/confirm'
    expect(paths).toEqual(['/token/', '/website/1/broker/applications/sync_create/', confirm, confirm])
    expect(custom.consoleMessages.join('\n')).not.toContain('client-secret')
    await form.page.close()
  })

  it.each([
    [
      'lotinfo',
      { 'provider-token': 'lotinfo-token', 'provider-user-id': 1, 'expose-credentials': true },
      'PUT',
    ],
    ['fivecrm', { 'provider-method': 'deal', 'provider-public-token': 'public' }, 'POST'],
  ] as const)('sends a lead to %s', async (provider, options, method) => {
    const preset = presets[provider === 'lotinfo' ? 'lotinfo' : 'callback']
    if (!preset) throw new TypeError('expected a preset')
    const custom = await createCustomPage(
      environment,
      renderContainer({
        form: provider === 'lotinfo' ? 'lotinfo' : 'callback',
        ...documents(),
        provider,
        'provider-base-url': urls[provider],
        ...options,
      }),
    )
    const form = await openFilledForm(custom, preset)
    await acceptAndSubmit(form)
    await form.status('accepted')
    expect((provider === 'lotinfo' ? lotinfo : fivecrm).received()).toMatchObject([{ method, status: 200 }])
    await form.page.close()
  })
})

describe('a page without a relay and with wrong options', () => {
  it.each([
    [
      'exposes a secret without saying so',
      (html: string) => html.replace('data-expose-credentials', 'data-x'),
      'providerOptions.token: a secret',
    ],
    ['has no operator', (html: string) => html.replace('data-operator', 'data-x'), 'operator: missing'],
    ['has no consents', (html: string) => html.replace('data-consents', 'data-x'), 'consents: missing'],
    [
      'names no form',
      (html: string) => html.replace('data-form', 'data-x'),
      'form: expected the name of a preset',
    ],
  ])('keeps the content of the container and logs the reason if it %s', async (_, change, problem) => {
    const custom = await createCustomPage(
      environment,
      change(devtekContainer()).replace('></div>', '>Позвоните нам</div>'),
    )
    await custom.page.goto(custom.url)
    await expect.poll(() => custom.consoleMessages.join('\n')).toContain(problem)
    expect(await custom.page.getByText('Позвоните нам').isVisible()).toBe(true)
    expect(custom.consoleMessages.join('\n')).not.toContain(token)
    expect(custom.consoleMessages.filter((line) => line.startsWith('uncaught'))).toEqual([])
    await custom.page.close()
  })
})
