import { describe, expect, it, onTestFinished } from 'vitest'
import { mount, type FormHandle, type Options } from '../../../src/entries/index.ts'
import { define, processing } from '../../form/define.ts'
import {
  agree,
  inputOf,
  place,
  recordConsole,
  relay,
  rootOf,
  startRelay,
  twoSteps,
  type,
} from '../support/relay-page.ts'

/** Mounts a form until the end of the test, and waits for it. */
async function show(
  container: HTMLElement,
  options: Partial<Omit<Options, 'relay'>> = {},
): Promise<FormHandle> {
  const form = mount(container, {
    ...options,
    relay,
    provider: undefined,
    providerOptions: undefined,
    exposeCredentials: undefined,
  })
  onTestFinished(() => form.destroy())
  await form.ready
  return form
}

/** Fills in the first step and goes to the second. */
function fillFirst(container: HTMLElement, form: FormHandle): void {
  type(container, 'amount', '30000')
  type(container, 'lastName', 'Иванов')
  form.next()
}

/** Fills in everything and sends it. */
async function send(container: HTMLElement, form: FormHandle): Promise<void> {
  fillFirst(container, form)
  await expect.poll(() => rootOf(container).querySelector('[data-consent]')).not.toBeNull()
  type(container, 'phone', '+79000000001')
  agree(container)
  form.submit()
}

describe('the result', () => {
  it.each([
    ['ru', 'lender', 'кредитору'],
    ['ru', 'broker', 'кредиторам'],
    ['ru', 'callback', 'Мы позвоним вам'],
    ['en', 'callback', 'We will call you'],
  ] as const)('in the locale %s says who receives the application: a %s', async (locale, receiver, words) => {
    startRelay({ ...twoSteps, receiver })
    const container = place()
    await send(container, await show(container, { locale }))
    await expect.poll(() => rootOf(container).querySelector('[part=result]')?.textContent).toContain(words)
  })

  it("has the page's own words for every receiver", async () => {
    startRelay({ ...twoSteps, receiver: 'callback' })
    const container = place()
    const messages = { results: { accepted: { title: 'Ждите звонка' } } }
    await send(container, await show(container, { messages }))
    await expect
      .poll(() => rootOf(container).querySelector('[part=result]')?.textContent)
      .toContain('Ждите звонка')
    expect(rootOf(container).textContent).toContain('Мы позвоним вам')
  })
})

describe('inputs that a password manager sets without an event', () => {
  const fillSilently = (container: HTMLElement): void => {
    inputOf(container, 'amount').value = '30000'
    inputOf(container, 'lastName').value = 'иванов'
  }

  it('are read by every call that acts on the form', async () => {
    startRelay()
    const container = place()
    const form = await show(container)
    fillSilently(container)
    form.next()
    expect(form.state.step).toBe(form.state.steps[1])
    expect(form.state.values).toMatchObject({ amount: 30_000, lastName: 'Иванов' })
    await expect.poll(() => rootOf(container).querySelector('[data-consent]')).not.toBeNull()
    agree(container)
    inputOf(container, 'phone').value = '8 900 000-00-01'
    form.back()
    expect(form.state.values).toMatchObject({ phone: '+79000000001' })
  })

  it('are sent by submit', async () => {
    const { leads } = startRelay()
    const container = place()
    const form = await show(container)
    fillFirst(container, form)
    await expect.poll(() => rootOf(container).querySelector('[data-consent]')).not.toBeNull()
    agree(container)
    inputOf(container, 'phone').value = '8 900 000-00-01'
    form.submit()
    await expect.poll(() => leads.at(-1)?.values).toMatchObject({ phone: '+79000000001' })
  })

  it('stay when an option changes', async () => {
    startRelay()
    const container = place()
    const form = await show(container)
    fillSilently(container)
    form.update({ theme: 'dark' })
    await form.ready
    expect(form.state.values).toMatchObject({ amount: 30_000 })
  })
})

