import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { FormHandle } from '../../../src/entries/index.ts'
import { define } from '../../form/define.ts'
import {
  deleteDrafts,
  noticeOf,
  readDrafts,
  restart,
  showDrafted,
  textOf,
  warns,
  whenStored,
  withPassport,
} from '../support/draft-page.ts'
import { agree, place, recordConsole, rootOf, startRelay, type } from '../support/relay-page.ts'

const clear = ['Иванов', '900 000', '9000000001', 'Тюмень', '4510', '112-233', '50 000', '50000', 'secret']

beforeEach(deleteDrafts)
afterEach(deleteDrafts)

/** Fills in everything up to the last step, as a person does. */
async function fillAll({ container, form }: Awaited<ReturnType<typeof showDrafted>>): Promise<void> {
  type(container, 'amount', '50000')
  form.next()
  await expect.poll(() => form.state.step).toBe('step-1')
  type(container, 'lastName', 'Иванов')
  type(container, 'phone', '+79000000001')
  type(container, 'snils', '11223344595')
  form.next()
  await expect.poll(() => form.state.step).toBe('step-2')
  type(container, 'passport', '4510000050')
  type(container, 'city', 'Тюмень')
  type(container, 'custom.card', 'secret')
}

/** Waits until the typed answers are stored, which are not all. */
async function whenTypedIsStored(count = 1): Promise<void> {
  await expect.poll(async () => (await readDrafts()).length).toBe(count)
  let before = ''
  await expect
    .poll(
      async () => {
        const now = JSON.stringify(await readDrafts())
        const isSame = now === before
        before = now
        return isSame
      },
      { interval: 600 },
    )
    .toBe(true)
}

