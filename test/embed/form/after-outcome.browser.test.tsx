import { describe, expect, it, onTestFinished } from 'vitest'
import { mount, type FormHandle, type Options } from '../../../src/entries/index.ts'
import type { AfterOutcome } from '../../../src/form/after-outcome.ts'
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

const offers = [
  {
    title: 'Первый пример',
    url: 'https://first.example.ru/?lead={leadId}&src={utm_source}&o={outcome}',
    fullCost: { min: 0, max: 292 },
    rate: 0.8,
    text: 'До 30 000 ₽',
    erid: '2VtzqFirst',
    advertiser: 'ООО «Первый»',
    logo: '/logo-of-no-file.png',
  },
  { title: 'Второй пример', url: 'https://second.example.ru/', logo: 'https://elsewhere.example.ru/a.png' },
]
const after: AfterOutcome = {
  declined: { title: 'Здесь отказали', text: 'Есть другие.', offers, again: true },
}

interface EndedForm {
  readonly form: FormHandle
  readonly container: HTMLElement
  readonly server: ReturnType<typeof startRelay>
  all(selector: string): readonly HTMLElement[]
  one(selector: string): HTMLElement
  /** Answers the second step and sends the form. */
  send(): Promise<void>
}

/** Mounts a form, fills it in and sends it; the relay declines. */
async function decline(
  options: Partial<Omit<Options, 'relay'>> = {},
  ending: AfterOutcome = after,
): Promise<EndedForm> {
  const server = startRelay({ ...twoSteps, after: ending })
  server.answer = () => ({ outcome: 'declined' })
  const container = place()
  const form = mount(container, {
    ...options,
    relay,
    provider: undefined,
    providerOptions: undefined,
    exposeCredentials: undefined,
  })
  onTestFinished(() => form.destroy())
  await form.ready
  const all = (selector: string) => [...rootOf(container).querySelectorAll<HTMLElement>(selector)]
  const ended: EndedForm = {
    form,
    container,
    server,
    all,
    one(selector) {
      const [found] = all(selector)
      if (!found) throw new TypeError(`${selector}: expected to be shown`)
      return found
    },
    async send() {
      const before = server.leads.length
      form.next()
      await expect.poll(() => all('[data-consent]').length).toBe(1)
      agree(container)
      form.submit()
      await expect.poll(() => server.leads.length).toBe(before + 1)
      await expect.poll(() => all('[part=result]').length).toBe(1)
    },
  }
  type(container, 'amount', '31000')
  type(container, 'lastName', 'Меткин')
  form.next()
  await expect.poll(() => all('[data-field=phone]').length).toBe(1)
  type(container, 'phone', '+79000000017')
  await ended.send()
  return ended
}

/** Keeps links from opening tabs until the end of the test. */
function keepTabs(): void {
  const stop = (event: Event): void => event.preventDefault()
  for (const name of ['click', 'auxclick']) {
    window.addEventListener(name, stop)
    onTestFinished(() => window.removeEventListener(name, stop))
  }
}

