import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { deleteDrafts, noticeOf, showDrafted, whenStored } from '../support/draft-page.ts'
import {
  agree,
  inputOf,
  relay,
  rootOf,
  startRelay,
  twoSteps,
  type,
  unknownLead,
} from '../support/relay-page.ts'
import {
  fillIn,
  keptLeads,
  leaveUnanswered,
  pressInNotice,
  showForm,
  textIn,
} from '../support/unanswered-page.ts'

beforeEach(() => sessionStorage.clear())
afterEach(() => sessionStorage.clear())

const identitiesOf = (leads: readonly { readonly id: string; readonly key: string }[]) =>
  leads.map(({ id, key }) => ({ id, key }))

/** Answers to the question about a lead, given when the test says so. */
function holdOutcome(page: ReturnType<typeof startRelay>) {
  const asked = Promise.withResolvers<string>()
  const answer = Promise.withResolvers<Response>()
  page.outcome = (id) => {
    asked.resolve(id)
    return answer.promise
  }
  return { asked: asked.promise, answer: (outcome: string) => answer.resolve(Response.json({ outcome })) }
}

/** From the second question on, the relay has not known the lead for as long as a request may take. */
function loseLead(page: ReturnType<typeof startRelay>): void {
  const realNow = Date.now
  const clock = vi.spyOn(Date, 'now')
  onTestFinished(() => clock.mockRestore())
  let asked = 0
  page.outcome = () => {
    asked += 1
    if (asked > 1) clock.mockImplementation(() => realNow() + 25_000)
    return unknownLead()
  }
}

