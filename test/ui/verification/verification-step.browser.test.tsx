import { act } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { ru } from '../../../src/i18n/ru/ru.ts'
import { verificationRu as words } from '../../../src/i18n/ru/verification.ts'
import type { Lead } from '../../../src/lead/lead.ts'
import type { LeadIdentity } from '../../../src/lead/lead-identity.ts'
import type { SendResult } from '../../../src/lead/delivery.ts'
import { createVerificationStep } from '../../../src/ui/verification/verification-step.tsx'
import { define } from '../../form/define.ts'
import { press, typeKeys } from '../support/keys.ts'
import { type ShownForm, showForm } from '../support/show-form.ts'

const awaited: SendResult = { outcome: 'verification' }
const wrong = (attemptsLeft?: number): SendResult => ({
  outcome: 'verification',
  issues: [{ field: 'code', code: 'wrong-code' }],
  ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
})

interface Asked {
  readonly form: ShownForm
  readonly leads: readonly Lead[]
  readonly codes: readonly { readonly lead: LeadIdentity; readonly code: string }[]
  /** The line that the code is typed into. */
  code(): HTMLInputElement
  root(): HTMLElement
  /** What the step says of the code. */
  remark(): string | null | undefined
}

/** A form whose lead waits for a code; a code is answered by the next of these, the last one for ever. */
async function ask(...answers: readonly (SendResult | Promise<SendResult> | 'throw')[]): Promise<Asked> {
  const leads: Lead[] = []
  const codes: { lead: LeadIdentity; code: string }[] = []
  const form = showForm(define([{ name: 'phone' }, { name: 'email', required: false }], []), {
    async send(lead) {
      leads.push(lead)
      return awaited
    },
    async confirm(lead, code) {
      codes.push({ lead, code })
      const answer = answers[codes.length - 1] ?? answers.at(-1) ?? { outcome: 'accepted' }
      if (answer === 'throw') throw new Error('none')
      return answer
    },
  })
  form.input('phone').focus()
  await typeKeys('9000000001')
  await form.click()
  await act(() => form.one(HTMLElement, '[data-consent=processing] input').click())
  await form.click('submit')
  await expect.poll(() => form.all(HTMLElement, '[data-step=verification] form').length).toBe(1)
  const code = (): HTMLInputElement => form.input('code')
  return {
    form,
    leads,
    codes,
    code,
    root: () => form.one(HTMLElement, '[data-step]'),
    remark: () => {
      const id = code().getAttribute('aria-describedby')
      return id === null ? undefined : form.root.getElementById(id)?.textContent
    },
  }
}

/** Waits for the form to stand so: an answer comes a few turns after the key that asked for it. */
async function expectStanding({ root }: Asked, step: string, status: string): Promise<void> {
  await expect.poll(() => [root().dataset['step'], root().dataset['status']]).toEqual([step, status])
}

