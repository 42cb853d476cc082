import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openForm, type FormPage, typeAnswers } from '../support/pages/form-page.ts'
import { monitorPage } from '../support/pages/monitor-page.ts'
import { chunkPattern } from '../support/pages/chunk.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const random = createRandomChoices()
let environment: TestEnvironment

beforeAll(async () => {
  environment = await startTestEnvironment()
})

afterAll(() => environment.close())

beforeEach(() => environment.sandbox.clear())

/** A page at the demo's origin with a body and the script. */
async function openPageWith(
  body: string,
): Promise<{ page: Page; url: string; consoleMessages: readonly string[] }> {
  const page = await environment.browser.newPage()
  const url = `${environment.demo().url}/page`
  const { consoleMessages } = monitorPage(page)
  await page.route(url, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><meta charset="utf-8"><title>Page</title>${body}<script async src="/anketa.js"></script>`,
    }),
  )
  return { page, url, consoleMessages }
}

async function openFormWith(attributes: string): Promise<FormPage & { consoleMessages: readonly string[] }> {
  const { page, url, consoleMessages } = await openPageWith(
    `<div data-anketa data-relay="/forms/main" ${attributes}></div>`,
  )
  return { ...(await openForm(page, url)), consoleMessages }
}

describe('a page', () => {
  it('sets values as people write them, and attribution parameters', async () => {
    const form = await openFormWith(
      'data-value-amount="30 000" data-value-term-days="30" data-value-phone="79000000001" data-value-passport-issued-code="720001" data-channel="vk" data-sub-id1="{utm_campaign}"',
    )
    expect(await form.control('amount').inputValue()).toBe('30\u00a0000')
    await form.action('next').click()
    await form.step('person')
    expect(await form.control('phone').inputValue()).toBe('+7 900 000-00-01')
    expect(form.consoleMessages).toEqual([])
    await form.page.close()
  })

  it('gets warnings about mistyped values and attributes, and still shows the form', async () => {
    const form = await openFormWith(
      'data-value-amuont="1" data-value-phone="123" data-chanel="vk" data-aos="fade-up"',
    )
    await expect
      .poll(() => form.consoleMessages.join('\n'))
      .toContain('нет поля «amuont»; возможно, «amount»?')
    await expect.poll(() => form.consoleMessages.join('\n')).toContain('значение для «phone»')
    await expect
      .poll(() => form.consoleMessages.join('\n'))
      .toContain('нет атрибута «data-chanel»; возможно, «data-channel»?')
    expect(form.consoleMessages.join('\n')).not.toContain('aos')
    expect(form.consoleMessages.join('\n')).not.toContain('123')
    await form.page.close()
  })

  it('keeps the content of the container and logs the reason if the form does not exist', async () => {
    const { page, url, consoleMessages } = await openPageWith(
      '<div data-anketa data-relay="/forms/mian">Позвоните нам</div>',
    )
    await page.goto(url)
    await expect.poll(() => consoleMessages.join('\n')).toContain('404')
    expect(await page.getByText('Позвоните нам').isVisible()).toBe(true)
    expect(consoleMessages.filter((line) => line.startsWith('uncaught'))).toEqual([])
    await page.close()
  })

  it('has one form for each container, even if the script and the calls are repeated', async () => {
    const form = await openFormWith('id="Anketa"')
    await form.control('amount').fill('30000')
    await form.page.evaluate(`
      Anketa.scan()
      Anketa.mount(document.querySelector('[data-anketa]'), { relay: '/forms/main' })
      const again = document.createElement('script')
      again.src = '/anketa.js?again'
      document.body.append(again)
      new Promise((resolve) => again.addEventListener('load', resolve))
    `)
    expect(await form.page.locator('[data-step]').count()).toBe(1)
    expect(await form.control('amount').inputValue()).toBe('30\u00a0000')
    await form.page.close()
  })

  it('receives an event for each step and outcome, without personal data', async () => {
    const form = await openFormWith('')
    await form.page.evaluate(`
      events = []
      for (const name of ['step', 'issues', 'submit', 'outcome', 'error'])
        document.addEventListener('anketa:' + name, (event) => events.push({ name, ...event.detail }))
    `)
    await environment.sandbox.switch({ mode: 'field-error', times: 1 })
    const person = createPerson(random)
    await typeAnswers(form, person, 'at once')
    await submit(form)
    await form.step('person')
    const events = JSON.stringify(await form.page.evaluate('events'))
    expect(events).toContain('{"name":"step","id":"person","index":1,"total":4,"direction":"back"}')
    expect(events).toContain('"outcome":"invalid"')
    expect(events).not.toContain(person.lastName)
    expect(events).not.toContain(`00000${person.phoneEnd}`)
    await form.page.close()
  })

  it('can cancel a lead, which shows another message than a lost connection', async () => {
    const form = await openFormWith('')
    await form.page.evaluate(`document.addEventListener('anketa:submit', (event) => event.preventDefault())`)
    await typeAnswers(form, createPerson(random), 'at once')
    await submit(form)
    await form.status('failed')
    await form.root.getByText('Заявка пока не отправлена').waitFor()
    expect(await environment.sandbox.received()).toEqual([])
    await form.page.close()
  })

  it('stores none of the entered values', async () => {
    const form = await openFormWith('')
    await typeAnswers(form, createPerson(random), 'at once')
    await submit(form)
    await form.status('accepted')
    const stored = await form.page.evaluate(
      `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.search])`,
    )
    expect(stored).toBe('[{},{},"",null,""]')
    await form.page.close()
  })
})

describe('<anketa-form>', () => {
  const element = '<anketa-form relay="/forms/main" value-amount="30000"></anketa-form>'

  /** The addresses of the chunks that the page loads for the element. */
  function collectChunkUrls(page: Page): readonly string[] {
    const urls: string[] = []
    page.on('request', (request) => {
      if (chunkPattern('extras').test(request.url())) urls.push(request.url())
    })
    return urls
  }

  it('is loaded once for elements that exist now or are added later', async () => {
    const { page, url, consoleMessages } = await openPageWith(`${element}<main></main>`)
    const urls = collectChunkUrls(page)
    await page.goto(url)
    await expect.poll(() => page.locator('[data-field=amount] input').inputValue()).toBe('30\u00a0000')
    await page.evaluate(`
      const late = document.createElement('anketa-form')
      late.options = { relay: '/forms/main', values: { amount: 40000 } }
      document.querySelector('main').append(late)
    `)
    await expect.poll(() => page.locator('main [data-field=amount] input').inputValue()).toBe('40\u00a0000')
    expect(urls).toHaveLength(1)
    expect(consoleMessages).toEqual([])
    await page.close()
  })

  it('is not loaded for a page without one', async () => {
    const { page, url } = await openPageWith('<div data-anketa data-relay="/forms/main"></div>')
    const urls = collectChunkUrls(page)
    await openForm(page, url)
    expect(await page.evaluate(`customElements.get('anketa-form')`)).toBeUndefined()
    expect(urls).toEqual([])
    await page.close()
  })

  it('shows its form in a shadow root of the page after a scan', async () => {
    const { page, url } = await openPageWith('<section></section>')
    await page.goto(url)
    await page.waitForFunction('window.Anketa')
    await page.evaluate(`
      const root = document.querySelector('section').attachShadow({ mode: 'open' })
      root.innerHTML = '${element}'
      Anketa.scan(root)
    `)
    await expect.poll(() => page.locator('[data-field=amount] input').inputValue()).toBe('30\u00a0000')
    await page.close()
  })

  it('shows its form even if its chunk does not load, logs that, and works with the next element', async () => {
    const { page, url, consoleMessages } = await openPageWith(
      '<anketa-form relay="/forms/main">Позвоните нам</anketa-form><main></main>',
    )
    await page.route(/\/extras-/, (route) => route.abort())
    await page.goto(url)
    await expect.poll(() => consoleMessages.join()).toContain('не удалось загрузить <anketa-form>')
    await page.locator('[data-field=amount] input').fill('20000')
    expect(await page.getByText('Позвоните нам').count()).toBe(0)
    await page.unroute(/\/extras-/)
    await page.evaluate(`document.querySelector('main').innerHTML = '${element}'`)
    await expect.poll(() => page.locator('[data-field=amount] input').count()).toBe(2)
    expect(consoleMessages.filter((line) => line.startsWith('uncaught'))).toEqual([])
    await page.close()
  })
})

describe('a form', () => {
  it('asks for the consents again if its documents changed while it was open, and keeps every answer', async () => {
    const { page, url } = await openPageWith('<div data-anketa data-relay="/forms/main"></div>')
    const definition = `${environment.demo().url}/forms/main`
    await page.route(definition, async (route) => {
      const response = await route.fetch()
      const json: { consents: { version: string }[] } = await response.json()
      await route.fulfill({
        json: { ...json, consents: json.consents.map((consent) => ({ ...consent, version: 'old' })) },
      })
    })
    const form = await openForm(page, url)
    await typeAnswers(form, createPerson(random), 'at once')
    await page.unroute(definition)
    await submit(form)
    await form.root.getByText('Форма обновилась').waitFor()
    await form.step('consents')
    expect(await form.consent('processing').isChecked()).toBe(false)
    await submit(form)
    await form.status('accepted')
    await page.close()
  })

  it('takes no changes while it is being sent, and ignores an answer after a reset', async () => {
    const form = await openFormWith('')
    await environment.sandbox.switch({ mode: 'slow', slowMs: 1500, times: 1 })
    await typeAnswers(form, createPerson(random), 'at once')
    await submit(form)
    await form.status('sending')
    await form
      .consent('advertising')
      .click({ force: true, timeout: 500 })
      .catch(() => undefined)
    expect(await form.consent('advertising').isChecked()).toBe(false)
    await form.page.evaluate(
      `Anketa.mount(document.querySelector('[data-anketa]'), { relay: '/forms/main' }).reset()`,
    )
    await form.step('loan')
    await form.control('amount').fill('55000')
    await form.page.waitForTimeout(2000)
    expect(await form.control('amount').inputValue()).toBe('55\u00a0000')
    expect(await form.root.getAttribute('data-status')).toBe('filling')
    await form.page.close()
  })

  it('restores its container when it is destroyed', async () => {
    const { page, url } = await openPageWith(
      '<div data-anketa data-relay="/forms/main"><p>Позвоните нам</p></div>',
    )
    const form = await openForm(page, url)
    await form.control('amount').fill('30000')
    await page.evaluate(
      `Anketa.mount(document.querySelector('[data-anketa]'), { relay: '/forms/main' }).destroy()`,
    )
    expect(await page.locator('[data-anketa]').innerHTML()).toBe('<p>Позвоните нам</p>')
    await page.evaluate('Anketa.scan()')
    await form.step('loan')
    expect(await form.control('amount').inputValue()).toBe('')
    await page.close()
  })
})

async function submit(form: FormPage): Promise<void> {
  await form.consent('processing').check()
  await form.consent('transfer').check()
  await form.action('submit').click()
}