describe('an element', () => {
  it('has one form: mounting again returns the same one, until it is destroyed', async () => {
    startRelay()
    const container = place()
    const form = await show(container)
    expect(mount(container, { relay })).toBe(form)
    expect(container.children).toHaveLength(1)
    form.destroy()
    expect(mount(container, { relay })).not.toBe(form)
  })

  it('keeps its content until the form is ready, and gets it back', async () => {
    const page = startRelay()
    const container = place('<div><p>Позвоните нам</p></div>')
    const form = mount(container, { relay })
    expect(container.textContent).toBe('Позвоните нам')
    expect(container.getAttribute('data-anketa-status')).toBe('loading')
    await form.ready
    expect(container.textContent).toBe('')
    expect(container.getAttribute('data-anketa-status')).toBe('ready')
    form.destroy()
    expect(container.outerHTML).toBe('<div><p>Позвоните нам</p></div>')
    expect(page.leads).toEqual([])
  })

  it('that is mounted, destroyed and mounted again immediately, as in a strict mode, has one form', async () => {
    startRelay()
    const container = place()
    mount(container, { relay }).destroy()
    await show(container)
    expect(container.children).toHaveLength(1)
  })

  it('shows that its form failed, and can be mounted again', async () => {
    const lines = recordConsole()
    startRelay()
    const container = place('<div>Позвоните нам</div>')
    const events: unknown[] = []
    container.addEventListener('anketa:error', (event) =>
      events.push(event instanceof CustomEvent && event.detail),
    )
    const failed = mount(container, { relay: '/forms/mian' })
    await expect(failed.ready).rejects.toThrow('404')
    expect(container.getAttribute('data-anketa-status')).toBe('failed')
    expect(container.textContent).toBe('Позвоните нам')
    expect(failed.state.status).toBe('unavailable')
    expect(events).toEqual([{ code: 'definition' }])
    await expect.poll(() => lines.join()).toContain('no such form')
    const form = await show(container)
    expect(form).not.toBe(failed)
    expect(form.state.status).toBe('filling')
  })

  it('without a source reports what is missing, and throws nothing', async () => {
    const lines = recordConsole()
    const container = place('<div data-theme="dark"></div>')
    const withoutSource: Options = JSON.parse('{}')
    await expect(mount(container, withoutSource).ready).rejects.toThrow('"relay"')
    await expect.poll(() => lines.join()).toContain('data-relay')
  })

  it('has attributes that take precedence over the options of a call', async () => {
    const page = startRelay()
    const container = place('<div data-channel="element" data-value-amount="50000"></div>')
    const form = await show(container, {
      channel: 'call',
      subId1: 'call',
      values: { amount: 1000, lastName: 'Петров' },
    })
    expect(form.state.values).toEqual({ amount: 50_000, lastName: 'Петров' })
    form.setValues({ phone: '+79000000001' })
    form.next()
    await expect.poll(() => rootOf(container).querySelector('[data-consent]')).not.toBeNull()
    agree(container)
    form.submit()
    await expect.poll(() => page.leads).toHaveLength(1)
    expect(page.leads[0]?.attribution).toMatchObject({ channel: 'element', subId1: 'call' })
  })
})

it.each([true, false])('a form is hidden with its element (shadow: %s)', async (shadow) => {
  startRelay()
  const popup = place('<div style="visibility: hidden; pointer-events: none"><div></div></div>')
  const [container] = popup.getElementsByTagName('div')
  if (!container) throw new TypeError('expected an element')
  await show(container, { shadow })
  const { visibility, pointerEvents } = getComputedStyle(inputOf(container, 'amount'))
  expect([visibility, pointerEvents]).toEqual(['hidden', 'none'])
})