describe('after a reload', () => {
  it.each([
    ['accepted', 'Заявка принята'],
    ['queued', 'Заявка сохранена'],
    ['declined', 'Сейчас одобрить заявку не получилось'],
    ['duplicate', 'Такая заявка уже есть'],
  ] as const)('the person reads that the lead is %s', async (outcome, title) => {
    const page = startRelay()
    const identity = leaveUnanswered()
    const asked: string[] = []
    const reported: unknown[] = []
    page.outcome = (id, key) => {
      asked.push(`${id} ${key}`)
      return Response.json({ id, outcome })
    }
    const { container, form } = await showForm('ru', { onOutcome: (event) => reported.push(event) })
    await expect.poll(() => form.state.status).toBe(outcome)
    await expect.poll(() => textIn(container, 'h2')).toBe(title)
    expect(asked).toEqual([`${identity.id} ${identity.key}`])
    expect(reported).toMatchObject([{ outcome, leadId: identity.id }])
    expect(keptLeads()).toEqual([])
    expect(page.leads).toEqual([])
    expect(textIn(container, '[part~=recovery]')).toBe('')
  })

  it.each([
    ['that was sent with the lead', '', 1],
    ['whose request was lost, which is reported once', ' code', 0],
  ])('a code %s can be entered by who goes on', async (_, suffix, count) => {
    const page = startRelay()
    leaveUnanswered(Date.now(), suffix)
    page.outcome = (id) => Response.json({ id, outcome: 'verification' })
    const reported: unknown[] = []
    const { container, form } = await showForm('ru', { onOutcome: (event) => reported.push(event) })
    await expect
      .poll(() => textIn(container, '[data-recovery=code] p'))
      .toContain('Осталось подтвердить телефон')
    expect(form.state.step).toBe('step-0')
    await pressInNotice(container, 'continue')
    await expect.poll(() => form.state.step).toBe('verification')
    await expect.poll(() => rootOf(container).querySelector('[data-field=code]')).not.toBeNull()
    expect(reported).toHaveLength(count)
  })

  it.each([
    ['ru', 'Заявка не дошла: связь прервалась раньше. Пожалуйста, заполните форму ещё раз.'],
    ['en', 'The application has not arrived: the connection broke before. Please fill in the form again.'],
  ])('a lead that did not arrive is filled in again under the same id (%s)', async (locale, text) => {
    const page = startRelay()
    const identity = leaveUnanswered()
    loseLead(page)
    const shown = await showForm(locale)
    await expect.poll(() => textIn(shown.container, '[data-recovery]')).toMatch(/Узнаём|finding out/)
    await expect.poll(() => textIn(shown.container, '[data-recovery=lost] p')).toBe(text)
    await expect.poll(() => textIn(shown.container, '[role=status]')).toBe(text)
    expect(keptLeads()).toEqual([])
    await fillIn(shown)
    shown.form.submit()
    await expect.poll(() => shown.form.state.status).toBe('accepted')
    expect(identitiesOf(page.leads)).toEqual([identity])
    expect(textIn(shown.container, '[data-recovery]')).toBe('')
  })

  it('a relay that cannot be reached is asked again, by the button and when the browser is online', async () => {
    const page = startRelay()
    leaveUnanswered()
    let asked = 0
    page.outcome = () => {
      asked += 1
      throw new TypeError('Failed to fetch')
    }
    const { container, form } = await showForm()
    await expect.poll(() => textIn(container, '[data-recovery=waiting] p')).toContain('Связи пока нет')
    const before = asked
    await pressInNotice(container, 'ask')
    await expect.poll(() => asked).toBeGreaterThan(before)
    page.outcome = (id) => Response.json({ id, outcome: 'accepted' })
    await expect.poll(() => rootOf(container).querySelector('[data-recovery=waiting]')).not.toBeNull()
    dispatchEvent(new Event('online'))
    await expect.poll(() => form.state.status).toBe('accepted')
  })

  it.each([
    ['is older than a day', () => void leaveUnanswered(Date.now() - 25 * 60 * 60_000)],
    ['was sent more than a day ago', () => void leaveUnanswered(Date.now(), ' 2026-01-01T00:00:00.000Z')],
    ['belongs to another form', () => sessionStorage.setItem(`anketa-unanswered ${relay}-other x`, 'y')],
    ['is no lead', () => sessionStorage.setItem(`anketa-unanswered ${relay} <script>`, 'nothing')],
  ])('a lead that %s is not asked for', async (_, leave) => {
    const page = startRelay()
    leave()
    let asked = 0
    page.outcome = () => {
      asked += 1
      return Response.json({ outcome: 'accepted' })
    }
    const shown = await showForm()
    await fillIn(shown)
    shown.form.submit()
    await expect.poll(() => shown.form.state.status).toBe('accepted')
    expect(page.leads).toHaveLength(1)
    expect(asked).toBe(0)
  })

  it('two forms of one address ask for a lead each', async () => {
    const page = startRelay()
    const left = [leaveUnanswered(), leaveUnanswered()]
    const asked: string[] = []
    page.outcome = (id) => {
      asked.push(id)
      return Response.json({ outcome: 'accepted' })
    }
    const forms = [await showForm(), await showForm()]
    for (const { form } of forms) await expect.poll(() => form.state.status).toBe('accepted')
    expect(asked.toSorted()).toEqual(left.map(({ id }) => id).toSorted())
  })

  it('a form in a closed popup asks when it is opened', async () => {
    const page = startRelay()
    leaveUnanswered()
    let asked = 0
    page.outcome = () => {
      asked += 1
      return Response.json({ outcome: 'accepted' })
    }
    const { container, form } = await showForm('ru', { popup: true })
    // What asks has come, and waits.
    await expect.poll(() => container.querySelector('.anketa-popup')).not.toBeNull()
    await import('../../../src/embed/on-demand/recovery.chunk.ts')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(asked).toBe(0)
    const link = document.createElement('a')
    link.href = '#anketa'
    document.body.append(link)
    onTestFinished(() => link.remove())
    link.click()
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(asked).toBe(1)
  })
})