describe('a form with a draft', () => {
  it('shows what was entered to a person who comes back, but no document and no tick, and no error', async () => {
    startRelay(withPassport)
    const first = await showDrafted()
    await fillAll(first)
    agree(first.container)
    await whenTypedIsStored()
    first.form.destroy()

    const steps: unknown[] = []
    const { container, form } = await showDrafted({ onStep: (step) => steps.push(step) })
    await expect.poll(() => noticeOf(container)).toContain('Мы восстановили ответы')
    expect(noticeOf(container)).toContain('Паспортные данные')
    expect(form.state.step).toBe('step-2')
    expect(steps).toEqual([{ id: 'step-2', index: 2, total: 3, direction: 'forward' }])
    expect(form.state.values).toEqual({
      amount: 50_000,
      lastName: 'Иванов',
      phone: '+79000000001',
      city: 'Тюмень',
    })
    expect(form.state.issues).toEqual([])
    expect(rootOf(container).querySelector('[part=error], [part=warning], [aria-invalid=true]')).toBeNull()
    await expect.poll(() => textOf(container, 'city')).toBe('Тюмень')
    expect(textOf(container, 'passport')).toBe('')
    expect(textOf(container, 'custom.card')).toBe('')
    const box = rootOf(container).querySelector('[data-consent] input')
    expect(box instanceof HTMLInputElement && box.checked).toBe(false)
    expect(rootOf(container).querySelector('[data-action=back]')?.textContent).toBe('Назад')
    form.submit()
    await expect
      .poll(() => form.state.issues)
      .toEqual([
        { field: 'passport', code: 'required' },
        { field: 'consent.processing', code: 'consent-required' },
      ])
  })

  it('stores no clear value, under a key that no script can read', async () => {
    startRelay(withPassport)
    await fillAll(await showDrafted())
    await whenTypedIsStored()
    const [draft, ...others] = await readDrafts()
    expect(others).toEqual([])
    if (!draft) throw new TypeError('expected a draft')
    const bytes = new Uint8Array(draft.data)
    const stored = [
      JSON.stringify(draft),
      new TextDecoder().decode(bytes),
      new TextDecoder('utf-16le').decode(bytes),
    ].join()
    for (const value of clear) expect(stored).not.toContain(value)
    expect(draft.key.extractable).toBe(false)
    expect(draft.key.algorithm).toEqual({ name: 'AES-GCM', length: 256 })
    await expect(crypto.subtle.exportKey('raw', draft.key)).rejects.toThrow('key is not extractable')
    for (const storage of [localStorage, sessionStorage])
      expect(
        Object.values(storage).filter((text) => clear.some((value) => String(text).includes(value))),
      ).toEqual([])
    // The key and the draft belong together, so this is what a draft holds.
    const text = new TextDecoder().decode(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv: draft.iv }, draft.key, draft.data),
    )
    expect(JSON.parse(text)).toEqual({
      step: 'step-2',
      texts: {
        amount: '50\u00a0000',
        lastName: 'Иванов',
        phone: '+7 900 000-00-01',
        city: 'Тюмень',
      },
      isNameOpen: true,
    })
  })

  it('begins again without anything of it, where the person wants that', async () => {
    startRelay(withPassport)
    const first = await showDrafted()
    await fillAll(first)
    await whenTypedIsStored()
    first.form.destroy()
    const second = await showDrafted()
    await expect.poll(() => noticeOf(second.container)).toBeDefined()
    restart(second.container)
    expect(second.form.state.step).toBe('step-0')
    expect(second.form.state.values).toEqual({})
    await expect.poll(() => noticeOf(second.container)).toBeUndefined()
    await expect.poll(readDrafts).toEqual([])
    second.form.destroy()
    const third = await showDrafted()
    type(third.container, 'amount', '20000')
    await whenStored()
    expect(noticeOf(third.container)).toBeUndefined()
    expect(third.form.state.values).toEqual({ amount: 20_000 })
  })

  it.each([
    ['accepted', 0],
    ['queued', 0],
    ['duplicate', 0],
    ['declined', 0],
    ['verification', 1],
    ['invalid', 1],
    ['none', 1],
  ])('after the outcome %s has %i drafts', async (outcome, left) => {
    const server = startRelay(define([{ name: 'phone' }]))
    server.answer = () => {
      if (outcome === 'none') throw new TypeError('no connection')
      return {
        outcome,
        ...(outcome === 'invalid' ? { issues: [{ field: 'phone', message: 'Другой' }] } : {}),
      }
    }
    const { container, form } = await showDrafted()
    type(container, 'phone', '+79000000001')
    await whenStored()
    agree(container)
    form.submit()
    await expect
      .poll(() => form.state.status)
      .toBe({ invalid: 'filling', none: 'failed' }[outcome] ?? outcome)
    await expect.poll(async () => (await readDrafts()).length).toBe(left)
    // Nothing that was under way stores it again.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await readDrafts()).toHaveLength(left)
  })

  it.each(['verification', 'none'])('that was sent goes on with the same lead after %s', async (outcome) => {
    const server = startRelay(define([{ name: 'phone' }]))
    const never = new Promise<object>(() => undefined)
    server.answer = () => (outcome === 'none' ? never : { outcome })
    const first = await showDrafted()
    type(first.container, 'phone', '+79000000001')
    agree(first.container)
    first.form.submit()
    await expect.poll(() => server.leads.length).toBe(1)
    await whenStored()
    first.form.destroy()

    server.answer = () => ({ outcome: 'accepted' })
    const { container, form } = await showDrafted()
    await expect.poll(() => noticeOf(container)).toBeDefined()
    agree(container)
    form.submit()
    await expect.poll(() => form.state.status).toBe('accepted')
    const [one, two] = server.leads
    expect(two).toMatchObject({ id: one?.id, key: one?.key })
    await expect.poll(readDrafts).toEqual([])
  })

  it('does not overwrite what the person types before it comes', async () => {
    startRelay(define([{ name: 'amount' }, { name: 'lastName' }, { name: 'city' }]))
    const first = await showDrafted({ values: { amount: 10_000 } })
    for (const [name, text] of [
      ['amount', '50000'],
      ['lastName', 'Иванов'],
      ['city', 'Тюмень'],
    ] as const)
      type(first.container, name, text)
    await whenStored()
    first.form.destroy()
    const { container, form } = await showDrafted({ values: { amount: 10_000 } })
    type(container, 'lastName', 'Петров')
    await expect.poll(() => noticeOf(container)).toBeDefined()
    expect(form.state.values).toEqual({ amount: 50_000, lastName: 'Петров', city: 'Тюмень' })
    expect(textOf(container, 'lastName')).toBe('Петров')
  })

  it('restores what still fits a definition that has changed', async () => {
    const server = startRelay(
      define(
        [{ name: 'amount' }, { name: 'termDays' }, { name: 'employment' }, { name: 'lastName' }],
        [{ name: 'phone' }],
      ),
    )
    const first = await showDrafted({ values: { employment: 2, termDays: 300 } })
    type(first.container, 'amount', '50000')
    type(first.container, 'lastName', 'Иванов')
    first.form.next()
    await expect.poll(() => first.form.state.step).toBe('step-1')
    // A number that is not complete is kept as it is.
    type(first.container, 'phone', '+7 900 000')
    await whenStored()
    first.form.destroy()
    server.definition = define(
      [{ name: 'lastName' }, { name: 'phone' }, { name: 'email', required: false }],
      [
        { name: 'amount', maximum: 30_000 },
        { name: 'employment', options: [{ value: 1, label: 'Работаю' }] },
      ],
    )
    server.definition = {
      ...server.definition,
      steps: server.definition.steps.map((step) => ({ ...step, id: `new-${step.id}` })),
    }
    const { container, form } = await showDrafted()
    await expect.poll(() => noticeOf(container)).toBeDefined()
    expect(form.state.step).toBe('new-step-0')
    expect(form.state.values).toEqual({ lastName: 'Иванов' })
    expect(textOf(container, 'phone')).toBe('+7 900 000')
    expect(form.state.issues).toEqual([])
  })

  it('is followed by a form in another language', async () => {
    startRelay(withPassport)
    const first = await showDrafted()
    type(first.container, 'amount', '50000')
    await whenStored()
    first.form.destroy()
    const { container, form } = await showDrafted()
    await expect.poll(() => noticeOf(container)).toBeDefined()
    form.update({ locale: 'en' })
    await expect.poll(() => noticeOf(container)).toContain('We have restored')
    type(container, 'amount', '60000')
    await whenStored()
    form.destroy()
    const second = await showDrafted()
    await expect.poll(() => textOf(second.container, 'amount')).toBe('60\u00a0000')
  })
})

