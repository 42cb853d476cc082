import { effect, untracked } from '@preact/signals-core'
import type { LeadValues } from '../../lead/values.ts'
import { type FormStatus, isFinalOutcome } from '../../state/form-status.ts'
import type { FormModel } from '../../state/form-model.ts'
import { report } from '../options/report.ts'

/** Something of a form that is to be corrected. */
export interface FormIssue {
  /** A field's name, `consent.<id>`, or `code` for the one from a message. */
  readonly field: string
  readonly code: string
}

/** Where a form is. What is read inside an effect of signals is followed by it. */
export interface FormState {
  /** The id of the step that is shown, `verification` while a code is asked for, `result` at the end. */
  readonly step: string | undefined
  /** The ids of the steps that the answers lead through. */
  readonly steps: readonly string[]
  /** `loading` until the form is shown, `unavailable` when it cannot be. */
  readonly status: FormStatus | 'loading' | 'unavailable'
  /** What was entered so far, as far as it is readable; empty once the lead has arrived. */
  readonly values: LeadValues
  /** What the form tells the person to correct now. */
  readonly issues: readonly FormIssue[]
  /** Calls a listener after every change; returns how to stop that. */
  subscribe(listener: (state: FormState) => void): () => void
}

/** The state of a form whose model comes later and may become another one. */
export function createFormState(
  current: () => FormModel | undefined,
  absent: () => 'loading' | 'unavailable',
): FormState {
  const state: FormState = {
    get step() {
      const model = current()
      if (!model) return undefined
      if (model.pendingCode.value) return 'verification'
      return isFinalOutcome(model.status.value) ? 'result' : model.step.value?.id
    },
    get steps() {
      return current()?.flow.value.steps.map(({ id }) => id) ?? []
    },
    get status() {
      return current()?.status.value ?? absent()
    },
    get values() {
      return current()?.flow.value.values ?? {}
    },
    get issues() {
      const model = current()
      return model ? collectIssues(model) : []
    },
    subscribe(listener) {
      let first = true
      return effect(() => {
        const seen = { ...state }
        if (first) first = false
        else
          untracked(() => {
            try {
              listener(state)
            } catch (error) {
              report('a listener of the state failed', error)
            }
          })
        return () => void seen
      })
    },
  }
  return state
}

function collectIssues({ flow, fields, consents, codeMessage }: FormModel): readonly FormIssue[] {
  const code = codeMessage.value
  return [
    ...flow.value.steps.flatMap((step) =>
      step.fields.flatMap(({ name }) => {
        const message = fields[name]?.message.value
        return message && !message.warning ? [{ field: name, code: message.code ?? 'provider' }] : []
      }),
    ),
    ...[...consents.missing.value].map((id) => ({ field: `consent.${id}`, code: 'consent-required' })),
    ...(code ? [{ field: 'code', code: code.code ?? '' }] : []),
  ]
}