describe('after the page has removed the form', () => {
  /** Sends a lead, and removes the form before its answer comes. */
  async function leaveWhileSending(isReset = false) {
    const page = startRelay()
    const answer = Promise.withResolvers<object>()
    page.answer = () => answer.promise
    const first = await showForm()
    await fillIn(first)
    first.form.submit()
    await expect.poll(() => page.leads.length).toBe(1)
    if (isReset) first.form.reset()
    first.form.destroy()
    return { page, answer }
  }

  it.each(['before', 'after'])(
    'the next form says what became of the lead, shown %s the answer',
    async (at) => {
      const { page, answer } = await leaveWhileSending()
      const asked: string[] = []
      page.outcome = (id) => {
        asked.push(id)
        return Response.json({ outcome: 'accepted' })
      }
      if (at === 'after') answer.resolve({ outcome: 'accepted' })
      // The answer has been read.
      await new Promise((resolve) => setTimeout(resolve, 50))
      const { container, form } = await showForm()
      await expect.poll(() => form.state.status).toBe('accepted')
      answer.resolve({ outcome: 'accepted' })
      expect(textIn(container, 'h2')).toBe('Заявка принята')
      expect(asked).toEqual([page.leads[0]?.id])
      expect(keptLeads()).toEqual([])
    },
  )

  it('the next form says nothing of a lead before a reset', async () => {
    const { page, answer } = await leaveWhileSending(true)
    answer.resolve({ outcome: 'accepted' })
    expect(keptLeads()).toEqual([])
    const shown = await showForm()
    await fillIn(shown)
    expect(shown.form.state.status).toBe('filling')
    expect(textIn(shown.container, '[part~=recovery]')).toBe('')
    expect(page.leads).toHaveLength(1)
  })
})

describe('another person at the same tab', () => {
  it.each(['accepted', 'queued', 'declined', 'duplicate'])(
    'keeps what is typed, and sends a lead of their own, when the earlier one is %s',
    async (outcome) => {
      const page = startRelay()
      const identity = leaveUnanswered()
      const { asked, answer } = holdOutcome(page)
      const reported: unknown[] = []
      const shown = await showForm('ru', { onOutcome: (event) => reported.push(event) })
      expect(await asked).toBe(identity.id)
      type(shown.container, 'lastName', 'Петров')
      answer(outcome)
      await expect
        .poll(() => textIn(shown.container, '[data-recovery=known] p'))
        .toMatch(/^Ответ по прошлой заявке: .*\. То, что введено сейчас, ещё не отправлено\.$/)
      expect(shown.form.state.status).toBe('filling')
      expect(inputOf(shown.container, 'lastName').value).toBe('Петров')
      expect(reported).toEqual([])
      expect(keptLeads()).toEqual([])
      await fillIn(shown)
      shown.form.submit()
      await expect.poll(() => shown.form.state.status).toBe('accepted')
      expect(page.leads).toHaveLength(1)
      expect(page.leads[0]?.id).not.toBe(identity.id)
      expect(reported).toMatchObject([{ leadId: page.leads[0]?.id }])
    },
  )

  it('sends a lead of their own while nobody knows, which ends the question', async () => {
    const page = startRelay()
    const identity = leaveUnanswered()
    page.outcome = () => {
      throw new TypeError('Failed to fetch')
    }
    const shown = await showForm()
    await expect.poll(() => rootOf(shown.container).querySelector('[data-recovery=waiting]')).not.toBeNull()
    await fillIn(shown)
    shown.form.submit()
    await expect.poll(() => shown.form.state.status).toBe('accepted')
    expect(page.leads).toHaveLength(1)
    expect(page.leads[0]?.id).not.toBe(identity.id)
    expect(textIn(shown.container, '[data-recovery]')).toBe('')
    expect(keptLeads()).toEqual([])
  })

  it.each(['asking', 'lost'])('says that the lead is not theirs while it is %s', async (kind) => {
    const page = startRelay()
    const identity = leaveUnanswered()
    const held = kind === 'asking' ? holdOutcome(page) : undefined
    if (!held) loseLead(page)
    const shown = await showForm()
    await expect.poll(() => rootOf(shown.container).querySelector(`[data-recovery=${kind}]`)).not.toBeNull()
    await pressInNotice(shown.container, 'drop')
    held?.answer('accepted')
    await expect.poll(() => textIn(shown.container, '[part~=recovery]')).toBe('')
    expect(keptLeads()).toEqual([])
    await fillIn(shown)
    shown.form.submit()
    await expect.poll(() => shown.form.state.status).toBe('accepted')
    expect(page.leads).toHaveLength(1)
    expect(page.leads[0]?.id).not.toBe(identity.id)
  })

  it('comes after a reset of the page, which forgets the lead', async () => {
    const page = startRelay()
    leaveUnanswered()
    const { asked, answer } = holdOutcome(page)
    const { container, form } = await showForm()
    await asked
    form.reset()
    expect(keptLeads()).toEqual([])
    type(container, 'lastName', 'Петров')
    answer('accepted')
    await expect.poll(() => textIn(container, '[part~=recovery]')).toBe('')
    expect(form.state.status).toBe('filling')
    expect(inputOf(container, 'lastName').value).toBe('Петров')
  })

  it('comes after a reset, which forgets every lead that no form takes care of', async () => {
    const page = startRelay()
    leaveUnanswered()
    leaveUnanswered()
    const { asked } = holdOutcome(page)
    const { form } = await showForm()
    await asked
    form.reset()
    expect(keptLeads()).toEqual([])
  })

  it('comes after a reset while a lead has no answer, and a reload asks for nothing', async () => {
    const page = startRelay()
    page.answer = () => {
      throw new TypeError('Failed to fetch')
    }
    const shown = await showForm()
    await fillIn(shown)
    shown.form.submit()
    await expect.poll(() => shown.form.state.status).toBe('failed')
    expect(keptLeads()).toHaveLength(1)
    shown.form.reset()
    expect(keptLeads()).toEqual([])
  })
})

