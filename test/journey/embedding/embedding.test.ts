import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openForm, type FormPage, typeAnswers } from '../support/pages/form-page.ts'
import { chunkPattern } from '../support/pages/chunk.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/seeded-random.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

const seeded = createRandomChoices()
let stage: TestEnvironment

beforeAll(async () => {
  stage = await startTestEnvironment()
})

afterAll(() => stage.close())

beforeEach(() => stage.sandbox.clear())

/** A page of the demonstration's origin with this body and the script. */
async function openPageWith(body: string): Promise<{ page: Page; url: string; said: string[] }> {
  const page = await stage.browser.newPage()
  const url = `${stage.demo().url}/page`
  const said: string[] = []
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`))
  await page.route(url, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><meta charset="utf-8"><title>Page</title>${body}<script async src="/anketa.js"></script>`,
    }),
  )
  return { page, url, said }
}

async function openFormWith(attributes: string): Promise<FormPage & { said: string[] }> {
  const { page, url, said } = await openPageWith(
    `<div data-anketa data-relay="/forms/main" ${attributes}></div>`,
  )
  return { ...(await openForm(page, url)), said }
}

describe('a page', () => {
  it('sets values, written as people write them, and marks of the traffic', async () => {
    const form = await openFormWith(
      'data-value-amount="30 000" data-value-term-days="30" data-value-phone="79000000001" data-value-passport-issued-code="720001" data-channel="vk" data-sub-id1="{utm_campaign}"',
    )
    expect(await form.control('amount').inputValue()).toBe('30\u00a0000')
    await form.action('next').click()
    await form.step('person')
    expect(await form.control('phone').inputValue()).toBe('+7 900 000-00-01')
    expect(form.said).toEqual([])
    await form.page.close()
  })

  it('is told of values and attributes that are slips, and keeps its form', async () => {
    const form = await openFormWith(
      'data-value-amuont="1" data-value-phone="123" data-chanel="vk" data-aos="fade-up"',
    )
    await expect
      .poll(() => form.said.join('\n'))
      .toContain('there is no field "amuont", did you mean "amount"?')
    expect(form.said.join('\n')).toContain('the value given for "phone"')
    expect(form.said.join('\n')).toContain(
      'there is no attribute "data-chanel", did you mean "data-channel"?',
    )
    expect(form.said.join('\n')).not.toContain('aos')
    expect(form.said.join('\n')).not.toContain('123')
    await form.page.close()
  })

  it('keeps what its element holds, and says why, when there is no such form', async () => {
    const { page, url, said } = await openPageWith(
      '<div data-anketa data-relay="/forms/mian">Позвоните нам</div>',
    )
    await page.goto(url)
    await expect.poll(() => said.join('\n')).toContain('404')
    expect(await page.getByText('Позвоните нам').isVisible()).toBe(true)
    expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
    await page.close()
  })

  it('has one form an element, however often the script and the calls are repeated', async () => {
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

  it('hears of each step and outcome, and never a personal datum', async () => {
    const form = await openFormWith('')
    await form.page.evaluate(`
      heard = []
      for (const name of ['step', 'issues', 'submit', 'outcome', 'error'])
        document.addEventListener('anketa:' + name, (event) => heard.push({ name, ...event.detail }))
    `)
    await stage.sandbox.switch({ mode: 'field-error', times: 1 })
    const person = createPerson(seeded)
    await typeAnswers(form, person, 'at once')
    await submit(form)
    await form.step('person')
    const heard = JSON.stringify(await form.page.evaluate('heard'))
    expect(heard).toContain('{"name":"step","id":"person","index":1,"total":4,"direction":"back"}')
    expect(heard).toContain('"outcome":"invalid"')
    expect(heard).not.toContain(person.lastName)
    expect(heard).not.toContain(`00000${person.phoneEnd}`)
    await form.page.close()
  })

  it('may stop a lead, which the person is told in other words than of a lost connection', async () => {
    const form = await openFormWith('')
    await form.page.evaluate(`document.addEventListener('anketa:submit', (event) => event.preventDefault())`)
    await typeAnswers(form, createPerson(seeded), 'at once')
    await submit(form)
    await form.status('failed')
    await form.root.getByText('Страница остановила отправку').waitFor()
    expect(await stage.sandbox.received()).toEqual([])
    await form.page.close()
  })

  it('stores nothing of what is entered', async () => {
    const form = await openFormWith('')
    await typeAnswers(form, createPerson(seeded), 'at once')
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

  /** The addresses of what the page loads for the element. */
  function asked(page: Page): readonly string[] {
    const urls: string[] = []
    page.on('request', (request) => {
      if (chunkPattern('extras').test(request.url())) urls.push(request.url())
    })
    return urls
  }

  it('is loaded once, for a page that has it now or gets it later', async () => {
    const { page, url, said } = await openPageWith(`${element}<main></main>`)
    const urls = asked(page)
    await page.goto(url)
    await expect.poll(() => page.locator('[data-field=amount] input').inputValue()).toBe('30\u00a0000')
    await page.evaluate(`
      const late = document.createElement('anketa-form')
      late.options = { relay: '/forms/main', values: { amount: 40000 } }
      document.querySelector('main').append(late)
    `)
    await expect.poll(() => page.locator('main [data-field=amount] input').inputValue()).toBe('40\u00a0000')
    expect(urls).toHaveLength(1)
    expect(said).toEqual([])
    await page.close()
  })

  it('is not loaded for a page that has none', async () => {
    const { page, url } = await openPageWith('<div data-anketa data-relay="/forms/main"></div>')
    const urls = asked(page)
    await openForm(page, url)
    expect(await page.evaluate(`customElements.get('anketa-form')`)).toBeUndefined()
    expect(urls).toEqual([])
    await page.close()
  })

  it('shows its form in a shadow root of the page, once that is scanned', async () => {
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

  it('that does not load leaves what it holds, tells the author, and comes with the next one', async () => {
    const { page, url, said } = await openPageWith(
      '<anketa-form relay="/forms/main">Позвоните нам</anketa-form><main></main>',
    )
    await page.route(chunkPattern('extras'), (route) => route.abort())
    await page.goto(url)
    await expect.poll(() => said.join()).toContain('<anketa-form> could not be loaded')
    expect(await page.getByText('Позвоните нам').isVisible()).toBe(true)
    await page.unroute(chunkPattern('extras'))
    await page.evaluate(`document.querySelector('main').innerHTML = '${element}'`)
    await expect.poll(() => page.locator('[data-field=amount] input').count()).toBe(2)
    expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
    await page.close()
  })
})

describe('a form', () => {
  it('whose documents changed while it was open asks for the consents anew and loses no answer', async () => {
    const { page, url } = await openPageWith('<div data-anketa data-relay="/forms/main"></div>')
    const definition = `${stage.demo().url}/forms/main`
    await page.route(definition, async (route) => {
      const response = await route.fetch()
      const json: { consents: { version: string }[] } = await response.json()
      await route.fulfill({
        json: { ...json, consents: json.consents.map((one) => ({ ...one, version: 'old' })) },
      })
    })
    const form = await openForm(page, url)
    await typeAnswers(form, createPerson(seeded), 'at once')
    await page.unroute(definition)
    await submit(form)
    await form.root.getByText('Форма обновилась').waitFor()
    await form.step('consents')
    expect(await form.consent('processing').isChecked()).toBe(false)
    await submit(form)
    await form.status('accepted')
    await page.close()
  })

  it('takes no changes while it is on its way, and an answer that comes after a reset changes nothing', async () => {
    const form = await openFormWith('')
    await stage.sandbox.switch({ mode: 'slow', slowMs: 1500, times: 1 })
    await typeAnswers(form, createPerson(seeded), 'at once')
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

  it('that is taken away gives its element back as it was', async () => {
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
