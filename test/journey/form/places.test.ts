import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { City } from '../../../src/places/place.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import { chunkPattern } from '../support/pages/chunk.ts'
import { type FormPage, openForm } from '../support/pages/form-page.ts'
import { routeSteps } from '../support/pages/route-steps.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

const tyumen: City = {
  id: 'kladr:7200000100000',
  name: 'Тюмень',
  type: 'г',
  regionId: 'kladr:7200000000000',
  region: 'Тюменская область',
  kladr: '7200000100000',
}
const kirov = { ...tyumen, id: 'kladr:4300000100000', name: 'Киров', regionId: 'kladr:4300000000000' }
const cities: readonly City[] = [
  tyumen,
  { ...kirov, region: 'Кировская область', kladr: '4300000100000' },
  { ...kirov, id: 'kladr:4001100100000', region: 'Калужская область', kladr: '4001100100000' },
  ...Array.from({ length: 30 }, (_, index) => ({
    ...tyumen,
    id: `kladr:72${index}`,
    name: `Посёлок ${index}`,
  })),
]

interface Places {
  readonly page: Page
  /** The paths of the requests for places. */
  readonly requests: readonly string[]
  /** The values of the leads that were sent. */
  readonly sent: readonly unknown[]
  /** The errors on the console, without their type, and uncaught exceptions. */
  readonly errors: readonly string[]
}

/** A page whose form asks only for the place, with a relay that returns these cities, or fails with `status`. */
async function visit(
  { status = 200, attribute = '' }: { status?: number; attribute?: string },
  options: Parameters<TestEnvironment['browser']['newPage']>[0] = {},
): Promise<Places> {
  const page = await environment.browser.newPage(options)
  const requests: string[] = []
  const sent: unknown[] = []
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.message))
  await page.route(`${environment.demo().url}/`, async (route) => {
    const response = await route.fetch()
    const html = (await response.text()).replace('data-anketa', `data-anketa ${attribute}`)
    await route.fulfill({ response: response, body: html })
  })
  await routeSteps(page, 'main', [
    { id: 'start', title: 'Начало', fields: [{ name: 'comment', required: false }] },
    { id: 'place', title: 'Город', fields: [{ name: 'issuePlace' }] },
    { id: 'end', title: 'Согласия', fields: [] },
  ])
  await page.route('**/forms/main/leads', async (route) => {
    const { values } = route.request().postDataJSON()
    sent.push(values)
    await route.fulfill({ json: { id: 'any', outcome: 'accepted' } })
  })
  await page.route(/\/forms\/main\/(regions|cities)/, async (route) => {
    const { pathname, search } = new URL(route.request().url())
    requests.push(decodeURIComponent(pathname.replace('/forms/main', '') + search))
    if (status !== 200) await route.fulfill({ status, json: { error: { code: 'gone' } } })
    else await route.fulfill({ json: { regions: [], cities, complete: true } })
  })
  return { page, requests, sent, errors }
}

async function openPlace(page: Page): Promise<FormPage> {
  const form = await openForm(page, environment.demo().url)
  await form.action('next').click()
  await form.step('place')
  await form.root.locator('[data-field=city] input[role=combobox]').waitFor()
  return form
}

async function send(form: FormPage): Promise<void> {
  await form.action('next').click()
  await form.step('end')
  await form.consent('processing').check()
  await form.consent('transfer').check()
  await form.action('submit').click()
  await form.status('accepted')
}

