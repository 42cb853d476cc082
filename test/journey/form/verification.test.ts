import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptAndSubmit, type FormPage, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { type HostPageOptions, openHostPage } from '../support/pages/host-page.ts'
import { createVariantCounts, themedPage } from '../support/pages/variants.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const random = createRandomChoices()
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

interface CodeResponse {
  readonly outcome: string
  readonly attemptsLeft?: number
  readonly issues?: readonly object[]
}

const wrong = (attemptsLeft: number): CodeResponse => ({
  outcome: 'verification',
  issues: [{ field: 'code', code: 'wrong-code', message: 'x' }],
  attemptsLeft,
})

interface StubRelay {
  /** The bodies of the posted leads. */
  readonly leads: { id: string; key: string; values: { phone: string }; consents: unknown }[]
  readonly codes: { address: string; body: unknown }[]
  /** The response to the next code. Without one the connection breaks. */
  answer: CodeResponse | undefined
}

/** Opens a form whose relay asks for a code, at the code step. */
async function openVerification(
  options: HostPageOptions = {},
): Promise<FormPage & { relay: StubRelay; phoneEnd: string }> {
  const form = await openHostPage(environment, options)
  const { page } = form
  const relay: StubRelay = { leads: [], codes: [], answer: { outcome: 'accepted' } }
  await page.route('**/leads', (route) => {
    relay.leads.push(route.request().postDataJSON())
    return route.fulfill({ json: { id: relay.leads.at(-1)?.id, outcome: 'verification', attemptsLeft: 5 } })
  })
  await page.route('**/leads/*/code', (route) => {
    relay.codes.push({ address: route.request().url(), body: route.request().postDataJSON() })
    return relay.answer
      ? route.fulfill({ json: { id: 'any', ...relay.answer } })
      : route.abort('connectionreset')
  })
  const person = createPerson(random)
  await typeAnswers(form, person, 'at once')
  await acceptAndSubmit(form)
  await form.step('verification')
  return { ...form, relay, phoneEnd: person.phoneEnd }
}

it('a person confirms the phone with the code from the message', async () => {
  const { page, root, control, action, status, relay, phoneEnd } = await openVerification()
  await page.evaluate(`
    events = []
    for (const name of ['step', 'issues', 'submit', 'outcome', 'error'])
      document.addEventListener('anketa:' + name, (event) => events.push({ name, ...event.detail }))
  `)
  await root.getByText(`+7 900 ***-**-${phoneEnd.padStart(2, '0')}`).waitFor()
  expect(await control('code').getAttribute('autocomplete')).toBe('one-time-code')

  relay.answer = wrong(2)
  await control('code').pressSequentially('7391')
  await page.keyboard.press('Enter')
  await root.getByText('Осталось 2 попытки').waitFor()
  expect(await control('code').evaluate((input) => input.matches(':focus'))).toBe(true)

  relay.answer = undefined
  await page.keyboard.type('8264')
  await page.keyboard.press('Enter')
  await status('failed')
  expect(relay.codes).toHaveLength(2)

  relay.answer = { outcome: 'accepted' }
  await action('confirm').dblclick()
  await status('accepted')
  const [lead] = relay.leads
  expect(relay.codes.map(({ body }) => body)).toEqual([
    { key: lead?.key, code: '7391' },
    { key: lead?.key, code: '8264' },
    { key: lead?.key, code: '8264' },
  ])
  expect(relay.codes.every(({ address }) => address.endsWith(`/forms/main/leads/${lead?.id}/code`))).toBe(
    true,
  )
  const events = JSON.stringify(await page.evaluate('events'))
  expect(events).toContain('"codes":["wrong-code"]')
  expect(events).toContain('"outcome":"accepted"')
  expect(events).not.toMatch(/7391|8264|\+7/)
  await page.close()
})

it('a person corrects a wrong number, and the same lead asks for a new code', async () => {
  const form = await openVerification()
  await form.action('change').click()
  await form.step('person')
  expect(await form.control('phone').evaluate((input) => input.matches(':focus'))).toBe(true)
  await form.control('phone').fill('+7 900 000-00-99')
  await form.action('next').click()
  await form.action('next').click()
  await form.step('consents')
  expect(await form.consent('processing').isChecked()).toBe(true)
  await form.action('submit').click()
  await form.step('verification')
  await form.root.getByText('+7 900 ***-**-99').waitFor()
  const [first, second] = form.relay.leads
  expect(second).toMatchObject({ id: first?.id, key: first?.key, values: { phone: '+79000000099' } })
  expect(second?.consents).toEqual(first?.consents)
  await form.page.close()
})