describe('the offers after an outcome', () => {
  it('are cards with the full cost before the rate, as large, with a button and the mark', async () => {
    const { all, one, server } = await decline()
    expect(one('[part=title]').textContent).toBe('Здесь отказали')
    expect(one('[part=result-text]').textContent).toBe('Есть другие.')
    const [first, second] = all('[part=offer]')
    expect(first?.textContent).toContain('Первый пример')
    expect(first?.textContent).toContain('Реклама. ООО «Первый». erid: 2VtzqFirst')
    expect(second?.textContent).toContain('Реклама. Второй пример')
    const [cost, rate, ...others] = all('dd')
    expect([cost?.textContent, rate?.textContent, others]).toEqual([
      '0–292\u00a0% годовых',
      '0,8\u00a0% в день',
      [],
    ])
    if (!cost || !rate) throw new TypeError('expected a price')
    expect(getComputedStyle(cost).fontSize).toBe(getComputedStyle(rate).fontSize)
    expect(cost.compareDocumentPosition(rate)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
    expect(cost.getBoundingClientRect().top).toBeLessThanOrEqual(rate.getBoundingClientRect().top)
    expect(one('[part=offer-risks]').textContent).toContain('Оценивайте свои финансовые возможности и риски')
    const [link] = all('[data-action=offer]')
    expect([link?.getAttribute('target'), link?.getAttribute('rel')]).toEqual(['_blank', 'noopener'])
    expect(link?.getAttribute('href')).toBe(
      `https://first.example.ru/?lead=${server.leads[0]?.id}&src=&o=declined`,
    )
  })

  it('show a letter for a logo that does not load, and never load one from another host', async () => {
    const messages = recordConsole()
    const { all } = await decline()
    await expect
      .poll(() => all('[part=offer-logo]').map(({ textContent }) => textContent))
      .toEqual(['П', 'В'])
    await expect.poll(() => messages.join()).toContain('логотип предложения не показан')
    expect(all('img')).toEqual([])
  })

  it('are counted, each press, without a value', async () => {
    const goals: Record<string, unknown>[] = []
    Reflect.set(window, 'goalsOfOffers', goals)
    const details: unknown[] = []
    const { all, container, server } = await decline({
      dataLayer: 'goalsOfOffers',
      onOffer: (detail) => details.push(detail),
    })
    keepTabs()
    container.addEventListener('anketa:offer', ({ detail }) => details.push(detail))
    all('[data-action=offer]')[1]?.click()
    all('[data-action=offer]')[0]?.dispatchEvent(
      new MouseEvent('auxclick', { button: 1, bubbles: true, cancelable: true }),
    )
    all('[data-action=offer]')[0]?.dispatchEvent(
      new MouseEvent('auxclick', { button: 2, bubbles: true, cancelable: true }),
    )
    const leadId = server.leads[0]?.id
    const [second, first] = [2, 1].map((offer) => ({ offer, outcome: 'declined', leadId }))
    expect(details).toEqual([second, second, first, first])
    await expect
      .poll(() => goals.filter(({ event }) => event === 'loan_form_offer'))
      .toEqual(
        [2, 1].map((offer) => ({
          event: 'loan_form_offer',
          form: 'test',
          offer,
          outcome: 'declined',
          event_id: leadId,
        })),
      )
    expect(JSON.stringify([goals, details])).not.toMatch(/Меткин|31000|9000000017/)
  })

  it("are in the page's language, and in its own words", async () => {
    const { one, all } = await decline({ locale: 'en', messages: { ending: { open: 'Get the money' } } })
    expect(all('[data-action=offer]')[0]?.textContent).toContain('Get the money')
    expect(one('[part=offers-title]').textContent).toBe('Offers of our partners')
    expect(all('dd').map(({ textContent }) => textContent)).toEqual(['0–292% a year', '0.8% a day'])
  })

  it('come with no other outcome', async () => {
    const { all, one } = await decline({}, { accepted: { offers }, queued: { again: true } })
    expect(one('[part=title]').textContent).not.toBe('')
    expect(all('[part=offer]')).toEqual([])
    expect(all('[data-action=again]')).toEqual([])
  })
})

describe('a new application', () => {
  it('has the same answers, new ticks, a new id and a new key', async () => {
    const { form, one, all, container, server, send } = await decline()
    expect(form.state.values).toEqual({})
    one('[data-action=again]').click()
    await expect.poll(() => all('[data-field=amount]').length).toBe(1)
    expect(rootOf(container).querySelector('[part=title]')).toHaveDeepFocus()
    expect(form.state.status).toBe('filling')
    expect(form.state.values).toEqual({ amount: 31_000, lastName: 'Меткин', phone: '+79000000017' })
    expect(inputOf(container, 'lastName').value).toBe('Меткин')
    type(container, 'amount', '12000')
    form.next()
    await expect.poll(() => all('[data-consent] input').length).toBe(1)
    const [box] = all('[data-consent] input')
    expect(box instanceof HTMLInputElement && box.checked).toBe(false)
    form.submit()
    expect(server.leads).toHaveLength(1)
    form.back()
    await send()
    const [first, second] = server.leads
    expect(second?.values).toEqual({ ...first?.values, amount: 12_000 })
    expect(second?.id).not.toBe(first?.id)
    expect(Reflect.get(Object(second), 'key')).not.toBe(Reflect.get(Object(first), 'key'))
    expect(form.state.values).toEqual({})
  })

  it('has no answers of a page that was left meanwhile', async () => {
    const { form, one, all } = await decline()
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    one('[data-action=again]').click()
    await expect.poll(() => all('[data-field=amount]').length).toBe(1)
    expect(form.state.values).toEqual({})
  })

  it('is not kept where the definition does not offer it', async () => {
    const { form, all } = await decline({}, { declined: { offers } })
    expect(all('[data-action=again]')).toEqual([])
    form.reset()
    await expect.poll(() => all('[data-field=amount]').length).toBe(1)
    expect(form.state.values).toEqual({})
  })
})
