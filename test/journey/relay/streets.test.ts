import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { acceptAndSubmit, type FormPage, openForm } from '../support/pages/form-page.ts'
import { monitorPage } from '../support/pages/monitor-page.ts'
import { routeSteps } from '../support/pages/route-steps.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const adminToken = 'invented-operator-token-0123456789'
const streets = [
  ['72000001000000100', 'Ленина', 'ул', '625003'],
  ['72000001000000200', 'Ленская', 'ул', null],
  ['72000001000000300', 'Мира', 'пр-кт', null],
]
const houses = [
  ['7200000100000010001', '12,12к2', '625004'],
  ['7200000100000010002', '14', '625004'],
]
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment({ adminToken })
})

afterAll(() => environment.close())

/** Imports a directory as the command does. */
async function importRows(list: 'streets' | 'houses', rows: readonly (readonly unknown[])[]): Promise<void> {
  const post = async (path: string, body: object): Promise<{ readonly generation?: number }> => {
    const answer = await fetch(`${environment.demo().url}/admin/streets${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`The import was answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const fingerprint = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const { generation } = await post('', { list, fingerprint, rows: rows.length })
  await post(`/${generation}`, { first: 0, rows })
}

/** Whether the definition says that there are streets. */
async function readStreets(): Promise<unknown> {
  const answer = await fetch(`${environment.demo().url}/forms/full`)
  return Object(await answer.json()).streets
}

interface AddressPage extends FormPage {
  /** The requests for streets and houses: path, query and body. */
  readonly asked: readonly string[]
  readonly exceptions: readonly string[]
}

async function openPage(
  prepare: (page: FormPage['page']) => Promise<unknown>,
  width = 360,
): Promise<AddressPage> {
  const page = await environment.browser.newPage({ viewport: { width, height: 740 } })
  const { exceptions } = monitorPage(page)
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    if (/\/(?:streets|houses)$/.test(pathname))
      asked.push(`${request.method()} ${pathname}${search} ${request.postData()}`)
  })
  await prepare(page)
  return { ...(await openForm(page, `${environment.demo().url}/full`)), asked, exceptions }
}

/** Opens a form that asks only for an address, and shows it for review. `sent` gets the values of its lead. */
async function openAddress(
  prepare: (page: FormPage['page']) => Promise<unknown> = async () => undefined,
  width = 360,
): Promise<AddressPage & { readonly sent: readonly Readonly<Record<string, unknown>>[] }> {
  const sent: Readonly<Record<string, unknown>>[] = []
  const form = await openPage(async (page) => {
    await routeSteps(page, 'full', [
      { id: 'address', title: 'Адрес', fields: [{ name: 'registration' }] },
      { id: 'review', title: 'Проверьте ответы', kind: 'review', fields: [] },
      { id: 'end', title: 'Согласия', fields: [] },
    ])
    await page.route('**/forms/full/leads', async (route) => {
      sent.push(route.request().postDataJSON().values)
      await route.fulfill({ json: { id: 'any', outcome: 'accepted' } })
    })
    await prepare(page)
  }, width)
  return { ...form, sent }
}

/** Enters a city as a person does, and waits until its code has come. */
async function enterCity(form: FormPage): Promise<void> {
  await form.root.locator('[data-field=registrationCity] input[role=combobox]').waitFor()
  await form.control('registrationCity').pressSequentially('Тюмень')
  await form.page.keyboard.press('Tab')
  await expect.poll(() => form.control('registrationRegion').inputValue()).toBe('Тюменская область')
}

/** Types into a combobox, and chooses the first option with the keys. */
async function chooseFirst(form: FormPage, name: string, text: string): Promise<void> {
  await form.root.locator(`[data-field=${name}] input[role=combobox]`).waitFor()
  await form.control(name).pressSequentially(text)
  await form.field(name).getByRole('option').first().waitFor()
  await form.page.keyboard.press('ArrowDown')
  await form.page.keyboard.press('Enter')
}

async function send(form: FormPage): Promise<void> {
  await form.action('next').click()
  await form.step('review')
  await form.action('next').click()
  await form.step('end')
  await acceptAndSubmit(form)
  await form.status('accepted')
}

describe('a relay without a directory of streets', () => {
  it('is asked for none', async () => {
    const form = await openAddress()
    await enterCity(form)
    await form.control('registrationStreet').pressSequentially('Ленина')
    await form.control('registrationHouse').pressSequentially('12')
    await send(form)
    expect(form.sent).toEqual([
      expect.objectContaining({ registrationStreet: 'Ленина', registrationHouse: '12' }),
    ])
    expect(form.asked).toEqual([])
    await form.page.close()
  })
})