it('leaving the page asks for confirmation until the phone is confirmed or the person gives up', async () => {
  const form = await openVerification()
  const leavesPage = (): Promise<boolean> =>
    form.page.evaluate(`dispatchEvent(new Event('beforeunload', { cancelable: true }))`)
  expect(await leavesPage()).toBe(false)
  await form.action('give-up').click()
  await form.root.getByText('Телефон не подтверждён').waitFor()
  expect(await form.root.getAttribute('data-status')).toBe('verification')
  expect(await leavesPage()).toBe(true)
  await form.page.close()
})

describe.each([
  ['in a shadow root', 'shadow', ''],
  ['in the page itself', 'page', 'data-shadow="false"'],
])('%s, axe finds no violations, however the form is seen,', (mode, prefix, attributes) => {
  it('in any state of the verification', async () => {
    const form = await openVerification(themedPage(attributes))
    const { page, root, control, action, status, relay } = form
    const counts = createVariantCounts()
    const check = (state: string): Promise<void> => counts.check(form, `${prefix}-${state}`)
    await check('verification')
    await action('confirm').click()
    await root.locator('[part=error]').waitFor()
    await root.getByText('Не приходит код?').click()
    await check('verification-no-code')

    relay.answer = undefined
    await control('code').fill('1234')
    await action('confirm').click()
    await status('failed')
    await check('verification-failed')

    relay.answer = wrong(1)
    await action('confirm').click()
    await root.getByText('Осталась 1 попытка').waitFor()
    await check('verification-wrong')

    relay.answer = wrong(0)
    await control('code').fill('1234')
    await action('confirm').click()
    await root.getByText('Попытки закончились').waitFor()
    await check('verification-over')

    await action('give-up').click()
    await root.getByText('Телефон не подтверждён').waitFor()
    await check('verification-given-up')
    process.stdout.write(`${mode}, verification\n${counts.table()}\n`)
    await page.close()
  })
})

describe('through the relay, with a bank of Admitad', () => {
  const sandbox = (): string => `${environment.demo().url}/sandbox/admitad`

  async function received(): Promise<readonly { path: string; body: Record<string, string> }[]> {
    const answer = await fetch(`${sandbox()}/received`)
    const list: readonly { path: string; body: Record<string, string> }[] = await answer.json()
    return list
  }

  async function openBankForm(): Promise<FormPage> {
    await fetch(`${sandbox()}/received`, { method: 'DELETE' })
    const form = await openForm(await environment.browser.newPage(), `${environment.demo().url}/sms`)
    await typeAnswers(form, createPerson(random), 'at once')
    await acceptAndSubmit(form)
    await form.step('verification')
    return form
  }

  it('a wrong code is asked for again, and the correct one accepts the lead', async () => {
    const form = await openBankForm()
    await form.control('code').fill('1111')
    await form.action('confirm').click()
    await form.root.getByText('Этот код не подходит').waitFor()
    await form.control('code').fill('Код: 12 34')
    await form.action('confirm').click()
    await form.status('accepted')
    const calls = await received()
    expect(calls.filter(({ path }) => path.endsWith('/confirm')).map(({ body }) => body['code'])).toEqual([
      '1111',
      '1234',
    ])
    expect(calls.filter(({ path }) => path.endsWith('/sync_create/'))).toHaveLength(1)
    await form.page.close()
  })

  it('another number creates another application of the same lead', async () => {
    const form = await openBankForm()
    await form.action('change').click()
    await form.control('phone').fill('+7 900 000-00-98')
    await form.action('next').click()
    await form.action('next').click()
    await form.action('submit').click()
    await form.step('verification')
    await form.root.getByText('+7 900 ***-**-98').waitFor()
    await form.control('code').fill('1234')
    await form.action('confirm').click()
    await form.status('accepted')
    const applications = (await received()).filter(({ path }) => path.endsWith('/sync_create/'))
    expect(applications.map(({ body }) => body['mobile_phone']).at(-1)).toBe('+79000000098')
    expect(applications).toHaveLength(2)
    await form.page.close()
  })

  it('a code without a response stays in its input, and the person can send it again', async () => {
    const form = await openBankForm()
    await fetch(`${sandbox()}/switches`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ calls: 'confirm', mode: 'drop', times: 1 }),
    })
    await form.control('code').fill('1234')
    await form.action('confirm').click()
    await form.root.getByText('Ответа пока нет').waitFor()
    expect(await form.control('code').inputValue()).toBe('1234')
    await form.action('confirm').click()
    await form.status('accepted')
    await form.page.close()
  })
})