describe('the same person', () => {
  it('goes on with a lead that waits for corrections, under the same id', async () => {
    const page = startRelay()
    const identity = leaveUnanswered()
    page.outcome = () => Response.json({ outcome: 'invalid' })
    const shown = await showForm()
    await expect
      .poll(() => textIn(shown.container, '[data-recovery=correct] p'))
      .toBe('Заявка дошла, но в ней нужно кое-что исправить.')
    type(shown.container, 'lastName', 'Иванов')
    await pressInNotice(shown.container, 'continue')
    await expect
      .poll(() => textIn(shown.container, '[data-recovery=correct] p'))
      .toContain('второй заявки из-за этого не появится')
    expect(rootOf(shown.container).querySelector('[part~=recovery] button')).toBeNull()
    await fillIn(shown)
    shown.form.submit()
    await expect.poll(() => shown.form.state.status).toBe('accepted')
    expect(identitiesOf(page.leads)).toEqual([identity])
  })
})

describe('an early lead that was begun before', () => {
  const partial = { ...twoSteps, partial: true } as const

  it('is withdrawn when the person goes on with the earlier lead', async () => {
    const page = startRelay(partial)
    const identity = leaveUnanswered()
    const { asked, answer } = holdOutcome(page)
    const shown = await showForm()
    await asked
    await fillIn(shown)
    await expect.poll(() => page.leads.length).toBe(1)
    const [early] = page.leads
    expect(early).toMatchObject({ partial: true })
    expect(early?.id).not.toBe(identity.id)
    answer('invalid')
    await pressInNotice(shown.container, 'continue')
    await expect.poll(() => page.withdrawn).toEqual([early?.id])
    shown.form.submit()
    await expect.poll(() => shown.form.state.status).toBe('accepted')
    expect(page.leads.filter((lead) => !lead.partial)).toMatchObject([identity])
    expect(page.withdrawn).toHaveLength(1)
  })

  it('is withdrawn under the earlier lead’s id when the person says that it is not theirs', async () => {
    const page = startRelay(partial)
    const identity = leaveUnanswered()
    loseLead(page)
    const shown = await showForm()
    await expect.poll(() => textIn(shown.container, '[data-recovery=lost] p')).not.toBe('')
    await fillIn(shown)
    await expect.poll(() => identitiesOf(page.leads)).toEqual([identity])
    await pressInNotice(shown.container, 'drop')
    await expect.poll(() => page.withdrawn).toEqual([identity.id])
    await expect.poll(() => page.leads.length).toBe(2)
    expect(page.leads[1]?.id).not.toBe(identity.id)
    expect(page.withdrawn).toHaveLength(1)
  })

  it('stays after a reset: it is the person’s who has left', async () => {
    const page = startRelay(partial)
    const shown = await showForm()
    await fillIn(shown)
    await expect.poll(() => page.leads.length).toBe(1)
    shown.form.reset()
    await expect.poll(() => rootOf(shown.container).querySelector('[data-field=amount]')).not.toBeNull()
    await fillIn(shown)
    await expect.poll(() => page.leads.length).toBe(2)
    expect(page.leads[1]?.id).not.toBe(page.leads[0]?.id)
    expect(page.withdrawn).toEqual([])
  })
})