describe('the state of a form', () => {
  it('describes the form, and notifies a listener until it unsubscribes', async () => {
    startRelay()
    const container = place()
    const form = mount(container, { relay })
    onTestFinished(() => form.destroy())
    expect(form.state).toMatchObject({
      step: undefined,
      steps: [],
      status: 'loading',
      values: {},
      issues: [],
    })
    await form.ready
    const states: unknown[] = []
    const stop = form.state.subscribe(({ step, issues }) => states.push([step, issues.length]))
    expect(form.state).toMatchObject({ step: 'step-0', steps: ['step-0', 'step-1'], status: 'filling' })
    form.next()
    expect(form.state.issues).toEqual([
      { field: 'amount', code: 'required' },
      { field: 'lastName', code: 'required' },
    ])
    expect(form.state.step).toBe('step-0')
    form.setValues({ amount: 30_000, lastName: 'Иванов' })
    expect(form.state.values).toEqual({ amount: 30_000, lastName: 'Иванов' })
    form.next()
    expect(form.state.step).toBe('step-1')
    const calls = states.length
    expect(states.at(-1)).toEqual(['step-1', 0])
    stop()
    form.back()
    expect(states).toHaveLength(calls)
  })

  it('is not stopped by a listener that fails', async () => {
    const lines = recordConsole()
    startRelay()
    const container = place()
    const form = await show(container)
    form.state.subscribe(({ values }) => {
      throw new RangeError(`mine: ${JSON.stringify(values)}`)
    })
    type(container, 'amount', '30000')
    expect(form.state.values).toEqual({ amount: 30_000 })
    await expect.poll(() => lines.join()).toContain('RangeError')
    // The console is not for what a person has entered.
    expect(lines.join()).not.toContain('30000')
  })

  it('reaches the result, where no personal data is left', async () => {
    startRelay()
    const container = place()
    const form = await show(container)
    await send(container, form)
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(form.state).toMatchObject({ step: 'result', values: {} })
  })
})

describe('calls before a form is shown', () => {
  it('take effect once it is shown, in order', async () => {
    startRelay()
    const container = place()
    const form = mount(container, { relay })
    onTestFinished(() => form.destroy())
    form.setValues({ amount: 30_000, lastName: 'Иванов' })
    form.goTo('step-1')
    await form.ready
    expect(form.state).toMatchObject({ step: 'step-1', values: { amount: 30_000 } })
  })

  it('have no effect if it is destroyed', async () => {
    startRelay()
    const container = place()
    const form = mount(container, { relay })
    form.next()
    form.destroy()
    await form.ready
    expect(container.children).toHaveLength(0)
    expect(form.state.status).toBe('unavailable')
  })
})