describe('a lead that waits for a code', () => {
  it('shows a step for it, which says where the code went with most of the number hidden', async () => {
    const asked = await ask()
    await expectStanding(asked, 'verification', 'verification')
    expect(asked.form.one(HTMLElement, 'h2')).toHaveDeepFocus()
    expect(asked.root().textContent).toContain(`${words.sent} +7 900 ***-**-01`)
    expect(asked.root().innerHTML).not.toContain('000-00')
    const { type, inputMode, autocomplete, maxLength } = asked.code()
    expect({ type, inputMode, autocomplete, maxLength }).toEqual({
      type: 'text',
      inputMode: 'numeric',
      autocomplete: 'one-time-code',
      maxLength: -1,
    })
    expect(asked.form.events.at(-1)).toMatchObject({ type: 'outcome', outcome: 'verification' })
  })

  it('is confirmed by the code that is typed, with Enter, and only then forgotten', async () => {
    const asked = await ask({ outcome: 'accepted' })
    const { form, codes, leads } = asked
    expect(form.model.flow.value.values).toEqual({ phone: '+79000000001' })
    asked.code().focus()
    await typeKeys('1234')
    await press('Enter')
    expect(codes).toEqual([{ lead: { id: leads[0]?.id, key: leads[0]?.key }, code: '1234' }])
    await expectStanding(asked, 'result', 'accepted')
    expect(form.one(HTMLElement, 'h2')).toHaveDeepFocus()
    expect(form.model.flow.value.values).toEqual({})
  })

  it.each(['Код: 12 34', ' 12-34 ', '１２３４', 'Ваш код 1234. Никому его не говорите'])(
    'takes the code pasted as %j',
    async (text) => {
      const asked = await ask()
      asked.code().focus()
      document.execCommand('insertText', false, text)
      await asked.form.click('confirm')
      expect(asked.codes).toMatchObject([{ code: '1234' }])
    },
  )

  it('takes the code that the phone fills in without an event', async () => {
    const asked = await ask()
    asked.code().value = '004321'
    await asked.form.click('confirm')
    expect(asked.codes).toMatchObject([{ code: '004321' }])
  })

  it.each(['', '12', 'abcd'])('asks for digits where %j is none, and sends nothing', async (text) => {
    const asked = await ask()
    asked.code().focus()
    if (text) await typeKeys(text)
    await press('Enter')
    expect(asked.codes).toEqual([])
    expect(asked.remark()).toBe(ru.issues['code-format'])
    expect(asked.code()).toHaveDeepFocus()
    expect(asked.code().getAttribute('aria-invalid')).toBe('true')
    expect(asked.form.events.at(-1)).toEqual({ type: 'issues', step: 'verification', codes: ['code-format'] })
    await typeKeys('1')
    expect(asked.remark()).toBeUndefined()
  })

  it('never tells the code or the phone in an event', async () => {
    const asked = await ask(wrong(1), { outcome: 'accepted' })
    for (const code of ['7391', '8264']) {
      asked.code().focus()
      await typeKeys(code)
      await press('Enter')
    }
    expect(JSON.stringify(asked.form.events)).not.toMatch(/7391|8264|900000/)
    expect(asked.form.events.flatMap((event) => (event.type === 'outcome' ? event.outcome : []))).toEqual([
      'verification',
      'verification',
      'accepted',
    ])
  })
})

describe('a wrong code', () => {
  it.each([
    [undefined, ru.issues['wrong-code']],
    [1, `${String(ru.issues['wrong-code'])}. Осталась 1 попытка`],
    [2, `${String(ru.issues['wrong-code'])}. Осталось 2 попытки`],
  ])('with %o attempts left is asked for again', async (left, text) => {
    const asked = await ask(wrong(left), { outcome: 'accepted' })
    asked.code().focus()
    await typeKeys('1111')
    await press('Enter')
    expect(asked.remark()).toBe(text)
    expect(asked.code().value).toBe('')
    expect(asked.code()).toHaveDeepFocus()
    await expectStanding(asked, 'verification', 'verification')
    await typeKeys('2222')
    expect(asked.remark()).toBeUndefined()
    await press('Enter')
    expect(asked.codes.map(({ code }) => code)).toEqual(['1111', '2222'])
    await expectStanding(asked, 'result', 'accepted')
  })

  it('that was the last takes the line away, and leaves another number or none', async () => {
    const asked = await ask(wrong(0))
    asked.code().focus()
    await typeKeys('1111')
    await press('Enter')
    const alert = asked.form.one(HTMLElement, '[role=alert]')
    expect(alert.textContent).toBe(words.noAttempts)
    expect(alert).toHaveDeepFocus()
    expect(asked.form.all(HTMLElement, 'input, [data-action=confirm]')).toEqual([])
    await asked.form.click('change-phone')
    await expectStanding(asked, 'step-0', 'filling')
  })
})

describe('changing the number', () => {
  it('goes back to the phone with everything kept, and sends a new revision of the same lead', async () => {
    const asked = await ask()
    const { form, leads } = asked
    await form.click('change-phone')
    await expectStanding(asked, 'step-0', 'filling')
    expect(form.input('phone')).toHaveDeepFocus()
    expect(form.input('phone').value).toBe('+7 900 000-00-01')
    expect(form.events.at(-1)).toMatchObject({ type: 'step', id: 'step-0', direction: 'back' })

    await press('End', 'Backspace')
    await typeKeys('2')
    await form.click()
    await form.click('submit')
    await expectStanding(asked, 'verification', 'verification')
    expect(leads.map(({ values }) => values.phone)).toEqual(['+79000000001', '+79000000002'])
    expect(leads[1]).toMatchObject({ id: leads[0]?.id, key: leads[0]?.key, consents: leads[0]?.consents })
    expect(asked.root().textContent).toContain('+7 900 ***-**-02')
    expect(asked.remark()).toBeUndefined()
  })
})

