import type { CDPSession, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

const warmUps = 20
const measured = 200

/** Functions for the page that show a form and remove it, one for each way to embed it. */
const mountMethods = {
  'in a shadow root': `async (keep) => {
    const element = document.body.appendChild(document.createElement('div'))
    const form = Anketa.mount(element, { relay: '/forms/main' })
    await form.ready
    form.setValues({ amount: 30000, termDays: 30 })
    const arrived = new Promise((resolve) => element.addEventListener('anketa:step', resolve))
    form.next()
    await arrived
    keep(form)
    form.destroy()
    element.remove()
  }`,
  'in the page itself': `async (keep) => {
    const element = document.body.appendChild(document.createElement('div'))
    const form = Anketa.mount(element, { relay: '/forms/main', shadow: false })
    await form.ready
    element.querySelector('[data-field=amount] input').focus()
    keep(form)
    form.destroy()
    element.remove()
  }`,
  'as <anketa-form>': `async (keep) => {
    const element = document.createElement('anketa-form')
    element.relay = '/forms/main'
    const ready = new Promise((resolve) => element.addEventListener('anketa:ready', resolve))
    document.body.append(element)
    await ready
    keep(element.handle)
    element.remove()
    await 0
  }`,
  'in an element with data-anketa that a script adds and removes': `async (keep) => {
    const element = document.createElement('div')
    element.dataset.anketa = ''
    element.dataset.relay = '/forms/main'
    const ready = new Promise((resolve) => element.addEventListener('anketa:ready', resolve))
    document.body.append(element)
    await ready
    keep(Anketa.mount(element))
    element.remove()
    await 0
  }`,
} as const

it.each(Object.entries(mountMethods))('a form %s leaks nothing in 200 rounds', async (_, method) => {
  const page = await emptyPage()
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await page.evaluate(`handles = []; show = ${method}`)

  await repeat(page, warmUps)
  const before = await count(page, session)
  await repeat(page, measured)
  const after = await count(page, session)

  expect(after.handles).toBe(0)
  expect(after).toEqual(before)
  await page.close()
})

it('control: a leaked listener, element and handle are detected', async () => {
  const page = await emptyPage()
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await page.evaluate(`handles = []; kept = []; show = ${mountMethods['in a shadow root']}`)
  await repeat(page, 3)
  const before = await count(page, session)
  await page.evaluate(`
    addEventListener('resize', () => kept)
    document.body.append(document.createElement('hr'))
    show((handle) => { kept.push(handle); handles.push(new WeakRef(handle)) })
  `)
  const after = await count(page, session)
  // With the kept one, the engine may keep the one before it.
  expect(after.handles).toBeGreaterThan(before.handles)
  expect(after.nodes).toBeGreaterThan(before.nodes)
  expect(after.jsEventListeners).toBeGreaterThan(before.jsEventListeners)
  await page.close()
})

/** A page with the script and without a form. The relay's definition is fetched once. */
async function emptyPage(): Promise<Page> {
  const page = await environment.browser.newPage()
  const { url } = environment.demo()
  const definition = await (await fetch(`${url}/forms/main`)).text()
  await page.route(`${url}/forms/main`, (route) =>
    route.fulfill({ contentType: 'application/json', body: definition }),
  )
  await page.route(`${url}/page`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><title>Page</title><body><script src="/anketa.js"></script>',
    }),
  )
  await page.goto(`${url}/page`)
  return page
}

async function repeat(page: Page, times: number): Promise<void> {
  await page.evaluate(`(async () => {
    for (let time = 0; time < ${times}; time += 1) await show((handle) => handles.push(new WeakRef(handle)))
  })()`)
}

/** Counts what the browser holds after pending work has run and garbage is collected. */
async function count(page: Page, session: CDPSession) {
  // Pending idle callbacks and timers hold references until they have run.
  await page.evaluate(`(async () => {
    document.activeElement?.blur?.()
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      await new Promise((resolve) => requestIdleCallback(resolve))
    }
  })()`)
  for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage')
  const { documents, nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  const handles = await page.evaluate<number>(`handles.filter((handle) => handle.deref()).length`)
  return { documents, nodes, jsEventListeners, handles }
}
