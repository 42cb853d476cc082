import type { Route } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chunkPattern } from '../support/pages/chunk.ts'
import { openForm } from '../support/pages/form-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

// The file with what a form does after its first key is late, lost or blocked.

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

/** Opens the landing page, whose file for later steps is served by `serve`, and types into the first step. */
async function openFirstStep(serve: (route: Route, attempt: number) => Promise<void>) {
  const page = await environment.browser.newPage()
  let attempts = 0
  // A second try has a query.
  await page.route(/\/steps-[\w-]{8}\.js(\?|$)/, (route) => serve(route, (attempts += 1)))
  const form = await openForm(page, environment.demo().url)
  await form.control('amount').fill('30000')
  await form.control('termDays').fill('30')
  return { page, form, attempts: () => attempts }
}

it('the first step needs no file but the form, and the next one a file that comes after the first focus', async () => {
  const page = await environment.browser.newPage()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const form = await openForm(page, environment.demo().url)
  expect(requests.filter((url) => chunkPattern('steps').test(url))).toEqual([])
  await form.control('amount').focus()
  await expect.poll(() => requests.filter((url) => chunkPattern('steps').test(url))).toHaveLength(1)
  await page.close()
})

it('a person who is faster than the file sees that the form is loading, and then the next step', async () => {
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  const { page, form } = await openFirstStep(async (route) => {
    await released
    await route.continue()
  })
  const next = form.action('next')
  await next.click()
  await expect.poll(() => next.textContent()).toBe('Загружаем…')
  expect(await next.getAttribute('aria-disabled')).toBe('true')
  await expect.poll(() => form.root.locator('[role=status]').textContent()).toBe('Загружаем…')
  expect(await form.control('amount').inputValue()).toBe('30\u00a0000')
  release()
  await form.step('person')
  await form.action('back').click()
  expect(await form.control('amount').inputValue()).toBe('30\u00a0000')
  await page.close()
})

it('a file that is lost once is asked for again', async () => {
  const { page, form, attempts } = await openFirstStep((route, attempt) =>
    attempt === 1 ? route.abort('connectionreset') : route.continue(),
  )
  await expect.poll(attempts).toBeGreaterThan(0)
  await form.action('next').click()
  await form.step('person')
  expect(attempts()).toBeGreaterThan(1)
  await page.close()
})

it('where the file stays away, the form says what to do, keeps the answers, and goes on once it is there', async () => {
  let isBlocked = true
  const { page, form } = await openFirstStep((route) => (isBlocked ? route.abort() : route.continue()))
  await form.action('next').click()
  const alert = form.root.locator('[role=alert]')
  await expect
    .poll(() => alert.textContent())
    .toBe('Не удалось загрузить продолжение. Ваши ответы на месте: проверьте связь и нажмите ещё раз.')
  expect(await form.action('next').textContent()).toBe('Продолжить')
  expect(await form.control('amount').inputValue()).toBe('30\u00a0000')
  isBlocked = false
  await form.action('next').click()
  await form.step('person')
  expect(await alert.count()).toBe(0)
  await page.close()
})