describe('several forms of one kind', () => {
  it('have drafts of their own', async () => {
    startRelay(define([{ name: 'amount' }]))
    const one = await showDrafted()
    const two = await showDrafted()
    type(two.container, 'amount', '20000')
    type(one.container, 'amount', '10000')
    await whenTypedIsStored(2)
    one.form.destroy()
    two.form.destroy()
    const again = await showDrafted()
    const other = await showDrafted()
    await expect.poll(() => textOf(again.container, 'amount')).toBe('10\u00a0000')
    await expect.poll(() => textOf(other.container, 'amount')).toBe('20\u00a0000')
    restart(again.container)
    await expect.poll(async () => (await readDrafts()).length).toBe(1)
    expect(textOf(other.container, 'amount')).toBe('20\u00a0000')
  })
})

describe('after its time', () => {
  it('a draft is deleted when a page with a form is opened, and nothing of it is shown', async () => {
    startRelay(define([{ name: 'amount' }]))
    const first = await showDrafted()
    type(first.container, 'amount', '50000')
    await whenStored()
    first.form.destroy()
    const later = Date.now() + 30 * 60_000
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => later)
    onTestFinished(() => clock.mockRestore())
    const { container, form } = await showDrafted()
    await expect.poll(readDrafts).toEqual([])
    expect(form.state.values).toEqual({})
    expect(noticeOf(container)).toBeUndefined()
  })

  it('the page that was left open shows nothing either, and takes no focus from the page', async () => {
    startRelay(withPassport)
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const { container, form } = await showDrafted({ draft: 1 })
    type(container, 'amount', '50000')
    vi.advanceTimersByTime(200)
    vi.useRealTimers()
    await whenStored()
    const outside = place('<input>')
    outside.focus()
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now + 61_000)
    onTestFinished(() => clock.mockRestore())
    document.dispatchEvent(new Event('visibilitychange'))
    expect(form.state.values).toEqual({})
    await expect.poll(() => noticeOf(container)).toContain('ответы удалены')
    await expect.poll(readDrafts).toEqual([])
    expect(document.activeElement).toBe(outside)
    // The next one begins a form of their own.
    type(container, 'amount', '20000')
    await expect.poll(() => noticeOf(container)).toBeUndefined()
  })

  /** Sends a lead that waits, with a draft whose time is over by then. */
  async function outlastDraft(answer: () => object, isWaiting: (form: FormHandle) => boolean) {
    const server = startRelay(define([{ name: 'phone' }]))
    server.answer = answer
    const { container, form } = await showDrafted({ draft: 1 })
    type(container, 'phone', '+79000000001')
    agree(container)
    form.submit()
    await expect.poll(() => isWaiting(form)).toBe(true)
    await whenStored()
    const later = Date.now() + 61_000
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => later)
    onTestFinished(() => clock.mockRestore())
    document.dispatchEvent(new Event('visibilitychange'))
    await expect.poll(readDrafts).toEqual([])
    return { server, form }
  }

  it('the page that waits for the code from the SMS keeps asking for it, and stores nothing', async () => {
    const { form } = await outlastDraft(
      () => ({ outcome: 'verification' }),
      ({ state }) => state.step === 'verification',
    )
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await readDrafts()).toEqual([])
    expect(form.state.step).toBe('verification')
    expect(form.state.values).toEqual({ phone: '+79000000001' })
    expect(warns()).toBe(true)
  })

  it('the page that sends the lead again by itself goes on with that, and stores nothing', async () => {
    const { server, form } = await outlastDraft(
      () => {
        throw new TypeError('no connection')
      },
      ({ state }) => state.status === 'failed',
    )
    expect(form.state.values).toEqual({ phone: '+79000000001' })
    server.answer = () => ({ outcome: 'accepted' })
    dispatchEvent(new Event('online'))
    await expect.poll(() => form.state.status).toBe('accepted')
  })

  it('the timer of an open page does the same', async () => {
    startRelay(define([{ name: 'amount' }]))
    const { container, form } = await showDrafted({ draft: 1 })
    type(container, 'amount', '50000')
    await whenStored()
    const [draft] = await readDrafts()
    expect(draft && draft.expiresAt - draft.savedAt).toBe(60_000)
    const realNow = Date.now
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 59_500)
    onTestFinished(() => clock.mockRestore())
    // The page comes to the front, which sets the timer again.
    document.dispatchEvent(new Event('visibilitychange'))
    expect(form.state.values).toEqual({ amount: 50_000 })
    await expect.poll(() => form.state.values).toEqual({})
    await expect.poll(readDrafts).toEqual([])
    expect(noticeOf(container)).toContain('ответы удалены')
  })

  it('a clock that is set back makes no draft last longer', async () => {
    startRelay(define([{ name: 'amount' }]))
    const first = await showDrafted()
    type(first.container, 'amount', '50000')
    await whenStored()
    first.form.destroy()
    const earlier = Date.now() - 60 * 60_000
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => earlier)
    onTestFinished(() => clock.mockRestore())
    const { form } = await showDrafted()
    await expect.poll(readDrafts).toEqual([])
    expect(form.state.values).toEqual({})
  })

  it.each([0, undefined])(
    'an option that is %s deletes what is stored, and stores nothing',
    async (draft) => {
      startRelay(define([{ name: 'amount' }]))
      const { container, form } = await showDrafted()
      type(container, 'amount', '50000')
      await whenStored()
      form.update({ draft })
      await expect.poll(readDrafts).toEqual([])
      type(container, 'amount', '60000')
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(await readDrafts()).toEqual([])
      expect(warns()).toBe(true)
    },
  )
})

