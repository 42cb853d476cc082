import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acceptAndSubmit, type FormPage, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { monitorPage } from '../support/pages/monitor-page.ts'
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

const script = '<script async src="/anketa.js"></script>'
const element = '<div data-anketa data-relay="/forms/main"></div>'

interface PageSource {
  readonly head?: string
  readonly body: string
}

/** Opens a page at the demo's origin with this source. */
async function open({ head = '', body }: PageSource): Promise<{ page: Page; exceptions: readonly string[] }> {
  const page = await environment.browser.newPage()
  const { exceptions } = monitorPage(page)
  await page.route('**/page', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><meta charset="utf-8"><title>Page</title>${head}<body>${body}`,
    }),
  )
  await page.goto(`${environment.demo().url}/page`)
  return { page, exceptions }
}

/** Expects that a page shows this many forms. */
async function expectForms(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.locator('[data-step=loan]').count()).toBe(count)
  // A further form would appear within moments.
  await page.waitForTimeout(200)
  expect(await page.locator('[data-step=loan]').count()).toBe(count)
}

describe('a form appears', () => {
  it.each<[string, PageSource, number]>([
    ['with the script in the head', { head: script, body: element }, 1],
    ['with the script at the end', { body: `${element}<p>…</p>${script}` }, 1],
    ['in several elements', { body: `${element}${element}${script}` }, 2],
    [
      'once in each container, even if the snippet is pasted twice',
      { body: `${element}${script}${element}${script}` },
      2,
    ],
    ['in a hidden element', { body: `<div hidden>${element}</div>${script}` }, 1],
    [
      'at the script tag itself',
      { body: '<main><script async src="/anketa.js" data-anketa data-relay="/forms/main"></script></main>' },
      1,
    ],
    [
      'at the script tag itself, once, if the tag is pasted twice',
      { body: '<script async src="/anketa.js" data-anketa data-relay="/forms/main"></script>'.repeat(2) },
      1,
    ],
    [
      'in the element that the script tag names, which follows later',
      {
        head: '<script async src="/anketa.js" data-anketa data-target="#here" data-relay="/forms/main"></script>',
        body: '<p>…</p><div id="here"></div>',
      },
      1,
    ],
    ['in <anketa-form>', { body: `<anketa-form relay="/forms/main"></anketa-form>${script}` }, 1],
    [
      'with a script that a tag manager inserts',
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
      'with a script that an optimiser evaluates late and without its attributes',
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
      'next to one with wrong options',
      { body: `<div data-anketa data-relay="javascript:1"></div><div data-anketa></div>${element}${script}` },
      1,
    ],
  ])('%s', async (_, source, count) => {
    const { page, exceptions } = await open(source)
    await expectForms(page, count)
    expect(exceptions).toEqual([])
    await page.close()
  })

  it('when its container is added, disappears with it, and stays when it is moved', async () => {
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

  it('when an element is marked later, and not again after the form is destroyed', async () => {
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

describe('a page of 30,000 nodes', () => {
  it('is searched once; later only what is added to it, once a frame', async () => {
    const { page } = await open({ body: `${element}${'<p><b>…</b></p>'.repeat(10_000)}${script}` })
    await expectForms(page, 1)
    const result: { readonly document: number; readonly elements: number; readonly forms: number } =
      await page.evaluate(`(async () => {
        const counts = { document: 0, elements: 0 }
        for (const [name, prototype] of [['document', Document.prototype], ['elements', Element.prototype]]) {
          const { querySelectorAll } = prototype
          prototype.querySelectorAll = function (selector) {
            counts[name] += 1
            return querySelectorAll.call(this, selector)
          }
        }
        for (let round = 0; round < 100; round += 1) {
          document.body.append('text', document.createElement('i'))
          document.body.lastChild.remove()
          document.body.firstElementChild.title = round
          await 0
        }
        const late = document.createElement('section')
        late.innerHTML = '<div data-anketa data-relay="/forms/main"></div>'
        document.body.append(late)
        while (!late.querySelector('[data-anketa-status=ready]')) await new Promise(requestAnimationFrame)
        return { ...counts, forms: document.getElementsByClassName('anketa-host').length }
      })()`)
    expect(result.forms).toBe(2)
    expect(result.document).toBe(0)
    // The elements that were added, and the form itself.
    expect(result.elements).toBeLessThan(150)
    await page.close()
  })
})

describe('a call before the script has loaded', () => {
  it('is queued by the stub, even if it is pasted twice, and made later', async () => {
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

describe('two versions on a page', () => {
  it('leave the global, the element and the forms to the first one', async () => {
    const { page, exceptions } = await open({
      body: `${element}<anketa-form relay="/forms/main"></anketa-form>${script}`,
    })
    await expectForms(page, 2)
    await page.route('**/other.js', async (route) => {
      const response = await page.request.get(`${environment.demo().url}/anketa.js`)
      const other = (await response.text()).replace('version:`0.1.0`', 'version:`9.9.9`')
      await route.fulfill({ contentType: 'text/javascript', body: other })
    })
    await page.addScriptTag({ url: '/other.js' })
    expect(await page.evaluate('Anketa.version')).toBe('0.1.0')
    await page.evaluate(`document.body.append(document.createElement('p'))`)
    await expectForms(page, 2)
    expect(exceptions).toEqual([])
    await page.close()
  })
})

describe('analytics counters', () => {
  it('receive every goal once and in order, and the redirect after acceptance waits for them', async () => {
    const page = await environment.browser.newPage()
    const goals: string[] = []
    await page.exposeFunction('reportGoal', (goal: string) => goals.push(goal))
    await page.route('**/thanks**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Спасибо</h1>' }),
    )
    await page.route('**/page?*', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><meta charset="utf-8"><title>Page</title><script>
            ym = (id, method, goal, parameters, done) => {
              reportGoal(goal + ' ' + JSON.stringify(parameters))
              if (done) setTimeout(done, 50)
            }
          </script>
          <div data-anketa data-relay="/forms/main" data-metrika="123" data-variant="b" data-redirect="/thanks?lead={leadId}&amp;outcome={outcome}&amp;source={utm_source}&amp;phone={phone}"></div>${script}`,
      }),
    )
    const form: FormPage = await openForm(page, `${environment.demo().url}/page?utm_source=ads`)
    const person = createPerson(random)
    await typeAnswers(form, person, 'at once')
    await form.action('back').click()
    await form.action('next').click()
    await acceptAndSubmit(form)
    await page.waitForURL('**/thanks**')
    const { lead, ...macros } = Object.fromEntries(new URL(page.url()).searchParams)
    expect(lead).toMatch(/^[0-9a-f-]{36}$/)
    expect(macros).toEqual({ outcome: 'accepted', source: 'ads', phone: '' })
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
    for (const goal of goals) expect(goal).toContain('{"form":"main","variant":"b"')
    expect(goals.join()).not.toContain(person.lastName)
    await page.close()
  })

  it('do not delay the redirect if they are blocked', async () => {
    const { page } = await open({
      body: `<div data-anketa data-relay="/forms/main" data-metrika="123" data-redirect="/thanks"></div>${script}`,
    })
    await page.route('**/*tracking.js*', (route) => route.abort())
    await page.route('**/thanks', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Спасибо</h1>' }),
    )
    const form = await openForm(page, `${environment.demo().url}/page`)
    await typeAnswers(form, createPerson(random), 'at once')
    await acceptAndSubmit(form)
    await page.waitForURL('**/thanks**')
    await page.close()
  })
})
