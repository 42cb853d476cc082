import { createModel, signal } from '@preact/signals-core'
import { smsCode } from '../fields/sms-code.ts'
import type { CodeAwaited } from '../lead/send-result.ts'
import { FieldModel } from './field-model.ts'

/** The confirmation of a phone by the code that was sent to it. */
export const VerificationModel = createModel(() => {
  const active = signal(false)
  const attemptsLeft = signal<number | undefined>(undefined)
  const code = new FieldModel(smsCode)
  return {
    /** Whether a code is asked for now. */
    active,
    /** How many more wrong codes are taken, where that is known. */
    attemptsLeft,
    /** What is typed, and what is wrong with it. */
    code,

    /** Asks for a code, anew after a wrong one. Returns whether that was wrong. */
    ask({ attemptsLeft: left, issues = [] }: CodeAwaited): boolean {
      const wrong = issues.find(({ field }) => field === 'code')
      active.value = true
      attemptsLeft.value = left
      code.setText('')
      code.remark.value = wrong && { code: 'wrong-code' }
      return wrong !== undefined
    },

    /** What the person types; a remark goes with the first key. */
    type(text: string) {
      if (text === code.text.value) return
      code.setText(text)
      code.remark.value = undefined
    },

    /** The code as it is sent; what is none is remarked on. */
    take(): string | undefined {
      code.tidy()
      const { value } = code.value
      if (typeof value === 'string') return value
      code.remark.value = { code: 'code-format' }
      return undefined
    },

    close() {
      active.value = false
      code.setText('')
      code.remark.value = undefined
    },
  }
})
