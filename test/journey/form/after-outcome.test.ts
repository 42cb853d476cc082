import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { presets } from '../../../src/form/presets/presets.ts'
import { sampleValues } from '../../../src/form/sample-values.ts'
import { formatLeadNumber } from '../../../src/lead/lead-number.ts'
import { createCustomPage, renderContainer } from '../support/pages/custom-page.ts'
import { type FormPage, openForm } from '../support/pages/form-page.ts'
import { monitorPage, monitorPolicy } from '../support/pages/monitor-page.ts'
import { createVariantCounts, themedPage } from '../support/pages/variants.ts'
import { type HostPage, openHostPage } from '../support/pages/host-page.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

/** What a person enters, none of which occurs in any text of the page. */
const marked = { firstName: 'Меткаимя', phone: '+7 900 000-00-73' }

/** Every spelling that a value could have in an address. */
const traces = [
  'Меткаимя',
  'меткаимя',
  encodeURIComponent('Меткаимя'),
  '9000000073',
  '000-00-73',
  '000000073',
]

async function apply(form: FormPage, ticks = true): Promise<void> {
  await form.control('firstName').fill(marked.firstName)
  await form.control('phone').fill(marked.phone)
  if (ticks) await form.consent('processing').check()
  await form.action('submit').click()
  await form.step('result')
}

/** Counts the leads that a page posts, and keeps their ids. */
function recordLeads(page: Page): readonly string[] {
  const ids: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/leads')) return
    const lead: { readonly id: string } = JSON.parse(request.postData() ?? '')
    ids.push(lead.id)
  })
  return ids
}

describe.each([640, 740])('on a phone of 360 × %i, a declined person', (height) => {
  it('reaches an offer by one press, without scrolling', async () => {
    const page = await environment.browser.newPage({ viewport: { width: 360, height } })
    const violations = await monitorPolicy(page)
    const { consoleMessages } = monitorPage(page)
    const leads = recordLeads(page)
    const form = await openForm(page, `${environment.demo().url}/offers?utm_source=vk%20ads`)
    await apply(form)
    const button = form.root.locator('[data-action=offer]').first()
    // The form itself has scrolled to it. The person has not.
    const { y = -1, height: tall = 0 } = (await button.boundingBox()) ?? {}
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y + tall).toBeLessThanOrEqual(height)
    const title = await form.root.locator('[part=title]').boundingBox()
    expect(title?.y).toBeGreaterThanOrEqual(0)
    expect(title?.y).toBeLessThan(height)

    const popup = page.waitForEvent('popup')
    await button.click()
    const partner = await popup
    await partner.waitForLoadState()
    const address = new URL(partner.url())
    expect(Object.fromEntries(address.searchParams)).toEqual({
      partner: 'first',
      sub1: 'vk ads',
      lead: leads[0],
      number: formatLeadNumber(leads[0] ?? ''),
      erid: '2VtzqPrimerPervyi',
    })
    expect(await partner.evaluate('window.opener')).toBeNull()
    expect(page.url()).toContain('/offers')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    // Logos come from the relay.
    expect(await form.root.locator('img').count()).toBe(2)
    expect(violations).toEqual([])
    expect(consoleMessages).toEqual([])
    await partner.close()
    await page.close()
  })
})

it('by the keyboard alone, every offer and the new application are reached in order', async () => {
  const page = await environment.browser.newPage({ viewport: { width: 360, height: 640 } })
  const form = await openForm(page, `${environment.demo().url}/offers`)
  await apply(form)
  const reached: string[] = []
  for (let count = 0; count < 4; count += 1) {
    await page.keyboard.press('Tab')
    const focused = form.root.locator(':focus')
    reached.push((await focused.getAttribute('data-action')) ?? '')
    const ring = await focused.evaluate((element) => getComputedStyle(element).outlineStyle)
    expect(ring).toBe('solid')
  }
  expect(reached).toEqual(['offer', 'offer', 'offer', 'again'])
  await page.keyboard.press('Shift+Tab')
  const popup = page.waitForEvent('popup')
  await page.keyboard.press('Enter')
  expect((await popup).url()).toContain('partner=third')
  await page.close()
})