describe('options that change', () => {
  it('keep what was typed, complete or not, the step, the consents and the lead', async () => {
    const page = startRelay()
    const container = place()
    const form = await show(container)
    fillFirst(container, form)
    await expect.poll(() => form.state.step).toBe('step-1')
    type(container, 'phone', '+7 900')
    agree(container)
    form.update({ theme: 'dark', channel: 'new' })
    await expect.poll(() => rootOf(container).querySelector('[data-theme=dark]')).not.toBeNull()
    expect(form.state.step).toBe('step-1')
    expect(inputOf(container, 'phone').value).toBe('+7 900')
    type(container, 'phone', '+79000000001')
    form.submit()
    await expect.poll(() => page.leads).toHaveLength(1)
    expect(page.leads[0]).toMatchObject({
      values: { amount: 30_000, lastName: 'Иванов', phone: '+79000000001' },
      consents: [{ id: 'processing' }],
      attribution: { channel: 'new' },
    })
  })

  it('of language translate everything, and ask again for consents whose sentences differ', async () => {
    const page = startRelay()
    const container = place()
    const form = await show(container)
    fillFirst(container, form)
    await expect.poll(() => form.state.step).toBe('step-1')
    agree(container)
    form.update({ locale: 'en' })
    await expect.poll(() => rootOf(container).textContent).toContain('Mobile phone')
    type(container, 'phone', '+79000000001')
    form.submit()
    expect(form.state.issues).toEqual([{ field: 'consent.processing', code: 'consent-required' }])
    expect(page.leads).toEqual([])
  })

  it('of the definition keep the answers to fields that remain', async () => {
    const page = startRelay()
    const container = place()
    const form = await show(container)
    type(container, 'amount', '30000')
    type(container, 'lastName', 'Иван1')
    page.definition = define([{ name: 'lastName' }, { name: 'email' }])
    form.update({ minimumAge: 21 })
    await expect.poll(() => rootOf(container).querySelector('[data-field=email]')).not.toBeNull()
    expect(inputOf(container, 'lastName').value).toBe('Иван1')
    expect(form.state.values).toEqual({})
  })

  it('wait while a lead is being sent', async () => {
    const page = startRelay()
    const { promise, resolve: answer } = Promise.withResolvers<object>()
    page.answer = () => promise
    const container = place()
    const form = await show(container)
    await send(container, form)
    await expect.poll(() => form.state.status).toBe('sending')
    form.update({ locale: 'en' })
    answer({ outcome: 'invalid', issues: [{ field: 'phone', code: 'phone-incomplete' }] })
    await expect.poll(() => rootOf(container).textContent).toContain('Mobile phone')
    expect(inputOf(container, 'phone').value).toBe('+7 900 000-00-01')
    page.answer = () => ({ outcome: 'accepted' })
    agree(container)
    form.submit()
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(page.leads[1]?.id).toBe(page.leads[0]?.id)
  })

  it('as attributes of the element are followed', async () => {
    const page = startRelay()
    const container = place('<div data-channel="one"></div>')
    const form = await show(container)
    fillFirst(container, form)
    container.dataset['theme'] = 'dark'
    container.dataset['channel'] = 'two'
    container.dataset['locale'] = 'en'
    container.className = 'of-the-page'
    await expect.poll(() => rootOf(container).querySelector('[data-theme=dark]')).not.toBeNull()
    expect(rootOf(container).textContent).toContain('Mobile phone')
    Reflect.deleteProperty(container.dataset, 'theme')
    await expect.poll(() => rootOf(container).querySelector('[data-theme=light]')).not.toBeNull()
    type(container, 'phone', '+79000000001')
    agree(container)
    form.submit()
    await expect.poll(() => page.leads).toHaveLength(1)
    expect(page.leads[0]?.attribution).toEqual({ channel: 'two' })
  })

  it('that have equal values render nothing again', async () => {
    startRelay()
    const container = place()
    const form = await show(container, { values: { amount: 1000 } })
    const host = container.firstElementChild
    type(container, 'amount', '30000')
    form.update({ values: { amount: 1000 }, theme: undefined })
    expect(container.firstElementChild).toBe(host)
    expect(form.state.values).toEqual({ amount: 30_000 })
    form.update({ values: { amount: 2000 } })
    expect(form.state.values).toEqual({ amount: 2000 })
    expect(container.firstElementChild).toBe(host)
  })

  it('that fail leave the form as it is', async () => {
    const lines = recordConsole()
    startRelay()
    const container = place()
    const form = await show(container)
    type(container, 'amount', '30000')
    form.update({ relay: '/forms/mian' })
    await expect.poll(() => lines.join()).toContain('404')
    expect(form.state).toMatchObject({ status: 'filling', values: { amount: 30_000 } })
    expect(container.getAttribute('data-anketa-status')).toBe('ready')
  })
})

describe('the URL of the page', () => {
  it('fills in only the allowed fields, and never a consent', async () => {
    const lines = recordConsole()
    const before = location.href
    history.replaceState(
      null,
      '',
      '?amount=30+000&lastName=%3Cb%3E&phone=79000000001&processing=true&consent-processing=on',
    )
    onTestFinished(() => history.replaceState(null, '', before))
    startRelay()
    const container = place('<div data-prefill-from-url="amount,lastName"></div>')
    const form = await show(container, { values: { amount: 1000, lastName: 'Иванов' } })
    expect(form.state.values).toEqual({ amount: 30_000, lastName: 'Иванов' })
    await expect.poll(() => lines.join()).toContain('значение для «lastName»')
    form.setValues({ phone: '+79000000001' })
    form.submit()
    expect(form.state.issues).toEqual([{ field: 'consent.processing', code: 'consent-required' }])
  })
})