describe('giving up', () => {
  it('leaves the lead unconfirmed, says so, and forgets the answers', async () => {
    const asked = await ask()
    await asked.form.click('give-up')
    await expectStanding(asked, 'result', 'verification')
    expect(asked.root().textContent).toContain(ru.results.verification.title)
    expect(asked.form.one(HTMLElement, 'h2')).toHaveDeepFocus()
    expect(asked.form.model.flow.value.values).toEqual({})
    expect(asked.form.model.touched.value).toBe(false)
    expect(asked.codes).toEqual([])
  })
})

describe('while a code is on its way', () => {
  it('nothing can be pressed twice, changed or given up', async () => {
    const { promise, resolve } = Promise.withResolvers<SendResult>()
    const asked = await ask(promise)
    const { form } = asked
    asked.code().focus()
    await typeKeys('1234')
    const confirm = form.one(HTMLElement, '[data-action=confirm]')
    await act(() => {
      confirm.click()
      confirm.click()
    })
    await expectStanding(asked, 'verification', 'sending')
    expect(confirm.getAttribute('aria-disabled')).toBe('true')
    expect(form.one(HTMLElement, '[role=status]').textContent).toBe(words.checking)
    for (const action of ['confirm', 'change-phone', 'give-up']) await form.click(action)
    form.model.next()
    form.model.goTo('step-0')
    await form.model.submit()
    await expectStanding(asked, 'verification', 'sending')
    expect(asked.codes).toHaveLength(1)
    expect(asked.leads).toHaveLength(1)

    await act(async () => resolve({ outcome: 'accepted' }))
    await expectStanding(asked, 'result', 'accepted')
  })

  it('a lost connection is told of and the same code sent again, by the person alone', async () => {
    const asked = await ask({ outcome: 'failed', code: 'network' }, { outcome: 'accepted' })
    const { form, codes } = asked
    asked.code().focus()
    await typeKeys('1234')
    await press('Enter')
    await expectStanding(asked, 'verification', 'failed')
    const alert = form.one(HTMLElement, '[role=alert]')
    expect(alert.textContent).toBe(words.failed)
    expect(alert).toHaveDeepFocus()
    expect(asked.code().value).toBe('1234')
    expect(codes).toHaveLength(1)
    await form.model.submit()
    expect(asked.leads).toHaveLength(1)
    await form.click('confirm')
    expect(codes.map(({ code }) => code)).toEqual(['1234', '1234'])
    await expectStanding(asked, 'result', 'accepted')
  })

  it('a port that throws is a failure like any other', async () => {
    const asked = await ask('throw')
    asked.code().focus()
    await typeKeys('1234')
    await press('Enter')
    await expectStanding(asked, 'verification', 'failed')
  })

  it('an answer that comes after a reset changes nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<SendResult>()
    const asked = await ask(promise)
    asked.code().focus()
    await typeKeys('1234')
    await press('Enter')
    await act(() => asked.form.model.reset())
    await act(async () => resolve({ outcome: 'accepted' }))
    await expectStanding(asked, 'step-0', 'filling')
  })
})

it.each([['declined'], ['queued'], ['duplicate']] as const)(
  'a code may come to the end “%s”',
  async (outcome) => {
    const asked = await ask({ outcome })
    asked.code().focus()
    await typeKeys('1234')
    await press('Enter')
    await expectStanding(asked, 'result', outcome)
  },
)

it('a code may come to an error of a field, which is then shown', async () => {
  const asked = await ask({ outcome: 'invalid', issues: [{ field: 'phone', message: 'Номер не найден' }] })
  asked.code().focus()
  await typeKeys('1234')
  await press('Enter')
  await expectStanding(asked, 'step-0', 'filling')
  expect(asked.form.remark('phone')?.text).toBe('Номер не найден')
})

it('a step that does not load says so, keeps the lead waiting, and is loaded when asked for again', async () => {
  let tries = 0
  const form = showForm(define([{ name: 'phone' }], []), {
    send: async () => awaited,
    async loadVerification() {
      tries += 1
      if (tries === 1) throw new Error('none')
      return createVerificationStep(words)
    },
  })
  form.input('phone').focus()
  await typeKeys('9000000001')
  await form.click()
  await act(() => form.one(HTMLElement, '[data-consent=processing] input').click())
  await form.click('submit')
  await expect.poll(() => form.all(HTMLElement, '[role=alert]')[0]?.textContent).toBe(ru.verificationFailed)
  await form.click('retry')
  await expect.poll(() => form.all(HTMLElement, '[data-field=code]').length).toBe(1)
  expect(form.all(HTMLElement, '[role=alert]')).toEqual([])
})