describe('a device whose clock was set back', () => {
  const hourMs = 60 * 60_000

  it.each([
    ['three hours', 3],
    ['a week', 7 * 24],
  ])('by %s sends what the person goes on with as later than what was sent', async (_, hours) => {
    const page = startRelay()
    const sentAt = Date.now() + hours * hourMs
    const identity = leaveUnanswered(sentAt, ` ${new Date(sentAt).toISOString()}`)
    page.outcome = () => Response.json({ outcome: 'invalid' })
    const shown = await showForm()
    await pressInNotice(shown.container, 'continue')
    await fillIn(shown)
    shown.form.submit()
    await expect.poll(() => shown.form.state.status).toBe('accepted')
    expect(identitiesOf(page.leads)).toEqual([identity])
    expect(Date.parse(page.leads[0]?.page.submittedAt ?? '')).toBe(sentAt + 1)
  })
})

describe('the same person whose draft comes back', () => {
  beforeEach(deleteDrafts)
  afterEach(deleteDrafts)

  /** Sends a lead that gets no answer, and shows the form again with its draft. */
  async function comeBack(suffix = '') {
    const page = startRelay()
    page.answer = () => new Promise<object>(() => undefined)
    const first = await showDrafted()
    await fillIn(first)
    first.form.submit()
    await expect.poll(() => page.leads.length).toBe(1)
    await whenStored()
    first.form.destroy()
    const [sent] = page.leads
    if (suffix) sessionStorage.setItem(`anketa-unanswered ${relay} ${sent?.id}`, `${sent?.key}${suffix}`)
    page.answer = () => ({ outcome: 'accepted' })
    const { asked, answer } = holdOutcome(page)
    const shown = await showDrafted()
    await expect.poll(() => noticeOf(shown.container)).toBeDefined()
    expect(await asked).toBe(page.leads[0]?.id)
    return { ...shown, page, answer }
  }

  it('learns that the lead was accepted', async () => {
    const { form, page, answer } = await comeBack()
    answer('accepted')
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(page.leads).toHaveLength(1)
  })

  it('whose sending was later than the draft is sent after that', async () => {
    const sentAt = Date.now() + 60 * 60_000
    const { container, form, page } = await comeBack(` ${new Date(sentAt).toISOString()}`)
    agree(container)
    form.submit()
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(Date.parse(page.leads[1]?.page.submittedAt ?? '')).toBe(sentAt + 1)
  })

  it.each(['before the answer', 'changed, after it'])('sends the same lead again %s', async (moment) => {
    const { container, form, page, answer } = await comeBack()
    if (moment !== 'before the answer') {
      type(container, 'phone', '+79000000002')
      answer('accepted')
      await vi.waitUntil(() => textIn(container, '[data-recovery=known] p').includes('Заявка принята'))
    }
    agree(container)
    form.submit()
    await expect.poll(() => form.state.status).toBe('accepted')
    const [one, two] = identitiesOf(page.leads)
    expect(two).toEqual(one)
  })
})
