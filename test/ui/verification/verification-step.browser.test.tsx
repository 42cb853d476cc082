import { act } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { ru } from '../../../src/i18n/ru/ru.ts'
import { verificationRu } from '../../../src/i18n/ru/verification.ts'
import type { Lead } from '../../../src/lead/lead.ts'
import type { LeadIdentity } from '../../../src/lead/lead-identity.ts'
import type { SendResult } from '../../../src/lead/delivery.ts'
import { createVerificationStep } from '../../../src/ui/verification/verification-step.tsx'
import { define } from '../../form/define.ts'
import { tickBox } from '../../support/tick-box.ts'
import { press, typeKeys } from '../support/keys.ts'
import { type ShownForm, showForm } from '../support/show-form.ts'

const codeRequired: SendResult = { outcome: 'verification' }
const wrong = (attemptsLeft?: number): SendResult => ({
  outcome: 'verification',
  issues: [{ field: 'code', code: 'wrong-code' }],
  ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
})

interface VerifyingForm {
  readonly form: ShownForm
  readonly leads: readonly Lead[]
  readonly codes: readonly { readonly lead: LeadIdentity; readonly code: string }[]
  /** The input for the code. */
  code(): HTMLInputElement
  root(): HTMLElement
  /** The message about the code. */
  message(): string | null | undefined
}

