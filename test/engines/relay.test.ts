import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { strictPolicy } from '../../demo/pages/scenarios.ts'
import { hooks } from '../../src/entries/testing.ts'
import {
  expectedDevtekBody,
  expectedFullDevtekBody,
  fullAnswers,
} from '../journey/support/expected-devtek-body.ts'
import { type TestServers, startTestServers } from '../journey/support/test-environment.ts'
import { deleteNewerApis, newerApis } from './newer-apis.ts'
import {
  person,
  sendCallback,
  sendShortApplication,
  typePassport,
  typePerson,
} from './support/application.ts'
import type { Engine } from './support/engine.ts'
import { startEngine } from './support/start-engine.ts'
import { type EngineForm, openEngineForm } from './support/engine-form.ts'
import { type PageServer, startPageServer } from './support/page-server.ts'

let servers: TestServers
let engine: Engine
let pages: PageServer

beforeAll(async () => {
  ;[servers, engine] = await Promise.all([startTestServers(), startEngine(inject('engine'))])
  pages = await startPageServer(servers.demo().url)
})

afterAll(async () => {
  pages.close()
  await engine.close()
  await servers.close()
})

afterEach(() => servers.sandbox.clear())

/** The body of the one lead that the sandbox received, and the date in it, which is the time of receipt. */
async function receivedLead() {
  const [request, ...others] = await servers.sandbox.received()
  expect(others).toEqual([])
  const body: { readonly data: { readonly main: { readonly sopd_date: string } } } = JSON.parse(
    request?.rawBody ?? '',
  )
  return { body, date: body.data.main.sopd_date }
}

describe('an application arrives as documented', () => {
  it('from the short form', async () => {
    const form = await openEngineForm(engine, servers.demo().url)
    await sendShortApplication(form)
    await form.status('accepted')
    const { body, date } = await receivedLead()
    expect(body).toEqual(expectedDevtekBody(person, servers.demo(), date))
  })

  it('from the whole form', async () => {
    const { url } = servers.demo()
    const form = await openEngineForm(engine, `${url}/full`)
    await form.step('loan')
    await fill(form, { amount: person.amount, termDays: person.termDays })
    await form.choose('creditHistory', '2')
    await form.choose('deposit', '3')
    await form.press('next')
    await typePerson(form)
    await typePassport(form)
    await form.step('address')
    await fill(form, fullAnswers.address)
    await form.press('next')
    await form.step('job')
    await form.choose('employment', '4')
    await fill(form, fullAnswers.job)
    await form.press('next')
    await form.step('consents')
    await form.submit()
    await form.status('accepted')
    const { body, date } = await receivedLead()
    expect(body).toEqual(expectedFullDevtekBody(person, { url }, date))
  })

  it('from a browser without what the oldest supported ones lack', async () => {
    const address = pages.add({
      body: '<div data-anketa data-relay="/forms/main"></div>',
      firstScript: deleteNewerApis,
    })
    const form = await openEngineForm(engine, address)
    expect(await engine.evaluate(`[[].toSorted, URL.canParse, self.structuredClone]`)).toEqual([
      null,
      null,
      null,
    ])
    await sendShortApplication(form)
    await form.status('accepted')
    const { body, date } = await receivedLead()
    const expected = expectedDevtekBody(person, servers.demo(), date)
    expect(body).toEqual({
      ...expected,
      data: { ...expected.data, main: { ...expected.data.main, sopd_site: address } },
    })
  })
})

async function fill(form: EngineForm, texts: Readonly<Record<string, string | number>>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) {
    await form.type(name, text)
    await engine.press('Tab')
  }
}