describe('a page', () => {
  it('gets everything through events and callbacks, and nothing personal', async () => {
    startRelay()
    const container = place()
    const events: unknown[] = []
    for (const name of ['ready', 'step', 'issues', 'submit', 'outcome', 'error'])
      container.addEventListener(`anketa:${name}`, (event) => {
        if (event instanceof CustomEvent) events.push([name, event.detail])
      })
    const calls: unknown[] = []
    const record = (name: string) => (detail: object) => calls.push([name, detail])
    const form = await show(container, {
      onReady: record('ready'),
      onStep: record('step'),
      onIssues: record('issues'),
      onSubmit: record('submit'),
      onOutcome: record('outcome'),
    })
    form.next()
    await send(container, form)
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(calls).toEqual(events)
    expect(events).toMatchObject([
      ['ready', {}],
      ['issues', { step: 'step-0', codes: ['required', 'required'] }],
      ['step', { id: 'step-1', index: 1, total: 2, direction: 'forward' }],
      ['submit', { leadId: expect.any(String) }],
      ['outcome', { outcome: 'accepted', leadId: expect.any(String) }],
    ])
    expect(JSON.stringify(events)).not.toMatch(/Иванов|9000000001|key/)
  })

  it('never loses a lead to an exception in a callback', async () => {
    const lines = recordConsole()
    const page = startRelay()
    const container = place()
    const fail = (): never => {
      throw new RangeError('of the page')
    }
    const form = await show(container, { onReady: fail, onStep: fail, onSubmit: fail, onOutcome: fail })
    await send(container, form)
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(page.leads).toHaveLength(1)
    await expect.poll(() => lines.filter((line) => line.includes('of the page'))).toHaveLength(4)
  })

  it.each<[string, () => unknown]>([
    ['returns false', () => false],
    ['resolves to false', async () => false],
    [
      'throws',
      () => {
        throw new RangeError('no')
      },
    ],
  ])('stops a lead if beforeSubmit %s, and the person sees that', async (_, beforeSubmit) => {
    recordConsole()
    const page = startRelay()
    const container = place()
    const form = await show(container, { beforeSubmit })
    await send(container, form)
    await expect.poll(() => rootOf(container).textContent).toContain('Заявка пока не отправлена')
    expect(form.state.status).toBe('failed')
    expect(page.leads).toEqual([])
  })

  it('is asked before a lead is sent, with its values, and awaited', async () => {
    const page = startRelay()
    const container = place()
    const leads: unknown[] = []
    const form = await show(container, {
      async beforeSubmit(lead) {
        await new Promise((resolve) => setTimeout(resolve, 10))
        leads.push(lead)
      },
    })
    await send(container, form)
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(leads).toEqual([{ leadId: page.leads[0]?.id, values: page.leads[0]?.values }])
  })

  it('can stop a lead by preventing the event', async () => {
    const page = startRelay()
    const container = place()
    container.addEventListener('anketa:submit', (event) => event.preventDefault())
    const form = await show(container)
    await send(container, form)
    await expect.poll(() => form.state.status).toBe('failed')
    expect(page.leads).toEqual([])
  })
})

describe('a form that is destroyed', () => {
  it.each([true, false])('leaves nothing on the page (shadow: %s)', async (shadow) => {
    startRelay(define([{ name: 'issuePlace' }, { name: 'phone' }]))
    const listeners = countListeners()
    const sheets = document.adoptedStyleSheets.length
    const container = place('<div>Позвоните нам</div>')
    const other = place()
    const form = await show(container, { shadow, metrika: 1, theme: 'dark' })
    const otherForm = await show(other, { shadow })
    type(container, 'phone', '+7900')
    await expect.poll(() => rootOf(container).querySelector('[role=combobox]')).not.toBeNull()
    form.destroy()
    otherForm.destroy()
    expect(container.outerHTML).toBe('<div>Позвоните нам</div>')
    expect(document.adoptedStyleSheets).toHaveLength(sheets)
    expect(listeners()).toEqual([])
  })

  it('removes its styles only if no other form of the page uses them', async () => {
    startRelay()
    const before = document.adoptedStyleSheets.length
    const [one, other] = [place(), place()]
    const first = await show(one, { shadow: false })
    const second = await show(other, { shadow: false })
    const used = document.adoptedStyleSheets.length
    first.destroy()
    expect(document.adoptedStyleSheets).toHaveLength(used)
    second.destroy()
    expect(document.adoptedStyleSheets).toHaveLength(before)
    expect(before).toBeLessThan(used)
  })

  it('ignores an answer that arrives later', async () => {
    const page = startRelay()
    const { promise, resolve: answer } = Promise.withResolvers<object>()
    page.answer = () => promise
    const container = place()
    const events: string[] = []
    container.addEventListener('anketa:outcome', () => events.push('outcome'))
    const form = await show(container)
    await send(container, form)
    await expect.poll(() => page.leads).toHaveLength(1)
    form.destroy()
    answer({ outcome: 'accepted' })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(events).toEqual([])
  })
})