describe('a relay with a directory of streets', () => {
  beforeAll(async () => {
    await importRows('streets', streets)
    await importRows('houses', houses)
    // The relay looks for a new directory from time to time.
    await vi.waitUntil(async () => (await readStreets()) === true, 30_000)
  })

  it('suggests streets and houses to the keyboard, and their codes reach the lender', async () => {
    const form = await openPage(async () => undefined)
    const fill = async (step: string, texts: Readonly<Record<string, string>>): Promise<void> => {
      await form.step(step)
      for (const [name, text] of Object.entries(texts)) await form.control(name).fill(text)
      await form.page.keyboard.press('Tab')
    }
    await fill('loan', { amount: '30000', termDays: '30' })
    await form.action('next').click()
    await fill('person', {
      lastName: 'Вымыслова',
      firstName: 'Анна',
      birthDate: '01.02.1990',
      phone: '9000000007',
    })
    await form.control('noMiddleName').check()
    await form.action('next').click()
    await fill('passport', {
      passport: '7210000050',
      passportIssuedDate: '01.03.2011',
      passportIssuedCode: '720001',
      passportIssuedBy: 'Отделом внутренних дел',
      city: 'Москва',
    })
    await form.action('next').click()
    await form.step('address')
    await enterCity(form)
    await chooseFirst(form, 'registrationStreet', 'ленин')
    await chooseFirst(form, 'registrationHouse', '12к')
    await form.field('registrationHouse').getByRole('button').click()
    expect(await form.control('registrationIndex').inputValue()).toBe('625004')
    await form.action('next').click()
    await form.step('job')
    await form.control('employment').selectOption('6')
    await form.action('next').click()
    await acceptAndSubmit(form)
    await form.status('accepted')
    const request = (await environment.sandbox.received()).at(-1)
    expect(JSON.parse(request?.rawBody ?? '').data.detailed).toMatchObject({
      registration_city: 'Тюмень',
      registration_city_kladr: '7200000100000',
      registration_index: '625004',
      registration_street: 'ул. Ленина',
      registration_street_kladr: '72000001000000100',
      registration_house: '12к2',
      registration_house_kladr: '7200000100000010001',
    })
    // A street is part of no address of a request.
    for (const request of form.asked)
      expect(request).toMatch(
        /^POST \/forms\/full\/(?:streets \{"city":"7200000100000"|houses \{"street":"72000001000000100"),/,
      )
    expect(form.exceptions).toEqual([])
    await form.page.close()
  })

  it.each([360, 1280])('shows lists at %i px in which axe finds no violations', async (width) => {
    const form = await openAddress(undefined, width)
    await enterCity(form)
    await form.control('registrationStreet').pressSequentially('лен')
    await form.field('registrationStreet').getByRole('option').first().waitFor()
    await form.page.keyboard.press('ArrowDown')
    await expectAccessible(form.page, `${width}-street-active`)
    await form.control('registrationStreet').fill('Новейшая')
    await form.field('registrationStreet').locator('.anketa-none').waitFor()
    await expectAccessible(form.page, `${width}-street-empty`)
    await form.control('registrationStreet').fill('')
    await chooseFirst(form, 'registrationStreet', 'ленин')
    await form.field('registrationStreet').getByRole('button').waitFor()
    await expectAccessible(form.page, `${width}-street-index`)
    await form.control('registrationHouse').pressSequentially('1')
    await form.field('registrationHouse').getByRole('option').first().waitFor()
    await expectAccessible(form.page, `${width}-house-open`)
    await form.page.close()
  })

  it('gives the codes of what was typed in full, and none for anything else', async () => {
    const form = await openAddress()
    await enterCity(form)
    await form.control('registrationStreet').pressSequentially('улица Ленина')
    await form.page.keyboard.press('Tab')
    await form.root.locator('[data-field=registrationHouse] input[role=combobox]').waitFor()
    const answered = form.page.waitForResponse('**/houses')
    await form.control('registrationHouse').pressSequentially('12 корп. 2')
    await answered
    await form.page.keyboard.press('Tab')
    await send(form)
    await form.page.close()
    const other = await openAddress()
    await enterCity(other)
    await other.control('registrationStreet').pressSequentially('Новейшая')
    await other.page.keyboard.press('Tab')
    await other.control('registrationHouse').pressSequentially('12')
    await send(other)
    const { registrationStreetKladr, registrationHouseKladr } = form.sent[0] ?? {}
    expect(form.sent[0]).toMatchObject({
      registrationStreet: 'улица Ленина',
      registrationHouse: '12 корп. 2',
    })
    expect([registrationStreetKladr, registrationHouseKladr]).toEqual([
      '72000001000000100',
      '7200000100000010001',
    ])
    expect(other.sent[0]).toMatchObject({ registrationStreet: 'Новейшая', registrationHouse: '12' })
    expect(other.sent[0]).not.toHaveProperty('registrationStreetKladr')
    expect(other.sent[0]).not.toHaveProperty('registrationHouseKladr')
    await other.page.close()
  })

  it('keeps codes over a review, and drops them when the person changes a text there', async () => {
    const form = await openAddress()
    await enterCity(form)
    await chooseFirst(form, 'registrationStreet', 'ленин')
    await chooseFirst(form, 'registrationHouse', '14')
    await form.action('next').click()
    await form.step('review')
    await form.action('change').click()
    await form.step('address')
    await form.control('registrationHouse').fill('14а')
    await form.page.keyboard.press('Tab')
    await send(form)
    expect(form.sent[0]).toMatchObject({
      registrationStreetKladr: '72000001000000100',
      registrationHouse: '14а',
    })
    expect(form.sent[0]).not.toHaveProperty('registrationHouseKladr')
    await form.page.close()
  })

  it('that does not answer or fails leaves the fields alone', async () => {
    for (const status of [undefined, 404, 503]) {
      const form = await openAddress((page) =>
        page.route(/\/(?:streets|houses)$/, (route) =>
          status === undefined ? undefined : route.fulfill({ status }),
        ),
      )
      await enterCity(form)
      await form.control('registrationStreet').pressSequentially('Ленина')
      await expect.poll(() => form.asked.length).toBeGreaterThan(0)
      await form.page.keyboard.press('Tab')
      await form.control('registrationHouse').pressSequentially('12')
      await send(form)
      expect(form.sent[0]).toMatchObject({ registrationStreet: 'Ленина', registrationHouse: '12' })
      expect(form.sent[0]).not.toHaveProperty('registrationStreetKladr')
      expect(form.exceptions).toEqual([])
      await form.page.close()
    }
  })
})