/** Shows a form whose lead waits for a code. Codes get the answers in order; the last one is repeated. */
async function requestCode(
  ...answers: readonly (SendResult | Promise<SendResult> | 'throw')[]
): Promise<VerifyingForm> {
  const leads: Lead[] = []
  const codes: { lead: LeadIdentity; code: string }[] = []
  const form = showForm(define([{ name: 'phone' }, { name: 'email', required: false }], []), {
    async send(lead) {
      leads.push(lead)
      return codeRequired
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
  await act(() => tickBox(form.one(HTMLElement, '[data-consent=processing] input')))
  await form.click('submit')
  await expect.poll(() => form.all(HTMLElement, '[data-step=verification] form').length).toBe(1)
  const code = (): HTMLInputElement => form.input('code')
  return {
    form,
    leads,
    codes,
    code,
    root: () => form.one(HTMLElement, '[data-step]'),
    message: () => {
      return form.message('code')?.text
    },
  }
}

/** Waits for a step and a status: an answer arrives some time after the key that caused it. */
async function expectState({ root }: VerifyingForm, step: string, status: string): Promise<void> {
  await expect.poll(() => [root().dataset['step'], root().dataset['status']]).toEqual([step, status])
}

describe('a lead that waits for a code', () => {
  it('shows a step for the code, with the redacted number that it was sent to', async () => {
    const verification = await requestCode()
    await expectState(verification, 'verification', 'verification')
    expect(verification.form.one(HTMLElement, 'h2')).toHaveDeepFocus()
    expect(verification.root().textContent).toContain(`${verificationRu.sent} +7 900 ***-**-01`)
    expect(verification.root().innerHTML).not.toContain('000-00')
    const { type, inputMode, autocomplete, maxLength } = verification.code()
    expect({ type, inputMode, autocomplete, maxLength }).toEqual({
      type: 'text',
      inputMode: 'numeric',
      autocomplete: 'one-time-code',
      maxLength: -1,
    })
    expect(verification.form.events.at(-1)).toMatchObject({ type: 'outcome', outcome: 'verification' })
  })

  it('is confirmed by the code and Enter, and only then cleared', async () => {
    const verification = await requestCode({ outcome: 'accepted' })
    const { form, codes, leads } = verification
    expect(form.model.values.value).toEqual({ phone: '+79000000001' })
    verification.code().focus()
    await typeKeys('1234')
    await press('Enter')
    expect(codes).toEqual([{ lead: { id: leads[0]?.id, key: leads[0]?.key }, code: '1234' }])
    await expectState(verification, 'result', 'accepted')
    expect(form.one(HTMLElement, 'h2')).toHaveDeepFocus()
    expect(form.model.values.value).toEqual({})
  })

  it.each(['Код: 12 34', ' 12-34 ', '１２３４', 'Ваш код 1234. Никому его не говорите'])(
    'accepts the code pasted as %j',
    async (text) => {
      const verification = await requestCode()
      verification.code().focus()
      document.execCommand('insertText', false, text)
      await verification.form.click('confirm')
      expect(verification.codes).toMatchObject([{ code: '1234' }])
    },
  )

  it('accepts the code that the phone fills in without an event', async () => {
    const verification = await requestCode()
    verification.code().value = '004321'
    await verification.form.click('confirm')
    expect(verification.codes).toMatchObject([{ code: '004321' }])
  })

  it.each([
    ['', 'code-format'],
    ['12', 'code-short'],
    ['123456789', 'code-long'],
    ['abcd', 'code-format'],
  ] as const)('says why %j is no code (%s), and sends nothing', async (text, reason) => {
    const verification = await requestCode()
    verification.code().focus()
    if (text) await typeKeys(text)
    await press('Enter')
    expect(verification.codes).toEqual([])
    expect(verification.message()).toBe(ru.issues[reason])
    expect(verification.code()).toHaveDeepFocus()
    expect(verification.code().getAttribute('aria-invalid')).toBe('true')
    expect(verification.form.events.at(-1)).toEqual({
      type: 'issues',
      step: 'verification',
      codes: [reason],
    })
    await typeKeys('1')
    expect(verification.message()).toBeUndefined()
  })

  it('never emits the code or the phone in an event', async () => {
    const verification = await requestCode(wrong(1), { outcome: 'accepted' })
    for (const code of ['7391', '8264']) {
      verification.code().focus()
      await typeKeys(code)
      await press('Enter')
    }
    expect(JSON.stringify(verification.form.events)).not.toMatch(/7391|8264|900000/)
    expect(
      verification.form.events.flatMap((event) => (event.type === 'outcome' ? event.outcome : [])),
    ).toEqual(['verification', 'verification', 'accepted'])
  })
})

describe('a wrong code', () => {
  it.each([
    [undefined, ru.issues['wrong-code']],
    [1, `${String(ru.issues['wrong-code'])}. Осталась 1 попытка`],
    [2, `${String(ru.issues['wrong-code'])}. Осталось 2 попытки`],
  ])('with %o attempts left is asked for again', async (left, text) => {
    const verification = await requestCode(wrong(left), { outcome: 'accepted' })
    verification.code().focus()
    await typeKeys('1111')
    await press('Enter')
    expect(verification.message()).toBe(text)
    expect(verification.code().value).toBe('')
    expect(verification.code()).toHaveDeepFocus()
    await expectState(verification, 'verification', 'verification')
    await typeKeys('2222')
    expect(verification.message()).toBeUndefined()
    await press('Enter')
    expect(verification.codes.map(({ code }) => code)).toEqual(['1111', '2222'])
    await expectState(verification, 'result', 'accepted')
  })

  it('that was the last attempt removes the input, and the person can change the number or give up', async () => {
    const verification = await requestCode(wrong(0))
    verification.code().focus()
    await typeKeys('1111')
    await press('Enter')
    const alert = verification.form.one(HTMLElement, '[role=alert]')
    expect(alert.textContent).toBe(verificationRu.noAttempts)
    expect(alert).toHaveDeepFocus()
    expect(verification.form.all(HTMLElement, '[data-field] input, [data-action=confirm]')).toEqual([])
    await verification.form.click('change')
    await expectState(verification, 'step-0', 'filling')
  })
})

describe('changing the number', () => {
  it('goes back to the phone with all answers, and sends a new revision of the same lead', async () => {
    const verification = await requestCode()
    const { form, leads } = verification
    await form.click('change')
    await expectState(verification, 'step-0', 'filling')
    expect(form.input('phone')).toHaveDeepFocus()
    expect(form.input('phone').value).toBe('+7 900 000-00-01')
    expect(form.events.at(-1)).toMatchObject({ type: 'step', id: 'step-0', direction: 'back' })

    await press('End', 'Backspace')
    await typeKeys('2')
    await form.click()
    await form.click('submit')
    await expectState(verification, 'verification', 'verification')
    expect(leads.map(({ values }) => values.phone)).toEqual(['+79000000001', '+79000000002'])
    expect(leads[1]).toMatchObject({ id: leads[0]?.id, key: leads[0]?.key, consents: leads[0]?.consents })
    expect(verification.root().textContent).toContain('+7 900 ***-**-02')
    expect(verification.message()).toBeUndefined()
  })
})

describe('giving up', () => {
  it('leaves the lead unconfirmed, shows that, and clears the answers', async () => {
    const verification = await requestCode()
    await verification.form.click('give-up')
    await expectState(verification, 'result', 'verification')
    expect(verification.root().textContent).toContain(ru.results.verification.title)
    expect(verification.form.one(HTMLElement, 'h2')).toHaveDeepFocus()
    expect(verification.form.model.values.value).toEqual({})
    expect(verification.form.model.touched.value).toBe(false)
    expect(verification.codes).toEqual([])
  })
})

describe('while a code is being sent', () => {
  it('no button has an effect', async () => {
    const { promise, resolve } = Promise.withResolvers<SendResult>()
    const verification = await requestCode(promise)
    const { form } = verification
    verification.code().focus()
    await typeKeys('1234')
    const confirm = form.one(HTMLElement, '[data-action=confirm]')
    await act(() => {
      confirm.click()
      confirm.click()
    })
    await expectState(verification, 'verification', 'sending')
    expect(confirm.getAttribute('aria-disabled')).toBe('true')
    expect(form.one(HTMLElement, '[role=status]').textContent).toBe(verificationRu.checking)
    for (const action of ['confirm', 'change', 'give-up']) await form.click(action)
    form.model.next()
    form.model.goTo('step-0')
    await form.model.submit()
    await expectState(verification, 'verification', 'sending')
    expect(verification.codes).toHaveLength(1)
    expect(verification.leads).toHaveLength(1)

    await act(async () => resolve({ outcome: 'accepted' }))
    await expectState(verification, 'result', 'accepted')
  })

  it('a lost connection is shown, and only the person can send the same code again', async () => {
    const verification = await requestCode({ outcome: 'failed', code: 'network' }, { outcome: 'accepted' })
    const { form, codes } = verification
    verification.code().focus()
    await typeKeys('1234')
    await press('Enter')
    await expectState(verification, 'verification', 'failed')
    const alert = form.one(HTMLElement, '[role=alert]')
    expect(alert.textContent).toBe(verificationRu.failed)
    expect(alert).toHaveDeepFocus()
    expect(verification.code().value).toBe('1234')
    expect(codes).toHaveLength(1)
    await form.model.submit()
    expect(verification.leads).toHaveLength(1)
    await form.click('confirm')
    expect(codes.map(({ code }) => code)).toEqual(['1234', '1234'])
    await expectState(verification, 'result', 'accepted')
  })

  it('an exception of the delivery is a failure like any other', async () => {
    const verification = await requestCode('throw')
    verification.code().focus()
    await typeKeys('1234')
    await press('Enter')
    await expectState(verification, 'verification', 'failed')
  })

  it('an answer after a reset is ignored', async () => {
    const { promise, resolve } = Promise.withResolvers<SendResult>()
    const verification = await requestCode(promise)
    verification.code().focus()
    await typeKeys('1234')
    await press('Enter')
    await act(() => verification.form.model.reset())
    await act(async () => resolve({ outcome: 'accepted' }))
    await expectState(verification, 'step-0', 'filling')
  })
})

it.each([['declined'], ['queued'], ['duplicate']] as const)(
  'a code can lead to the result “%s”',
  async (outcome) => {
    const verification = await requestCode({ outcome })
    verification.code().focus()
    await typeKeys('1234')
    await press('Enter')
    await expectState(verification, 'result', outcome)
  },
)

it('a code can lead to an error of a field, which is then shown', async () => {
  const verification = await requestCode({
    outcome: 'invalid',
    issues: [{ field: 'phone', message: 'Номер не найден' }],
  })
  verification.code().focus()
  await typeKeys('1234')
  await press('Enter')
  await expectState(verification, 'step-0', 'filling')
  expect(verification.form.message('phone')?.text).toBe('Номер не найден')
})

it('a step that cannot be loaded shows that, keeps the lead, and can be loaded again', async () => {
  let attempts = 0
  const form = showForm(define([{ name: 'phone' }], []), {
    send: async () => codeRequired,
    async loadVerification() {
      attempts += 1
      if (attempts === 1) throw new Error('none')
      return createVerificationStep(verificationRu)
    },
  })
  form.input('phone').focus()
  await typeKeys('9000000001')
  await form.click()
  await act(() => tickBox(form.one(HTMLElement, '[data-consent=processing] input')))
  await form.click('submit')
  await expect.poll(() => form.all(HTMLElement, '[role=alert]')[0]?.textContent).toBe(ru.verificationFailed)
  await form.click('retry')
  await expect.poll(() => form.all(HTMLElement, '[data-field=code]').length).toBe(1)
  expect(form.all(HTMLElement, '[role=alert]')).toEqual([])
})
