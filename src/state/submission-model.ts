import { batch, computed, createModel, signal } from '@preact/signals-core'
import type { FieldIssue, IssueCode } from '../lead/issue.ts'
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
  /** Shows what the receiver or the page found wrong. */
  showIssues(issues: readonly FieldIssue[], origin: IssueOrigin): void
  /** Called once the lead has arrived: no personal data stays in the page's memory. */
  clearForm(): void
  requestFocus(target: FocusRequest['target'], name?: string): void
}

/** Who found something wrong with a lead. */
export type IssueOrigin = 'provider' | 'page'

/** The result of a submission; `held`: the page found something wrong, and nothing was sent. */
type SubmissionResult = SendResult | { readonly outcome: 'held'; readonly issues: readonly FieldIssue[] }

/** A lead that is being filled in. */
export interface StartedLead {
  readonly identity: LeadIdentity
  readonly startedAt: Date
}

/** Sends a lead, one request at a time, handles the answer, and confirms the phone. */
export const SubmissionModel = createModel((deps: SubmissionDeps) => {
  const status = signal<FormStatus>('filling')
  const alert = signal<FormAlert | undefined>(undefined)
  const touched = signal(false)
  /** The code that the person is asked for, with the attempts that are left; `undefined` while there is none. */
  const pendingCode = signal<VerificationRequired | undefined>(undefined)
  /** What is wrong with the code that was entered. */
  const codeMessage = signal<FieldMessage | undefined>(undefined)
  /** Whether answers can be changed: not while they are being sent, nor once they have arrived. */
  const isEditable = computed(
    () => !pendingCode.value && (status.value === 'filling' || status.value === 'failed'),
  )

  const isSending = computed(() => status.value === 'sending')

  let identity: LeadIdentity | undefined
  let startedAt: Date | undefined

  /** Returns the lead's identity, which is created with the first change and kept through every retry. */
  function touch(): LeadIdentity {
    touched.value = true
    startedAt ??= deps.now()
    if (!identity) {
      identity = deps.identify()
      deps.onEvent({ type: 'start' })
    }
    return identity
  }

  async function deliver(leadIdentity: LeadIdentity): Promise<SubmissionResult> {
    const { values, consents } = deps.answers()
    const lead = await collectLead(leadIdentity, values, consents, startedAt, deps)
    const permission = await deps.beforeSubmit(lead)
    if (permission === true) return deps.send(lead)
    return permission === false
      ? { outcome: 'failed', code: 'cancelled' }
      : { outcome: 'held', issues: permission }
  }

  /** Sends and records the result. The status changes before the first `await`, so a double click sends once. */
  async function sendAndRecord(send: (identity: LeadIdentity) => Promise<SubmissionResult>): Promise<void> {
    status.value = 'sending'
    alert.value = undefined
    const current = touch()
    const result = await send(current).catch((exception: unknown): SendResult => {
      deps.onException(exception)
      return { outcome: 'failed', code: 'unexpected' }
    })
    // After a reset the form is about another lead.
    if (identity?.id === current.id) batch(() => recordResult(result, current.id))
  }

  function recordResult(result: SubmissionResult, leadId: string): void {
    const { outcome } = result
    if (outcome === 'failed') {
      status.value = 'failed'
      alert.value = { kind: 'failed', code: result.code }
      deps.requestFocus('message')
      deps.onEvent({ type: 'error', code: result.code })
      return
    }
    if (outcome === 'held') {
      status.value = 'filling'
      return deps.showIssues(result.issues, 'page')
    }
    status.value = outcome === 'invalid' ? 'filling' : outcome
    if (outcome === 'verification') askForCode(result)
    else if (outcome === 'invalid') {
      clearPendingCode()
      deps.showIssues(result.issues, 'provider')
    } else finish()
    deps.onEvent({ type: 'outcome', outcome, leadId })
  }

  function finish(): void {
    deps.clearForm()
    deps.requestFocus('heading')
  }

  function askForCode(result: VerificationRequired): void {
    const { attemptsLeft, issues = [] } = result
    const issue = issues.find(({ field }) => field === 'code')
    pendingCode.value = result
    codeMessage.value = undefined
    if (attemptsLeft === 0) deps.requestFocus('message')
    else if (issue) refuseCode(issue)
    else deps.requestFocus('heading')
  }

  function refuseCode(message: FieldMessage): void {
    const { code } = message
    codeMessage.value = code ? { code } : message
    deps.onEvent({ type: 'issues', step: 'verification', codes: [code ?? 'provider'] })
    deps.requestFocus('field', 'code')
  }

  function clearPendingCode(): void {
    pendingCode.value = undefined
    codeMessage.value = undefined
  }

  /** Whether the form waits for the person to enter a code. */
  function isAwaitingCode(): boolean {
    return pendingCode.value !== undefined && status.value !== 'sending'
  }

  return {
    status,
    alert,
    touched,
    pendingCode,
    codeMessage,
    isEditable,
    isSending,
    touch,

    /** Sends the lead. */
    send: () => sendAndRecord(deliver),

    /**
     * Sends the code that the person entered; `undefined` is a text that is no code, for the reason `problem`. Does nothing
     * while sending.
     */
    async confirm(code: string | undefined, problem: IssueCode = 'code-format') {
      if (!isAwaitingCode()) return
      if (code === undefined) refuseCode({ code: problem })
      else await sendAndRecord(async (current) => deps.confirm(current, code))
    },

    clearCodeMessage() {
      codeMessage.value = undefined
    },

    /** Goes back from the code to the answers; true if it did. Sent again, they are a new revision of the same lead. */
    reopen(): boolean {
      if (!isAwaitingCode()) return false
      clearPendingCode()
      status.value = 'filling'
      alert.value = undefined
      return true
    },

    /** Ends the form without confirming the phone. The lead has arrived already. */
    giveUp() {
      if (!isAwaitingCode()) return
      status.value = 'verification'
      finish()
    },

    /** The lead that the person has begun, for the form that replaces this one; `undefined` before the first change. */
    startedLead: (): StartedLead | undefined => identity && startedAt && { identity, startedAt },

    /** Continues a lead that was begun in another form. */
    restore(startedLead: StartedLead) {
      touched.value = true
      ;({ identity, startedAt } = startedLead)
    },

    /** Forgets the lead. The next change begins another one. */
    clear() {
      clearPendingCode()
      alert.value = undefined
      touched.value = false
      identity = undefined
      startedAt = undefined
    },
  }
})

/** See {@link SubmissionModel}. */
export type SubmissionModel = InstanceType<typeof SubmissionModel>
