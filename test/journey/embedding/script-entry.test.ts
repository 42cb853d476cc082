import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acceptAndSubmit, type FormPage, openForm, typeAnswers } from '../support/pages/form-page.ts'
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

const script = '<script async src="/anketa.js"></script>'
const element = '<div data-anketa data-relay="/forms/main"></div>'

interface PageSource {
  readonly head?: string
  readonly body: string
}

/** Opens a page of the demonstration's origin that is written like this. */
async function open({ head = '', body }: PageSource): Promise<{ page: Page; said: string[] }> {
  const page = await stage.browser.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`))
  await page.route('**/page', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><meta charset="utf-8"><title>Page</title>${head}<body>${body}`,
    }),
  )
  await page.goto(`${stage.demo().url}/page`)
  return { page, said }
}

/** How many forms a page shows, once it shows this many. */
async function expectForms(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.locator('[data-step=loan]').count()).toBe(count)
  // One more would come within moments.
  await page.waitForTimeout(200)
  expect(await page.locator('[data-step=loan]').count()).toBe(count)
}

describe('a form appears', () => {
  it.each<[string, PageSource, number]>([
    ['with the script in the head', { head: script, body: element }, 1],
    ['with the script at the end', { body: `${element}<p>…</p>${script}` }, 1],
    ['in several elements', { body: `${element}${element}${script}` }, 2],
    [
      'once an element, however often the snippet is pasted',
      { body: `${element}${script}${element}${script}` },
      2,
    ],
    ['in an element that is hidden', { body: `<div hidden>${element}</div>${script}` }, 1],
    [
      'at the script tag itself',
      { body: '<main><script async src="/anketa.js" data-anketa data-relay="/forms/main"></script></main>' },
      1,
    ],
    [
      'at the script tag itself, once, when the tag is pasted twice',
      { body: '<script async src="/anketa.js" data-anketa data-relay="/forms/main"></script>'.repeat(2) },
      1,
    ],
    [
      'in the element that the script tag names, which comes later',
      {
        head: '<script async src="/anketa.js" data-anketa data-target="#here" data-relay="/forms/main"></script>',
        body: '<p>…</p><div id="here"></div>',
      },
      1,
    ],
    ['in <anketa-form>', { body: `<anketa-form relay="/forms/main"></anketa-form>${script}` }, 1],
    [
      'where a tag manager brings the script',
      {
        body: `${element}<script>
          const tag = document.createElement('script')
          tag.src = '/anketa.js'
          document.head.append(tag)
        </script>`,
      },
      1,
    ],
    [
      'where an optimiser evaluates the script late and without its attributes',
      {
        body: `${element}<script type="text/late" src="/anketa.js"></script><script>
          addEventListener('load', async () => {
            const code = await (await fetch('/anketa.js')).text()
            setTimeout(new Function(code), 50)
          })
        </script>`,
      },
      1,
    ],
    [
      'beside one that is set up wrong',
      { body: `<div data-anketa data-relay="javascript:1"></div><div data-anketa></div>${element}${script}` },
      1,
    ],
  ])('%s', async (_, written, count) => {
    const { page, said } = await open(written)
    await expectForms(page, count)
    expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
    await page.close()
  })

  it('when its element comes, goes with it, and stays when that is moved', async () => {
    const { page } = await open({ body: `<section></section>${script}` })
    await page.waitForFunction('window.Anketa')
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<div class="popup">${element}</div>')`,
    )
    await expectForms(page, 1)
    await page.locator('[data-field=amount] input').fill('30000')
    await page.evaluate(`document.querySelector('section').append(document.querySelector('.popup'))`)
    await expectForms(page, 1)
    expect(await page.locator('[data-field=amount] input').inputValue()).toBe('30\u00a0000')
    await page.evaluate(`
      popup = document.querySelector('.popup')
      popup.remove()
    `)
    await expectForms(page, 0)
    expect(await page.evaluate('popup.innerHTML')).toBe('<div data-anketa="" data-relay="/forms/main"></div>')
    await page.evaluate('document.body.append(popup)')
    await expectForms(page, 1)
    expect(await page.locator('[data-field=amount] input').inputValue()).toBe('')
    await page.close()
  })

  it('when an element is marked later, and not again once a program has taken it away', async () => {
    const { page } = await open({ body: `<div id="late" data-relay="/forms/main"></div>${script}` })
    await page.waitForFunction('window.Anketa')
    await page.evaluate(`document.querySelector('#late').setAttribute('data-anketa', '')`)
    await expectForms(page, 1)
    await page.evaluate(`Anketa.mount(document.querySelector('#late')).destroy()`)
    await page.evaluate(`document.body.append(document.createElement('p'))`)
    await expectForms(page, 0)
    await page.close()
  })
})

