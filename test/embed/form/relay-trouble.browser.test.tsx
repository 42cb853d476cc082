import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type FormHandle, mount, type Options } from '../../../src/entries/index.ts'
import { define } from '../../form/define.ts'
import {
  agree,
  inputOf,
  place,
  recordConsole,
  relay,
  rootOf,
  startRelay,
  type,
} from '../support/relay-page.ts'

const fallback = '<div>Позвоните нам</div>'

function start(container: HTMLElement, options: Pick<Options, 'operator'> = {}): FormHandle {
  const form = mount(container, { ...options, relay })
  onTestFinished(() => form.destroy())
  return form
}

async function fillIn(container: HTMLElement, form: FormHandle): Promise<void> {
  type(container, 'amount', '30000')
  type(container, 'lastName', 'Иванов')
  form.next()
  await expect.poll(() => rootOf(container).querySelector('[data-consent]')).not.toBeNull()
  type(container, 'phone', '+79000000001')
  agree(container)
}

const alertOf = (container: HTMLElement) => rootOf(container).querySelector('[role=alert]')?.textContent ?? ''
const gatewayError = () => new Response('<html>Bad Gateway</html>', { status: 502 })

describe('a relay that does not answer', () => {
  it('is asked again until it does, and at once when the browser is online again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const lines = recordConsole()
    const page = startRelay()
    page.outage = gatewayError
    const container = place(fallback)
    const events: string[] = []
    for (const name of ['error', 'ready'])
      container.addEventListener(`anketa:${name}`, () => events.push(name))
    const form = start(container)
    const reasons: unknown[] = []
    form.ready.catch((reason: unknown) => reasons.push(reason))
    await vi.advanceTimersByTimeAsync(3900)
    expect(page.requests).toBe(2)
    expect(container.getAttribute('data-anketa-status')).toBe('loading')
    await vi.advanceTimersByTimeAsync(200)
    expect(reasons.join()).toContain('answered 502')
    expect(page.requests).toBe(3)
    expect(container.getAttribute('data-anketa-status')).toBe('failed')
    expect(form.state.status).toBe('unavailable')
    await vi.advanceTimersByTimeAsync(9000)
    expect(page.requests).toBe(4)
    await vi.advanceTimersByTimeAsync(27_000)
    expect(page.requests).toBe(5)
    expect(container.textContent).toBe('Позвоните нам')
    page.outage = undefined
    dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    vi.useRealTimers()
    await expect.poll(() => container.getAttribute('data-anketa-status')).toBe('ready')
    expect(page.requests).toBe(6)
    expect(form.state.status).toBe('filling')
    expect(events).toEqual(['error', 'ready'])
    expect(lines).toEqual([
      expect.stringMatching(/отвечает 502, описания формы в ответе нет \[object HTMLDivElement\]$/),
    ])
  })

  it('is no longer asked once the form is destroyed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    recordConsole()
    const page = startRelay()
    page.outage = gatewayError
    const form = start(place(fallback))
    form.ready.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(1100)
    form.destroy()
    await vi.advanceTimersByTimeAsync(200_000)
    expect(page.requests).toBe(2)
  })
})

describe('a relay that refuses a lead for what the form does not ask', () => {
  const refusal = {
    outcome: 'invalid',
    issues: [{ field: 'snils', code: 'required', message: 'Заполните это поле' }],
  }

  it('ends in words each time, with the answers kept, if its form is the same', async () => {
    const lines = recordConsole()
    const page = startRelay()
    page.answer = () => refusal
    const container = place()
    const form = start(container)
    await form.ready
    await fillIn(container, form)
    for (const attempt of [1, 2, 3]) {
      form.submit()
      await expect.poll(() => page.leads).toHaveLength(attempt)
      await expect.poll(() => lines).toHaveLength(attempt)
      expect(form.state.status).toBe('failed')
      expect(alertOf(container)).toContain('Ваши ответы на месте')
      expect(inputOf(container, 'phone').value).toBe('+7 900 000-00-01')
      expect(lines.at(-1)).toContain('snils')
    }
    page.answer = () => ({ outcome: 'accepted' })
    form.submit()
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(new Set(page.leads.map(({ id }) => id)).size).toBe(1)
  })

  it('brings its new form, with the answers kept, if that has changed', async () => {
    const page = startRelay()
    const container = place()
    const form = start(container)
    await form.ready
    await fillIn(container, form)
    page.definition = define(
      [{ name: 'amount' }, { name: 'lastName' }],
      [{ name: 'phone' }, { name: 'snils' }],
    )
    page.answer = () => refusal
    form.submit()
    await expect.poll(() => alertOf(container)).toContain('Форма обновилась')
    expect(inputOf(container, 'phone').value).toBe('+7 900 000-00-01')
    type(container, 'snils', '112-233-445 95')
    page.answer = () => ({ outcome: 'accepted' })
    form.submit()
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(page.leads.at(-1)).toMatchObject({ values: { snils: '112-233-445 95', amount: 30_000 } })
  })
})

describe('a page that changes the form of its relay', () => {
  it('narrows its limits', async () => {
    startRelay()
    const container = place(
      '<div data-maximum-amount="20000" data-fields=\'{"amount":{"label":"Сколько"}}\'></div>',
    )
    const form = start(container)
    await form.ready
    expect(rootOf(container).querySelector('[data-field=amount] label')?.textContent).toBe('Сколько')
    type(container, 'amount', '30000')
    form.next()
    expect(form.state.issues).toContainEqual({ field: 'amount', code: 'amount-maximum' })
  })

  it('and says something else gets no form, but a sentence, and its own content stays', async () => {
    const lines = recordConsole()
    const page = startRelay()
    const container = place(fallback)
    const form = start(container, { operator: { name: 'ООО Страница' } })
    await expect(form.ready).rejects.toThrow('operator')
    expect(container.getAttribute('data-anketa-status')).toBe('failed')
    expect(container.textContent).toBe('Позвоните нам')
    await expect
      .poll(() => lines)
      .toEqual([expect.stringMatching(/operator: ожидается то же, слово в слово/)])
    expect(page.requests).toBe(1)
  })
})