it('no value gets into a link, a redirect, an event, a goal or a request of another kind', async () => {
  const context = await environment.browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const requests: string[] = []
  context.on('request', (request) => {
    const isLead = request.method() === 'POST' && request.url().endsWith('/leads')
    requests.push(
      `${request.method()} ${request.url()} ${isLead ? '' : (request.postData() ?? '')} ${JSON.stringify(request.headers())}`,
    )
  })
  await page.addInitScript(() => {
    const seen: string[] = []
    Reflect.set(window, 'seen', seen)
    for (const name of ['ready', 'step', 'issues', 'submit', 'outcome', 'error', 'offer'])
      document.addEventListener(`anketa:${name}`, (event) => {
        seen.push(`${name} ${JSON.stringify(Reflect.get(event, 'detail'))}`)
      })
    Reflect.set(window, 'ym', (...call: readonly unknown[]) => seen.push(`ym ${JSON.stringify(call)}`))
  })
  await page.route(`${environment.demo().url}/offers?*`, async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(
      'data-anketa ',
      'data-anketa data-metrika="1" data-data-layer ',
    )
    await route.fulfill({ response, body })
  })
  const leads = recordLeads(page)
  const form = await openForm(page, `${environment.demo().url}/offers?utm_source=vk&yclid=77`)
  await apply(form)
  const links = await form.root
    .locator('a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  expect(links).toHaveLength(4)
  for (const offer of await form.root.locator('[data-action=offer]').all()) {
    const popup = page.waitForEvent('popup')
    await offer.click()
    await (await popup).waitForLoadState()
  }
  const seen: readonly string[] = await page.evaluate(
    '[...seen, ...dataLayer.map((goal) => JSON.stringify(goal))]',
  )
  expect(seen.filter((text) => text.startsWith('offer'))).toHaveLength(3)
  expect(seen.filter((text) => text.startsWith('ym') && text.includes('loan_form_offer'))).toHaveLength(3)
  expect(seen.filter((text) => text.startsWith('{') && text.includes('loan_form_offer'))).toHaveLength(3)
  expect(requests.filter((text) => text.includes('/partner?'))).toHaveLength(3)
  const all = [...links, ...seen, ...requests, page.url(), ...context.pages().map((one) => one.url())].join(
    '\n',
  )
  expect(all).toContain(leads[0])
  expect(traces.filter((trace) => all.includes(trace))).toEqual([])
  await context.close()
})

it('of all fields that any form asks, no value gets into a link, a redirect, an event or a goal', async () => {
  const { url } = environment.demo()
  const fields = Object.values(presets)
    .flatMap(({ steps }) => steps.flatMap((step) => step.fields.map(({ name }) => name)))
    .filter((name, index, all) => all.indexOf(name) === index)
    .map((name) => ({ name }))
  const steps = [{ id: 'all', title: 'Всё', fields }]
  const values = sampleValues({ steps })
  const macros = [
    'leadId',
    'number',
    'outcome',
    'utm_source',
    'channel',
    'subId1',
    'referrer',
    'phone',
    'lastName',
  ]
  const query = macros.map((name) => `${name}={${name}}`).join('&')
  const offer = { title: 'Пример', url: `${url}/partner?${query}` }
  const body = renderContainer({
    relay: '/forms/main',
    metrika: 1,
    'data-layer': true,
    channel: '{utm_source}',
  })
  const { page } = await createCustomPage(environment, body)
  await page.route('**/forms/main', async (route) => {
    const served: object = await (await route.fetch()).json()
    const after = { declined: { redirect: `${url}/partner?next=1&${query}`, offers: [offer] } }
    await route.fulfill({ json: { ...served, steps, after } })
  })
  await page.route('**/leads', (route) => route.fulfill({ json: { id: 'any', outcome: 'declined' } }))
  await page.addInitScript(() => {
    const kept: unknown = sessionStorage.getItem('seen')
    const seen: string[] = typeof kept === 'string' ? JSON.parse(kept) : []
    const record = (...facts: readonly unknown[]): void => {
      seen.push(JSON.stringify(facts))
      sessionStorage.setItem('seen', JSON.stringify(seen))
    }
    for (const name of ['ready', 'step', 'issues', 'submit', 'outcome', 'error', 'offer'])
      document.addEventListener(`anketa:${name}`, (event) => record(name, Reflect.get(event, 'detail')))
    Reflect.set(window, 'ym', (...call: readonly unknown[]) => record('ym', ...call.slice(0, 4)))
    Reflect.set(window, 'dataLayer', { push: (goal: unknown) => record('dataLayer', goal) })
  })
  const lead = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/leads'),
  )
  const form = await openForm(page, `${url}/custom-page`)
  const handle = "Anketa.mount(document.querySelector('[data-anketa]'), {})"
  await page.evaluate(`${handle}.setValues(${JSON.stringify(values)})`)
  for (const id of ['processing', 'transfer']) await form.consent(id).check()
  await page.evaluate(`${handle}.submit()`)
  const sent: { readonly values: Readonly<Record<string, unknown>> } = (await lead).postDataJSON()
  expect(Object.keys(sent.values).length).toBeGreaterThan(40)
  await form.step('result')
  const links = await form.root
    .locator('a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  await page.waitForURL('**/partner?next=1*')
  const seen: unknown = await page.evaluate("sessionStorage.getItem('seen')")
  const all = [...links, page.url(), String(seen)].join('\n')
  expect(all).toContain('declined')
  const spellings = Object.values(sent.values)
    .filter((value) => String(value).length > 3 && typeof value !== 'boolean')
    .flatMap((value) => [String(value), encodeURIComponent(String(value)), String(value).replace(/\D/g, '')])
    .filter((text) => text.length > 3)
  expect(spellings.length).toBeGreaterThan(60)
  expect(spellings.filter((text) => all.includes(text))).toEqual([])
  await page.close()
})

