import { effect, untracked } from '@preact/signals-core'
import { describeException } from '../../lead/describe-exception.ts'
import type { LeadValues } from '../../lead/values.ts'
import { type FormStatus, isFinalOutcome } from '../../state/form-status.ts'
import type { FormModel } from '../../state/form-model.ts'
import { report } from '../options/report.ts'

/** Something in a form that the person has to correct. */
export interface FormIssue {
  /** A field's name, `consent.<id>`, or `code` for the code from an SMS. */
  readonly field: string
  readonly code: string
}

/** The state of a form. Reading it inside an effect of signals subscribes to it. */
export interface FormState {
  /** The id of the step that is shown; `verification` while a code is asked for; `result` at the end. */
  readonly step: string | undefined
  /** The ids of the steps that the answers lead through. */
  readonly steps: readonly string[]
  /** `loading` until the form is shown; `unavailable` if it cannot be. */
  readonly status: FormStatus | 'loading' | 'unavailable'
  /** The valid values so far; empty once the lead has arrived. */
  readonly values: LeadValues
  /** What the form asks the person to correct now. */
  readonly issues: readonly FormIssue[]
  /** Calls a listener after every change. Returns a function that unsubscribes it. */
  subscribe(listener: (state: FormState) => void): () => void
}

/** Creates the state of a form. The model may not exist yet, and may be replaced. */
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
      return current()?.steps.value.map(({ id }) => id) ?? []
    },
    get status() {
      return current()?.status.value ?? absent()
    },
    get values() {
      return current()?.values.value ?? {}
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
              // Its message may quote a value.
              report(`a listener of the state failed (${describeException(error)})`)
            }
          })
        return () => void seen
      })
    },
  }
  return state
}

function collectIssues({ steps, fields, consents, codeMessage }: FormModel): readonly FormIssue[] {
  const code = codeMessage.value
  return [
    ...steps.value.flatMap((step) =>
      step.fields.flatMap(({ name }) => {
        const message = fields[name]?.message.value
        return message && !message.warning ? [{ field: name, code: message.code ?? 'provider' }] : []
      }),
    ),
    ...[...consents.missing.value].map((id) => ({ field: `consent.${id}`, code: 'consent-required' })),
    ...(code ? [{ field: 'code', code: code.code ?? '' }] : []),
  ]
}
