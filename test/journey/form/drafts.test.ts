import type { BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { chunkPattern } from '../support/pages/chunk.ts'
import { acceptAndSubmit, type FormPage, openForm } from '../support/pages/form-page.ts'
import { monitorPolicy } from '../support/pages/monitor-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const person = createPerson(createRandomChoices())
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

/** A browser in which the landing page, with its strict policy, keeps drafts. */
async function openContext(attributes = 'data-draft="30"'): Promise<BrowserContext> {
  const context = await environment.browser.newContext({ viewport: { width: 360, height: 800 } })
  await context.route(`${environment.demo().url}/`, async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace('<div data-anketa', `<div ${attributes} data-anketa`)
    await route.fulfill({ response, body })
  })
  return context
}

async function fillUpToPassport(form: FormPage): Promise<void> {
  await form.control('amount').fill('50000')
  await form.control('termDays').fill('30')
  await form.action('next').click()
  await form.step('person')
  await form.control('lastName').fill(person.lastName)
  await form.control('firstName').fill(person.firstName)
  await form.control('noMiddleName').check()
  await form.control('birthDate').fill(person.birthday)
  await form.control('phone').fill('+7 900 000-00-01')
  await form.action('next').click()
  await form.step('passport')
  await form.control('passport').fill(`${person.passportSeries} ${person.passportNumber}`)
}

/** All that the page's origin stores in databases, as text: bytes as the characters of several encodings. */
async function readStored(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const stored: string[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
      })
      for (const store of database.objectStoreNames) {
        const records = await new Promise<readonly Record<string, unknown>[]>((resolve) => {
          const request = database.transaction(store).objectStore(store).getAll()
          request.onsuccess = () => resolve(request.result)
        })
        for (const record of records) {
          const texts = Object.values(record).map((value) =>
            value instanceof ArrayBuffer
              ? ['utf-8', 'utf-16le'].map((encoding) => new TextDecoder(encoding).decode(value)).join(' ')
              : value instanceof CryptoKey
                ? `key ${value.extractable}`
                : String(value),
          )
          stored.push(texts.join(' '))
        }
      }
      database.close()
    }
    return stored
  })
}

const notice = (form: FormPage) => form.root.locator('[part~=draft]')

it('a person who reloads the page goes on, without the passport, and nothing readable is stored', async () => {
  const context = await openContext()
  const page = await context.newPage()
  const violations = await monitorPolicy(page)
  const form = await openForm(page, environment.demo().url)
  await fillUpToPassport(form)
  await expect.poll(async () => (await readStored(page)).length).toBe(1)
  // Longer than a change waits.
  await page.waitForTimeout(600)
  await page.reload()
  await notice(form).waitFor()
  await form.step('passport')
  expect(await form.control('passport').inputValue()).toBe('')
  expect(await form.root.locator('[part=error]').count()).toBe(0)
  expect(await notice(form).textContent()).toContain('Начать заново')
  await expectAccessible(page, 'draft-restored')
  const [stored, ...others] = await readStored(page)
  expect(others).toEqual([])
  expect(stored).toContain('key false')
  for (const value of [
    person.lastName,
    person.firstName,
    '900 000',
    '9000000001',
    '50000',
    person.passportNumber,
  ])
    expect(stored).not.toContain(value)
  await form.action('back').click()
  await form.step('person')
  expect(await form.control('lastName').inputValue()).toBe(person.lastName)
  expect(await form.control('phone').inputValue()).toBe('+7 900 000-00-01')

  // Another tab begins a form of its own, and the next one after both goes on with the latest.
  const second = await context.newPage()
  const other = await openForm(second, environment.demo().url)
  await other.control('amount').fill('20000')
  await expect.poll(async () => (await readStored(second)).length).toBe(2)
  expect(await notice(other).count()).toBe(0)
  await page.reload()
  await notice(form).waitFor()
  expect(await form.control('lastName').inputValue()).toBe(person.lastName)
  await page.close()
  await second.close()
  const third = await context.newPage()
  const again = await openForm(third, environment.demo().url)
  await notice(again).waitFor()
  await again.root.locator('[data-action=restart]').click()
  await again.step('loan')
  expect(await again.control('amount').inputValue()).toBe('')
  await expect.poll(() => readStored(third)).toEqual([])
  expect(violations).toEqual([])
  await context.close()
})

it('after its time nothing is shown and nothing is stored', async () => {
  const context = await openContext()
  const page = await context.newPage()
  const form = await openForm(page, environment.demo().url)
  await form.control('amount').fill('50000')
  await expect.poll(async () => (await readStored(page)).length).toBe(1)
  await page.close()
  const later = await context.newPage()
  await later.addInitScript(() => {
    const { now } = Date
    Date.now = () => now() + 30 * 60_000
  })
  const next = await openForm(later, environment.demo().url)
  await expect.poll(() => readStored(later)).toEqual([])
  expect(await next.control('amount').inputValue()).toBe('')
  expect(await notice(next).count()).toBe(0)
  await context.close()
})

it('an application that has arrived leaves nothing, and a page without the option loads and stores nothing', async () => {
  const context = await openContext()
  const page = await context.newPage()
  await page.route('**/leads', (route) => route.fulfill({ json: { id: 'any', outcome: 'accepted' } }))
  const form = await openForm(page, environment.demo().url)
  await fillUpToPassport(form)
  await form.control('passportIssuedDate').fill(person.passportIssuedDate)
  await form.control('passportIssuedCode').fill(person.passportIssuedCode)
  await form.control('passportIssuedBy').fill(person.passportIssuedBy)
  await form.control('city').fill(person.city)
  await form.page.keyboard.press('Tab')
  await form.action('next').click()
  await form.step('consents')
  await expect.poll(async () => (await readStored(page)).length).toBe(1)
  await acceptAndSubmit(form)
  await form.status('accepted')
  await expect.poll(() => readStored(page)).toEqual([])
  await context.close()

  const plain = await openContext('')
  const without = await plain.newPage()
  const requests: string[] = []
  without.on('request', (request) => requests.push(request.url()))
  const empty = await openForm(without, environment.demo().url)
  await empty.control('amount').fill('50000')
  await empty.control('termDays').fill('30')
  await empty.action('next').click()
  await empty.step('person')
  expect(requests.filter((url) => chunkPattern('draft').test(url))).toEqual([])
  expect(await without.evaluate('indexedDB.databases()')).toEqual([])
  await plain.close()
})