describe('a call that is made before the script has come', () => {
  it('is kept by the stub, pasted twice or not, and carried out then', async () => {
    const stub = await readFile(new URL('../../../dist/anketa-stub.js', import.meta.url), 'utf8')
    const { page } = await open({
      head: `<script>${stub}</script><script>${stub}</script>`,
      body: `<div id="Anketa"></div><div id="here"></div><script>
        Anketa.mount(document.querySelector('#here'), { relay: '/forms/main', values: { amount: 30000 } })
      </script>${script}`,
    })
    await expectForms(page, 1)
    expect(await page.locator('[data-field=amount] input').inputValue()).toBe('30\u00a0000')
    expect(await page.evaluate('Object.keys(Anketa).join()')).toBe('mount,scan,version')
    await page.close()
  })
})

describe('of two versions on a page', () => {
  it('the first has the global, the element and the forms', async () => {
    const { page, said } = await open({
      body: `${element}<anketa-form relay="/forms/main"></anketa-form>${script}`,
    })
    await expectForms(page, 2)
    await page.route('**/other.js', async (route) => {
      const response = await page.request.get(`${stage.demo().url}/anketa.js`)
      const other = (await response.text()).replace('version:`0.1.0`', 'version:`9.9.9`')
      await route.fulfill({ contentType: 'text/javascript', body: other })
    })
    await page.addScriptTag({ url: '/other.js' })
    expect(await page.evaluate('Anketa.version')).toBe('0.1.0')
    await page.evaluate(`document.body.append(document.createElement('p'))`)
    await expectForms(page, 2)
    expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
    await page.close()
  })
})

describe('counters', () => {
  it('hear of every goal once, in order, and a page that is left after acceptance waits for them', async () => {
    const page = await stage.browser.newPage()
    const goals: string[] = []
    await page.exposeFunction('hear', (goal: string) => goals.push(goal))
    await page.route('**/thanks**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Спасибо</h1>' }),
    )
    await page.route('**/page', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><meta charset="utf-8"><title>Page</title><script>
            ym = (id, method, goal, parameters, done) => {
              hear(goal + ' ' + JSON.stringify(parameters))
              if (done) setTimeout(done, 50)
            }
          </script>
          <div data-anketa data-relay="/forms/main" data-metrika="123" data-redirect="/thanks?lead={leadId}"></div>${script}`,
      }),
    )
    const form: FormPage = await openForm(page, `${stage.demo().url}/page`)
    const person = createPerson(seeded)
    await typeAnswers(form, person, 'at once')
    await form.action('back').click()
    await form.action('next').click()
    await acceptAndSubmit(form)
    await page.waitForURL('**/thanks**')
    const [lead] = new URL(page.url()).searchParams.getAll('lead')
    expect(lead).toMatch(/^[0-9a-f-]{36}$/)
    expect(goals.map((goal) => goal.split(' ')[0])).toEqual([
      'loan_form_view',
      'loan_form_start',
      'loan_form_step_2',
      'loan_form_step_3',
      'loan_form_step_4',
      'loan_form_consent',
      'loan_form_submit',
      'loan_form_success',
    ])
    expect(goals.at(-1)).toContain(lead)
    expect(goals.join()).not.toContain(person.lastName)
    await page.close()
  })

  it('that are blocked keep nobody', async () => {
    const { page } = await open({
      body: `<div data-anketa data-relay="/forms/main" data-metrika="123" data-redirect="/thanks"></div>${script}`,
    })
    await page.route('**/*tracking.js*', (route) => route.abort())
    await page.route('**/thanks', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Спасибо</h1>' }),
    )
    const form = await openForm(page, `${stage.demo().url}/page`)
    await typeAnswers(form, createPerson(seeded), 'at once')
    await acceptAndSubmit(form)
    await page.waitForURL('**/thanks**')
    await page.close()
  })
})