describe.each([360, 1280])('at %i px wide, axe finds no violations on a place', (width) => {
  const viewport = { width, height: 740 }

  it('with the list closed, open, with an active option and empty', async () => {
    const { page, errors } = await visit({}, { viewport })
    const form = await openPlace(page)
    await expectAccessible(page, `${width}-place-closed`)
    await form.control('city').click()
    await form.root.getByRole('option').first().waitFor()
    await expectAccessible(page, `${width}-place-open`)
    await form.control('city').fill('киров')
    await form.root.getByRole('option', { name: 'Калужская' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await expectAccessible(page, `${width}-place-active`)
    await form.control('city').fill('ъъъъъ')
    await form.field('city').locator('.anketa-none').waitFor()
    await expectAccessible(page, `${width}-place-empty`)
    // A script sets the heights of the list, which the page's policy must allow.
    expect(errors).toEqual([])
    await page.close()
  })

  it('while the directory fails', async () => {
    const { page } = await visit({ status: 500 }, { viewport })
    const form = await openPlace(page)
    await form.control('city').pressSequentially('Примерск')
    await expectAccessible(page, `${width}-place-failing`)
    await page.close()
  })
})

it('a place is found and chosen by touch', async () => {
  const { page, sent } = await visit(
    {},
    { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  )
  const form = await openPlace(page)
  await form.control('city').tap()
  await form.control('city').pressSequentially('тюм')
  await form.root.getByRole('option', { name: 'Тюмень' }).tap()
  await send(form)
  expect(sent).toEqual([
    {
      region: 'Тюменская область',
      regionId: 'kladr:7200000000000',
      city: 'Тюмень',
      cityKladr: '7200000100000',
      cityId: 'kladr:7200000100000',
    },
  ])
  await page.close()
})

it('the list is loaded before the place step, and the relay is asked once', async () => {
  const { page, requests } = await visit({})
  const part = page.waitForResponse((response) => chunkPattern('place-list').test(response.url()))
  const form = await openForm(page, environment.demo().url)
  expect((await part).status()).toBe(200)
  expect(requests).toEqual([])
  await form.action('next').click()
  await form.step('place')
  await form.control('city').pressSequentially('киров')
  await form.root.getByRole('option', { name: 'Калужская' }).click()
  expect(await form.control('region').inputValue()).toBe('Калужская область')
  expect(requests.filter((path) => path.startsWith('/cities'))).toEqual(['/cities'])
  await page.close()
})

it.each([
  ['the relay has no places', { status: 404 }],
  ['the relay fails', { status: 503 }],
])('a typed place reaches the lead if %s', async (_, relay) => {
  const { page, sent } = await visit(relay)
  const form = await openPlace(page)
  await form.control('region').pressSequentially('Вымышленный край')
  await form.control('city').pressSequentially('Примерск')
  await send(form)
  expect(sent).toEqual([{ region: 'Вымышленный край', city: 'Примерск' }])
  await page.close()
})

it('a typed place reaches the lead if the list cannot be loaded', async () => {
  const { page, sent } = await visit({})
  await page.route(chunkPattern('place-list'), (route) => route.abort())
  const form = await openForm(page, environment.demo().url)
  await form.action('next').click()
  await form.step('place')
  await form.control('city').pressSequentially('москва')
  await send(form)
  expect(sent).toEqual([{ region: 'Москва', city: 'москва', cityKladr: '7700000000000' }])
  await page.close()
})

it("a page's own list replaces that of the relay", async () => {
  const list = JSON.stringify({ cities: [{ name: 'Примерск', region: 'Томская область' }] })
  const { page, requests } = await visit({ attribute: `data-places='${list}'` })
  const form = await openPlace(page)
  await form.control('city').pressSequentially('прим')
  await form.root.getByRole('option', { name: 'Примерск' }).click()
  expect(await form.control('region').inputValue()).toBe('Томская область')
  expect(requests).toEqual([])
  await page.close()
})

it('an invalid list is reported on the console, and the relay is asked', async () => {
  const { page, requests, errors } = await visit({ attribute: `data-places='{"cities":[{"nam":"Тюмень"}]}'` })
  const form = await openPlace(page)
  await form.control('city').pressSequentially('тюм')
  await form.root.getByRole('option', { name: 'Тюмень' }).waitFor()
  await expect
    .poll(() => errors)
    .toEqual(['Anketa: параметр places (атрибут data-places): cities.0.name: ожидается: название'])
  expect(requests).toContain('/cities')
  await page.close()
})