describe('a masked field', () => {
  /** Types into a field, and returns its text with the caret after that and after each of the keys. */
  async function edit(form: EngineForm, name: string, text: string, keys: readonly string[]) {
    await form.type(name, text)
    const states = [await form.caret()]
    for (const key of keys) {
      await engine.press(key)
      states.push(await form.caret())
    }
    return states
  }

  it('keeps the caret at its place when it is edited in the middle', async () => {
    const form = await openEngineForm(engine, servers.demo().url)
    const keys = ['ArrowLeft', 'ArrowLeft', '5', 'Backspace', 'Backspace', 'Delete', 'Home', '1']
    expect(await edit(form, 'amount', '30000', keys)).toEqual(
      ['30 000|', '30 00|0', '30 0|00', '300 5|00', '30 0|00', '3 0|00', '30|0', '|300', '1| 300'].map(
        (state) => state.replaceAll(' ', '\u00a0'),
      ),
    )
    await form.type('amount', 30_000)
    await form.type('termDays', 30)
    await form.press('next')
    await form.step('person')
    expect(
      await edit(form, 'phone', '89000000031', [
        'ArrowLeft',
        'ArrowLeft',
        'ArrowLeft',
        'Backspace',
        '7',
        'Delete',
      ]),
    ).toEqual([
      '+7 900 000-00-31|',
      '+7 900 000-00-3|1',
      '+7 900 000-00-|31',
      '+7 900 000-00|-31',
      '+7 900 000-0|3-1',
      '+7 900 000-07|-31',
      '+7 900 000-07|-1',
    ])
    expect(
      await edit(form, 'birthDate', '17051990', ['Home', 'ArrowRight', 'Backspace', '2', 'Delete']),
    ).toEqual(['17.05.1990|', '|17.05.1990', '1|7.05.1990', '|70.51.990', '2|7.05.1990', '2|0.51.990'])
  })

  it('reads what is pasted', async () => {
    const form = await openEngineForm(
      engine,
      pages.add({ body: '<div data-anketa data-relay="/forms/callback"></div>' }),
    )
    await form.paste('phone', '8 (900) 000-00-31')
    expect(await form.caret()).toBe('+7 900 000-00-31|')
    await form.paste('firstName', 'Anna')
    expect(await form.text('firstName')).toBe('Anna')
  })

  it('lets an edit be taken back', async ({ skip }) => {
    if (!engine.undo) return skip('WPE WebKit has no undo, not even in a plain field')
    const form = await openEngineForm(engine, servers.demo().url)
    await edit(form, 'amount', '30000', ['ArrowLeft', 'ArrowLeft', 'Backspace'])
    expect(await form.text('amount')).toBe('3\u00a0000')
    await engine.undo()
    expect(await form.text('amount')).toBe('30\u00a0000')
    await form.paste('amount', '50 000 ₽')
    expect(await form.text('amount')).toBe('50\u00a0000')
    await engine.undo()
    expect(await form.text('amount')).toBe('30\u00a0000')
    return undefined
  })
})

describe('the list of places', () => {
  const cities = [
    { name: 'Киров', region: 'Калужская область', kladr: '4000000200000' },
    { name: 'Киров', region: 'Кировская область', kladr: '4300000100000', population: 468_000 },
    { name: 'Тюмень', region: 'Тюменская область', kladr: '7200000100000', population: 861_000 },
  ]

  async function openList(text: string): Promise<EngineForm> {
    const list = JSON.stringify({ cities })
    const body = `<div data-anketa data-relay="/forms/main" data-places='${list}'></div>`
    const form = await openEngineForm(engine, pages.add({ body }))
    await engine.evaluate(`void Anketa.mount(document.querySelector('[data-anketa]'), {}).goTo('passport')`)
    await form.step('passport')
    // The list's code comes while the step is shown.
    await form.appears('[data-field=city] [role=combobox]')
    await form.type('city', text)
    await form.appears('[role=option]')
    return form
  }

  it('is used with keys', async () => {
    const form = await openList('Киров')
    await engine.press('ArrowDown', 'ArrowDown')
    const active = await form.ask(
      ({ find, active: focused }) =>
        find(`#${focused()?.getAttribute('aria-activedescendant')}`)?.textContent,
    )
    expect(active).toContain('Калужская область')
    await engine.press('Enter')
    expect(await form.text('city')).toBe('Киров')
    expect(await form.text('region')).toBe('Калужская область')
    expect(await form.ask(({ find }) => find('[data-step]')?.dataset['step'])).toBe('passport')
  })

  it('is used with the mouse', async () => {
    const form = await openList('тюм')
    await form.click('[role=option]')
    expect(await form.text('city')).toBe('Тюмень')
    expect(await form.text('region')).toBe('Тюменская область')
    expect(await form.focused()).toBe('city')
  })
})