it('a new application keeps the answers, asks for the consents again, and is another lead', async () => {
  const page = await environment.browser.newPage()
  const leads = recordLeads(page)
  const form = await openForm(page, `${environment.demo().url}/offers`)
  await apply(form)
  await form.root.locator('[data-action=again]').click()
  await form.step('contact')
  expect(await form.control('firstName').inputValue()).toBe(marked.firstName)
  expect(await form.control('phone').inputValue()).toBe(marked.phone)
  expect(await form.consent('processing').isChecked()).toBe(false)
  await form.action('submit').click()
  await form.root.locator('[data-consent] [part=error]').waitFor()
  expect(leads).toHaveLength(1)
  await form.consent('processing').check()
  await form.action('submit').click()
  await form.step('result')
  expect(leads).toHaveLength(2)
  expect(new Set(leads).size).toBe(2)
  await page.close()
})

describe('a redirect', () => {
  /** Opens a page whose declined form goes to the partner's page. */
  async function openRedirecting(): Promise<{ readonly form: HostPage; readonly leads: readonly string[] }> {
    const form = await openHostPage(environment, {
      formId: 'offers',
      attributes:
        'data-redirect-declined="/partner?lead={leadId}&amp;number={number}&amp;status={status}&amp;phone={phone}"',
    })
    const leads = recordLeads(form.page)
    await apply(form)
    return { form, leads }
  }

  it('lets the person see the result first, and Back neither loops nor sends again', async () => {
    const { form, leads } = await openRedirecting()
    const { page } = form
    const shownAt = Date.now()
    await form.root.getByText('Через несколько секунд откроется').waitFor()
    await page.waitForURL('**/partner?*')
    expect(Date.now() - shownAt).toBeGreaterThan(2000)
    const { searchParams } = new URL(page.url())
    expect(Object.fromEntries(searchParams)).toEqual({
      lead: leads[0],
      number: formatLeadNumber(leads[0] ?? ''),
      status: 'declined',
      phone: '',
    })
    await page.goBack()
    await page.waitForURL('**/guest')
    await page.waitForTimeout(4500)
    expect(page.url()).toContain('/guest')
    expect(leads).toHaveLength(1)
    await page.close()
  })

  it('can be taken at once', async () => {
    const { form } = await openRedirecting()
    const pressedAt = Date.now()
    await form.root.locator('[data-action=continue]').click()
    await form.page.waitForURL('**/partner?*')
    expect(Date.now() - pressedAt).toBeLessThan(2500)
    await form.page.close()
  })

  it.each(['offer', 'again'])('does not take the page away from who presses "%s"', async (action) => {
    const { form } = await openRedirecting()
    await form.root.locator(`[data-action=${action}]`).first().click()
    await form.page.waitForTimeout(4500)
    expect(form.page.url()).toContain('/guest')
    await form.page.close()
  })

  it('does not come from a form that is gone', async () => {
    const { form } = await openRedirecting()
    await form.page.evaluate("Anketa.mount(document.querySelector('[data-anketa]'), {}).destroy()")
    await form.page.waitForTimeout(4500)
    expect(form.page.url()).toContain('/guest')
    await form.page.close()
  })
})

it.each([
  ['in a shadow root', ''],
  ['in the page itself', 'data-shadow="false"'],
])('%s, axe finds no violations on the offers, however they are seen', async (mode, attributes) => {
  const counts = createVariantCounts()
  for (const look of ['plain', 'soft', 'bold']) {
    const form = await openHostPage(environment, {
      ...themedPage(`${attributes} data-look="${look}"`),
      formId: 'offers',
    })
    await apply(form)
    await counts.check(form, `offers-${look}${attributes && '-page'}`)
    const heights = await form.root
      .locator('a.anketa-button, button')
      .evaluateAll((all) => all.map((target) => target.getBoundingClientRect().height))
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
    expect(await form.root.locator('[class*="anketa-"]:not([part], .anketa-unseen)').count()).toBe(0)
    await form.page.close()
  }
  process.stdout.write(`${mode}\n${counts.table()}\n`)
})