describe('a page that the browser keeps for Back', () => {
  it('lets another page have the draft, and goes on with one of its own', async () => {
    startRelay(define([{ name: 'amount' }]))
    const first = await showDrafted()
    type(first.container, 'amount', '50000')
    await whenStored()
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    // What another page does with the draft of a page that it does not see.
    const [draft] = await readDrafts()
    const taken = Promise.withResolvers<void>()
    await new Promise<void>((resolve) => {
      void navigator.locks.request(draft?.id ?? '', () => {
        resolve()
        return taken.promise
      })
    })
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    type(first.container, 'amount', '60000')
    await whenTypedIsStored(2)
    taken.resolve()
    expect((await readDrafts()).map(({ id }) => id)).toContain(draft?.id)
  })

  it('goes on with its draft', async () => {
    startRelay(define([{ name: 'amount' }]))
    const first = await showDrafted()
    type(first.container, 'amount', '50000')
    await whenStored()
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    type(first.container, 'amount', '60000')
    await whenStored()
    expect(await readDrafts()).toHaveLength(1)
  })
})

describe('a page that cannot store anything', () => {
  it('works without drafts, and says so once, whatever the number of its forms', async () => {
    startRelay(define([{ name: 'amount' }]))
    const lines = recordConsole()
    vi.stubGlobal('isSecureContext', false)
    onTestFinished(() => {
      vi.unstubAllGlobals()
    })
    const first = await showDrafted()
    await expect.poll(() => lines).toEqual([expect.stringContaining('черновики отключены')])
    vi.unstubAllGlobals()
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    const second = await showDrafted()
    await expect.poll(() => open.mock.calls.length).toBe(1)
    open.mockRestore()
    for (const { container, form } of [first, second]) {
      type(container, 'amount', '50000')
      expect(form.state.values).toEqual({ amount: 50_000 })
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(warns()).toBe(true)
    expect(lines).toHaveLength(1)
    expect(await readDrafts()).toEqual([])
  })
})