it('a step with errors is refused with words, and the first field has the focus', async () => {
  const form = await openEngineForm(engine, servers.demo().url)
  await form.type('amount', 5)
  await form.press('next')
  await form.appears(hooks.message('amount'))
  await form.appears(hooks.message('termDays'))
  expect(await form.focused()).toBe('amount')
  expect(await form.message('amount')).toContain('1\u00a0000')
  expect(await form.ask(({ find }) => find('[role=status]')?.textContent)).toMatch(/^Осталось исправить: 2/)
  await form.type('amount', 30_000)
  await form.press('next')
  await form.waitFor(({ find }, selector) => find(selector) === undefined, hooks.message('amount'))
  expect(await form.focused()).toBe('termDays')
})

describe('a form', () => {
  it('is dark if the page wants that', async () => {
    const body = '<div data-anketa data-relay="/forms/callback" data-theme="dark"></div>'
    const form = await openEngineForm(engine, pages.add({ body }))
    const readStyles = () =>
      form.ask(({ find }) => {
        const { color, backgroundColor, colorScheme } = getComputedStyle(find('[data-step]') ?? document.body)
        return { color, backgroundColor, colorScheme }
      })
    // Without constructed style sheets the form is hidden until its file of styles is there.
    await expect.poll(readStyles).toEqual({
      color: 'rgb(234, 241, 238)',
      backgroundColor: 'rgb(24, 33, 29)',
      colorScheme: 'dark',
    })
  })

  it('works in the page itself, without a shadow root', async () => {
    const body = '<div data-anketa data-relay="/forms/callback" data-shadow="false"></div>'
    const form = await openEngineForm(engine, pages.add({ body }))
    expect(await engine.evaluate(`document.querySelectorAll('[data-step]').length`)).toBe(1)
    await sendCallback(form)
    await form.status('accepted')
  })

  it('works under the strictest policy of the documentation', async () => {
    expect((await readFile('docs/csp.md', 'utf8')).replaceAll('\n', ' ')).toContain(strictPolicy)
    const body = '<div data-anketa data-relay="/forms/callback"></div>'
    const firstScript = `
      window.violations = []
      document.addEventListener('securitypolicyviolation', function (event) {
        // Firefox reports the icon that it looks for itself.
        if (!/favicon/.test(event.blockedURI)) window.violations.push(event.effectiveDirective)
      })`
    const form = await openEngineForm(engine, pages.add({ body, policy: strictPolicy, firstScript }))
    await sendCallback(form)
    await form.status('accepted')
    expect(await engine.evaluate('window.violations')).toEqual([])
    expect(
      await form.ask(({ find }) => getComputedStyle(find('[data-step]') ?? document.body).maxWidth),
    ).toBe('680px')
  })
})

it('the list of newer interfaces is deleted in a page', async () => {
  await engine.open(pages.add({ body: '', firstScript: deleteNewerApis }))
  const remaining = await engine.evaluate(
    `${JSON.stringify(newerApis.map(({ path }) => path))}.filter(function (path) {
      const names = path.split('.')
      const last = names.pop()
      const owner = names.reduce(function (object, name) { return object && object[name] }, window)
      return owner && last in owner
    })`,
  )
  expect(remaining).toEqual([])
})
