import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { mount } from '../../../src/entries/index.ts'
import { inputOf, place, recordConsole, relay, rootOf, startRelay, type } from '../support/relay-page.ts'
import { fillIn, keptLeads, showForm as show, textIn as textOf } from '../support/unanswered-page.ts'

beforeEach(() => sessionStorage.clear())
afterEach(() => sessionStorage.clear())

describe('a lead that is sent without an answer', () => {
  it('is sent again when the browser is online, and the tab keeps what asks for it until then', async () => {
    const page = startRelay()
    const shown = await show()
    await fillIn(shown)
    let isBroken = true
    page.answer = () => {
      if (isBroken) throw new TypeError('Failed to fetch')
      return { outcome: 'accepted' }
    }
    shown.form.submit()
    await expect.poll(() => shown.form.state.status).toBe('failed')
    expect(textOf(shown.container, '[role=alert]')).toContain('Не закрывайте страницу: отправим заявку')
    expect(textOf(shown.container, '[data-action=retry]')).toBe('Отправить ещё раз')
    const [first] = page.leads
    expect(keptLeads()).toEqual([`${first?.id} ${first?.key} ${first?.page.submittedAt}`])
    expect(JSON.stringify(Object.entries(sessionStorage))).not.toMatch(/Иванов|79000000001|30 ?000/)
    isBroken = false
    dispatchEvent(new Event('online'))
    await expect.poll(() => shown.form.state.status).toBe('accepted')
    expect(new Set(page.leads.map((lead) => JSON.stringify(lead))).size).toBe(1)
    expect(keptLeads()).toEqual([])
  })

  it('is sent at once by the button', async () => {
    const page = startRelay()
    const shown = await show()
    await fillIn(shown)
    page.answer = () => {
      throw new TypeError('Failed to fetch')
    }
    shown.form.submit()
    await expect.poll(() => shown.form.state.status).toBe('failed')
    page.answer = () => ({ outcome: 'queued' })
    const retry = rootOf(shown.container).querySelector<HTMLElement>('[data-action=retry]')
    retry?.click()
    await expect.poll(() => shown.form.state.status).toBe('queued')
    expect(new Set(page.leads.map(({ id, key }) => `${id} ${key}`)).size).toBe(1)
  })

  it('is not kept where the tab has no storage, and is sent all the same', async () => {
    const page = startRelay()
    const descriptor = Object.getOwnPropertyDescriptor(window, 'sessionStorage') ?? {}
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get() {
        throw new DOMException('denied', 'SecurityError')
      },
    })
    try {
      const shown = await show()
      await fillIn(shown)
      shown.form.submit()
      await expect.poll(() => shown.form.state.status).toBe('accepted')
    } finally {
      Object.defineProperty(window, 'sessionStorage', descriptor)
    }
    expect(page.leads).toHaveLength(1)
  })
})

describe('a browser that tells that it is offline', () => {
  it('is said near the buttons until it is over, and the form goes on', async () => {
    startRelay()
    const shown = await show()
    type(shown.container, 'amount', '30000')
    await expect.poll(() => rootOf(shown.container).querySelector('[part~=progress-text]')).not.toBeNull()
    shown.form.next()
    await expect.poll(() => rootOf(shown.container).querySelector('[role=status]')).not.toBeNull()
    await expect.poll(() => shown.form.state.issues.length).toBeGreaterThan(0)
    dispatchEvent(new Event('offline'))
    onTestFinished(() => void dispatchEvent(new Event('online')))
    const offline = 'Похоже, связи нет. Можно заполнять дальше: ваши ответы на месте.'
    await expect.poll(() => textOf(shown.container, '[part~=connection]')).toBe(offline)
    await expect.poll(() => textOf(shown.container, '[role=status]')).toContain(offline)
    type(shown.container, 'lastName', 'Иванов')
    shown.form.next()
    await expect.poll(() => shown.form.state.step).toBe('step-1')
    expect(inputOf(shown.container, 'phone').value).toBe('')
    expect(textOf(shown.container, '[part~=connection]')).toBe(offline)
    dispatchEvent(new Event('online'))
    await expect.poll(() => textOf(shown.container, '[part~=connection]')).toBe('')
    await expect.poll(() => textOf(shown.container, '[role=status]')).toContain('Связь появилась.')
  })
})

describe('a form that has not come yet', () => {
  it.each([
    ['ru', 'Форма пока не загрузилась. Проверьте связь', 'Загрузить сейчас'],
    ['en', 'The form has not loaded yet. Check your connection', 'Load now'],
  ])(
    'says so below the content of its element, and comes by the button (%s)',
    async (locale, text, label) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      onTestFinished(() => void vi.useRealTimers())
      recordConsole()
      const page = startRelay()
      page.outage = () => new Response('<html>Bad Gateway</html>', { status: 502 })
      const container = place('<div><p>Позвоните нам</p></div>')
      const form = mount(container, { relay, locale })
      onTestFinished(() => form.destroy())
      form.ready.catch(() => undefined)
      await vi.advanceTimersByTimeAsync(4100)
      expect(container.firstElementChild?.textContent).toBe('Позвоните нам')
      const notice = () => container.lastElementChild?.shadowRoot
      const button = () => notice()?.querySelector<HTMLElement>('[data-action=load]')
      expect(notice()?.querySelector('[role=status]')?.textContent).toContain(text)
      await expect.poll(() => button()?.textContent).toBe(label)
      const { requests } = page
      button()?.click()
      await expect.poll(() => page.requests).toBe(requests + 1)
      await vi.advanceTimersByTimeAsync(0)
      page.outage = undefined
      await expect.poll(() => button()?.textContent).toBe(label)
      button()?.click()
      vi.useRealTimers()
      await expect.poll(() => container.getAttribute('data-anketa-status')).toBe('ready')
      expect(container.children).toHaveLength(1)
      expect(rootOf(container).querySelector('[data-action=load]')).toBeNull()
    },
  )

  it('is asked for when the person is at the page again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    recordConsole()
    const page = startRelay()
    page.outage = () => new Response('', { status: 502 })
    const form = mount(place(), { relay })
    onTestFinished(() => form.destroy())
    form.ready.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(4100)
    const { requests } = page
    document.dispatchEvent(new Event('visibilitychange'))
    await expect.poll(() => page.requests).toBe(requests + 1)
  })

  it('leaves nothing behind when it is removed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    recordConsole()
    const page = startRelay()
    page.outage = () => new Response('', { status: 502 })
    const container = place('<div>Позвоните нам</div>')
    const form = mount(container, { relay })
    form.ready.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(4100)
    expect(container.children).toHaveLength(1)
    form.destroy()
    expect(container.innerHTML).toBe('Позвоните нам')
  })
})