describe('in test mode', () => {
  it('the problems of a definition are shown on the page, after the content of the element', async () => {
    recordConsole()
    const container = place('<div>Позвоните нам</div>')
    const wrong: Options = JSON.parse(
      '{"test":true,"form":{"id":"a","steps":[{"id":"a","title":"a","fields":["phnoe"]}]}}',
    )
    const form = mount(container, wrong)
    await expect(form.ready).rejects.toThrow('steps.0.fields.0')
    await expect
      .poll(() => container.querySelector('[role=alert]')?.textContent)
      .toContain('возможно, «phone»?')
    expect(container.textContent).toContain('Позвоните нам')
    form.destroy()
    expect(container.innerHTML).toBe('Позвоните нам')
  })

  it('they are on the console alone if test mode is off', async () => {
    const lines = recordConsole()
    const page = startRelay()
    const container = place(
      '<div><script type="application/json">{"id":"a","steps":[]}</script>Позвоните нам</div>',
    )
    const form = mount(container, { relay })
    await expect(form.ready).rejects.toThrow('steps')
    await expect.poll(() => lines).toEqual([expect.stringContaining('steps: ожидается хотя бы один шаг')])
    expect(container.querySelector('[role=alert]')).toBeNull()
    expect(page.leads).toEqual([])
  })

  it('nothing is sent, and no documents are needed', async () => {
    const page = startRelay()
    const container = place()
    const { steps } = twoSteps
    const form = mount(container, { test: true, form: { id: 'a', steps } })
    onTestFinished(() => form.destroy())
    await form.ready
    form.setValues({ amount: 30_000, lastName: 'Иванов', phone: '+79000000001' })
    form.submit()
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(page.leads).toEqual([])
    expect(rootOf(container).textContent).toContain('Тестовый режим')
    form.update({ locale: 'en' })
    form.reset()
    await expect.poll(() => rootOf(container).textContent).toContain('Test mode.')
    expect(rootOf(container).textContent).not.toContain('Тестовый режим')
  })
})

it('a definition inside the element is used with the documents of the relay', async () => {
  startRelay()
  const container = place(
    `<div><script type="application/json">{"id":"own","steps":[{"id":"step-0","title":"Деньги","fields":["lastName","amount"]},{"id":"step-1","title":"Телефон","fields":["phone"]}]}</script></div>`,
  )
  const form = await show(container)
  expect(rootOf(container).querySelector('h2')?.textContent).toBe('Деньги')
  fillFirst(container, form)
  await expect.poll(() => rootOf(container).querySelector('[data-consent]')).not.toBeNull()
  expect(rootOf(container).querySelector('[data-consent]')?.getAttribute('data-consent')).toBe(processing.id)
})

/** Records listeners on the window and the document. Returns a function that lists the types of those that are left. */
function countListeners(): () => readonly string[] {
  const left: string[] = []
  for (const target of [window, document]) {
    const add = target.addEventListener
    const remove = target.removeEventListener
    target.addEventListener = (type: string, ...rest: [EventListener, AddEventListenerOptions?]) => {
      const [, options] = rest
      left.push(type)
      options?.signal?.addEventListener('abort', () => left.splice(left.indexOf(type), 1))
      add.call(target, type, ...rest)
    }
    target.removeEventListener = (type: string, ...rest: [EventListener]) => {
      if (left.includes(type)) left.splice(left.indexOf(type), 1)
      remove.call(target, type, ...rest)
    }
    onTestFinished(() => {
      target.addEventListener = add
      target.removeEventListener = remove
    })
  }
  return () => left
}
