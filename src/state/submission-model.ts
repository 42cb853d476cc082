import { batch, createModel, signal } from '@preact/signals-core'
import type { FieldIssue } from '../lead/issue.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import type { VerificationRequired, SendResult } from '../lead/delivery.ts'
import type { LeadValues } from '../lead/values.ts'
import { type ConsentState, collectLead } from './collect-lead.ts'
import type { FormPorts } from './form-ports.ts'
import type { FieldMessage } from './field-model.ts'
import type { FocusRequest, FormAlert, FormStatus } from './form-status.ts'

/** What a submission needs of its form. */
export interface SubmissionDeps extends FormPorts {
  answers(): { readonly values: LeadValues; readonly consents: readonly ConsentState[] }
  /** Shows what is to be corrected. */
  showIssues(issues: readonly FieldIssue[]): void
  /** The lead has arrived for good: nothing personal stays in the page's memory. */
  clearForm(): void
  requestFocus(target: FocusRequest['target'], name?: string): void
}

/** A lead that is being filled in. */
export interface StartedLead {
  readonly identity: LeadIdentity
  readonly startedAt: Date
}

/** What becomes of a lead: one request at a time, the answer to it, and the confirmation of the phone. */
export const SubmissionModel = createModel((ports: SubmissionDeps) => {
  const status = signal<FormStatus>('filling')
  const alert = signal<FormAlert | undefined>(undefined)
  const touched = signal(false)
  /** The code that is asked for, with what is known of the attempts; nothing while none is. */
  const pendingCode = signal<VerificationRequired | undefined>(undefined)
  /** What is wrong with the code that was typed. */
  const codeMessage = signal<FieldMessage | undefined>(undefined)

  let identity: LeadIdentity | undefined
  let startedAt: Date | undefined

  /** The lead's identity is made when the form is first touched, and kept through every retry. */
  function touch(): LeadIdentity {
    touched.value = true
    startedAt ??= ports.now()
    if (!identity) {
      identity = ports.identify()
      ports.onEvent({ type: 'start' })
    }
    return identity
  }

  async function deliver(as: LeadIdentity): Promise<SendResult> {
    const { values, consents } = ports.answers()
    const lead = await collectLead(as, values, consents, startedAt, ports)
    return (await ports.beforeSubmit(lead)) ? ports.send(lead) : { outcome: 'failed', code: 'cancelled' }
  }

  /** Waits for an answer. The lock is taken before anything is awaited, so a double click sends once. */
  async function exchange(send: (as: LeadIdentity) => Promise<SendResult>): Promise<void> {
    status.value = 'sending'
    alert.value = undefined
    const as = touch()
    const failed: SendResult = { outcome: 'failed', code: 'unexpected' }
    const result = await send(as).catch(() => failed)
    // An answer that comes after a reset is no news of the form as it is now.
    if (identity?.id === as.id) batch(() => settle(result, as.id))
  }

  function settle(result: SendResult, leadId: string): void {
    const { outcome } = result
    if (outcome === 'failed') {
      status.value = 'failed'
      alert.value = { kind: 'failed', code: result.code }
      ports.requestFocus('message')
      ports.onEvent({ type: 'error', code: result.code })
      return
    }
    status.value = outcome === 'invalid' ? 'filling' : outcome
    if (outcome === 'verification') askForCode(result)
    else if (outcome === 'invalid') {
      stopAsking()
      ports.showIssues(result.issues)
    } else end()
    ports.onEvent({ type: 'outcome', outcome, leadId })
  }

  function end(): void {
    ports.clearForm()
    ports.requestFocus('heading')
  }

  function askForCode(result: VerificationRequired): void {
    const { attemptsLeft, issues = [] } = result
    const issue = issues.find(({ field }) => field === 'code')
    pendingCode.value = result
    codeMessage.value = undefined
    if (attemptsLeft === 0) ports.requestFocus('message')
    else if (issue) refuseCode(issue)
    else ports.requestFocus('heading')
  }

  function refuseCode(remark: FieldMessage): void {
    const { code } = remark
    codeMessage.value = code ? { code } : remark
    ports.onEvent({ type: 'issues', step: 'verification', codes: [code ?? 'provider'] })
    ports.requestFocus('field', 'code')
  }

  function stopAsking(): void {
    pendingCode.value = undefined
    codeMessage.value = undefined
  }

  /** Whether the person can do something about the code now. */
  function isAsking(): boolean {
    return pendingCode.value !== undefined && status.value !== 'sending'
  }

  return {
    status,
    alert,
    touched,
    pendingCode,
    codeMessage,
    touch,

    /** Whether answers can be changed: not while they are on their way, nor once they have arrived. */
    isEditable(): boolean {
      return !pendingCode.value && (status.value === 'filling' || status.value === 'failed')
    },

    /** Sends the lead. */
    send: () => exchange(deliver),

    /** Sends the code that the person typed, or says that it is none. A call while one is on its way does nothing. */
    async confirm(code: string | undefined) {
      if (!isAsking()) return
      if (code === undefined) refuseCode({ code: 'code-format' })
      else await exchange(async (as) => ports.confirm(as, code))
    },

    /** A remark goes with the first key. */
    clearCodeMessage() {
      codeMessage.value = undefined
    },

    /** Goes back from the code to the answers; true when it did. Sent again, they are a new revision of the same lead. */
    reopen(): boolean {
      if (!isAsking()) return false
      stopAsking()
      status.value = 'filling'
      alert.value = undefined
      return true
    },

    /** Leaves the phone unconfirmed; the lead stays where it has arrived. */
    giveUp() {
      if (!isAsking()) return
      status.value = 'verification'
      end()
    },

    /** The lead as it was begun, for the form that takes this one's place; nothing before it is touched. */
    startedLead: (): StartedLead | undefined => identity && startedAt && { identity, startedAt },

    /** Goes on with a lead that was begun in another form. */
    restore(startedLead: StartedLead) {
      touched.value = true
      ;({ identity, startedAt } = startedLead)
    },

    /** Forgets the lead: the next one is another. */
    clear() {
      stopAsking()
      alert.value = undefined
      touched.value = false
      identity = undefined
      startedAt = undefined
    },
  }
})
