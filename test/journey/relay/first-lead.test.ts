import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectedDevtekBody } from '../support/expected-devtek-body.ts'
import { acceptAndSubmit, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { createPerson } from '../support/person.ts'
import type { ReceivedLeadRequest } from '../support/sandbox-process.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const random = createRandomChoices()
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

beforeEach(async () => {
  await environment.sandbox.switch({ mode: 'strict' })
  await environment.sandbox.clear()
})

describe('an application on a landing page', () => {
  it.each([1, 2, 3])('arrives at Devtek exactly as documented (person %i)', async () => {
    const person = createPerson(random)
    const form = await openForm(await environment.browser.newPage(), environment.demo().url)
    await typeAnswers(form, person)
    const before = Date.now()
    await acceptAndSubmit(form)
    await form.status('accepted')

    const [request, ...more] = await environment.sandbox.received()
    expect(more).toEqual([])
    expect(request).toMatchObject({ path: '/new-lead/', status: 200 })
    const sopdDate = sopdDateOf(request)
    expect(bodyOf(request)).toEqual(expectedDevtekBody(person, environment.demo(), sopdDate))
    expect(Math.abs(moscowTime(sopdDate) - before)).toBeLessThan(30_000)
    await form.page.close()
  })

  it('shows that it is a duplicate', async () => {
    await environment.sandbox.switch({ mode: 'duplicate' })
    const person = createPerson(random)
    const form = await openForm(await environment.browser.newPage(), environment.demo().url)
    await typeAnswers(form, person)
    await acceptAndSubmit(form)
    await form.status('duplicate')

    const received = await environment.sandbox.received()
    expect(received.map(bodyOf)).toEqual([
      expectedDevtekBody(person, environment.demo(), sopdDateOf(received[0])),
    ])
    await form.page.close()
  })

  it('shows an error of the provider at its field, and sends the corrected lead with the same id', async () => {
    const message = 'Введите правильный номер телефона'
    await environment.sandbox.switch({
      mode: 'field-error',
      fieldErrors: [{ field: 'phone', message }],
      times: 1,
    })
    const person = createPerson(random)
    const form = await openForm(await environment.browser.newPage(), environment.demo().url)
    const posts: { id: string; key: string }[] = []
    form.page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(JSON.parse(request.postData() ?? '{}'))
    })
    await typeAnswers(form, person)
    await acceptAndSubmit(form)

    await form.step('person')
    await form.field('phone').getByText(message).waitFor()
    expect(await form.control('phone').evaluate((element) => element.matches(':focus'))).toBe(true)
    const corrected = { ...person, phoneEnd: person.phoneEnd === '77' ? '78' : '77' }
    await form.control('phone').fill(`+790000000${corrected.phoneEnd}`)
    expect(await form.field('phone').getByText(message).count()).toBe(0)
    await form.action('next').click()
    await form.step('passport')
    await form.action('next').click()
    await form.step('consents')
    expect(await form.consent('processing').isChecked()).toBe(true)
    await form.action('submit').click()
    await form.status('accepted')

    const received = await environment.sandbox.received()
    expect(received.map(bodyOf)).toEqual([
      expectedDevtekBody(person, environment.demo(), sopdDateOf(received[0])),
      expectedDevtekBody(corrected, environment.demo(), sopdDateOf(received[1])),
    ])
    expect(posts).toHaveLength(2)
    expect(posts[1]?.id).toBe(posts[0]?.id)
    expect(posts[1]?.key).toBe(posts[0]?.key)
    await form.page.close()
  })

  it('keeps every answer when the person goes back', async () => {
    const person = createPerson(random)
    const form = await openForm(await environment.browser.newPage(), environment.demo().url)
    await typeAnswers(form, person)
    await form.action('back').click()
    await form.step('passport')
    expect(await form.control('passport').inputValue()).toBe(
      `${person.passportSeries.slice(0, 2)} ${person.passportSeries.slice(2)} ${person.passportNumber}`,
    )
    expect(await form.control('city').inputValue()).toBe(person.city)
    await form.action('back').click()
    await form.step('person')
    expect(await form.control('lastName').inputValue()).toBe(person.lastName)
    expect(await form.control('phone').inputValue()).toBe(`+7 900 000-00-${person.phoneEnd}`)
    await form.action('back').click()
    await form.step('loan')
    expect(await form.control('termDays').inputValue()).toBe(String(person.termDays))
    await form.page.close()
  })

  it('is sent once, even if the button is pressed repeatedly', async () => {
    await environment.sandbox.switch({ mode: 'slow', slowMs: 1000 })
    const form = await openForm(await environment.browser.newPage(), environment.demo().url)
    await typeAnswers(form, createPerson(random))
    let posts = 0
    form.page.on('request', (request) => {
      if (request.method() === 'POST') posts += 1
    })
    await form.consent('processing').check()
    await form.consent('transfer').check()
    await form.action('submit').dblclick()
    await form.page.keyboard.press('Enter')
    await form.status('accepted')
    expect(posts).toBe(1)
    expect(await environment.sandbox.received()).toHaveLength(1)
    await form.page.close()
  })

  it('with a typed city is sent without a code, and the error of the provider is shown at the city', async () => {
    const form = await openForm(await environment.browser.newPage(), environment.demo().url)
    await typeAnswers(form, createPerson(random))
    await form.action('back').click()
    await form.step('passport')
    await form.control('city').fill('Примерск')
    await form.page.keyboard.press('Tab')
    await form.action('next').click()
    await acceptAndSubmit(form)
    await form.step('passport')
    await form.field('city').locator('[part=error]').waitFor()
    const [request] = await environment.sandbox.received()
    expect(JSON.stringify(bodyOf(request))).not.toContain('kladr')
    await form.page.close()
  })
})

function bodyOf(request: ReceivedLeadRequest | undefined): unknown {
  return JSON.parse(request?.rawBody ?? 'null')
}

function sopdDateOf(request: ReceivedLeadRequest | undefined): string {
  return (
    /"sopd_date":"(\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d)"/.exec(request?.rawBody ?? '')?.[1] ?? 'no sopd_date'
  )
}

function moscowTime(text: string): number {
  const [day = '', month = '', year = '', time = ''] = text.split(/[. ]/)
  return Date.parse(`${year}-${month}-${day}T${time}+03:00`)
}
