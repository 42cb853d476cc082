import { batch, createModel, effect, untracked } from '@preact/signals-core'
import type { FieldIssue, IssueCode } from '../lead/issue.ts'
import type { Lead } from '../lead/lead.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import type { VerificationRequired, SendResult } from '../lead/delivery.ts'
import type { LeadValues } from '../lead/values.ts'
import { collectLead } from './collect-lead.ts'
import type { ConsentState } from './consents-model.ts'
import type { ActionPorts } from './form-ports.ts'
import type { FieldMessage } from './field-model.ts'
import type { FocusRequest } from './form-status.ts'
import { type RepeatPorts, repeatSending } from './repeat-sending.ts'
import type { Repetition, StartedLead, SubmissionModel } from './submission-model.ts'

/** What sending needs of its form. */
export interface SendingDeps extends ActionPorts {
  answers(): { readonly values: LeadValues; readonly consents: readonly ConsentState[] }
  /** Changes with every answer and consent that the person sees, so not with codes that a list fills in late. */
  shownAnswers(): string
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

/** A lead that was sent before the form was there, and when, as far as that is known. */
export type EarlierLead = LeadIdentity & Pick<StartedLead, 'submittedAt'>

/** What became of a request. */
interface Sent {
  readonly result: SubmissionResult
  /** The lead, if it got no answer and is to be sent again by itself. */
  readonly unanswered?: Lead | undefined
}

/** The lead that a request is about. */
interface CurrentLead {
  readonly identity: LeadIdentity
  /** Whether it may still be sent: not after a reset, but after the page has removed the form. */
  isWanted(): boolean
  /** Gives the lead another identity, unless the form is about another lead meanwhile. */
  renew(): LeadIdentity | undefined
}

const cancelled: Sent = { result: { outcome: 'failed', code: 'cancelled' } }

/** Sends the lead of a submission, one request at a time, handles the answer, and confirms the phone. */
export const SendingModel = createModel((submission: SubmissionModel, deps: SendingDeps) => {
  const { status, alert, repetition, pendingCode, codeMessage, touch, clearPendingCode } = submission

  /** What people call the lead that has arrived. */
  let number: string | undefined
  /** Ends the repetition of a lead without an answer. */
  let stopRepeating: (() => void) | undefined

  /** Sends the lead, unless the form was reset before it could be sent. */
  async function deliver({ identity, isWanted, renew }: CurrentLead): Promise<Sent> {
    const { values, consents } = deps.answers()
    const submittedAt = submission.submitAt()
    const lead = await collectLead(identity, values, consents, submission.startedLead()?.startedAt, {
      ...deps,
      now: () => submittedAt,
    })
    if (!isWanted()) return cancelled
    const permission = await deps.beforeSubmit(lead)
    if (permission === false || !isWanted()) return cancelled
    if (permission !== true) return { result: { outcome: 'held', issues: permission } }
    const sent = await sendLead(lead)
    if (sent.result.outcome !== 'failed' || sent.result.code !== 'status-410') return sent
    // What was stored before is erased, and its id is never taken again. The person sends the lead now, so that it is new.
    const renewed = renew()
    return renewed ? sendLead({ ...lead, id: renewed.id, key: renewed.key }) : sent
  }

  async function sendLead(lead: Lead): Promise<Sent> {
    const result = await deps.send(lead)
    return { result, unanswered: result.outcome === 'failed' && result.isRepeatable ? lead : undefined }
  }

  function failUnexpectedly(exception: unknown): SendResult {
    deps.onException(exception)
    return { outcome: 'failed', code: 'unexpected' }
  }

  /** Sends and records the result. The status changes before the first `await`, so a double click sends once. */
  async function sendAndRecord(send: typeof deliver): Promise<void> {
    stopRepeating?.()
    status.value = 'sending'
    alert.value = undefined
    let identity = touch()
    const clears = submission.clears.peek()
    const resets = submission.resets()
    const isCurrent = (): boolean => submission.clears.peek() === clears
    const isWanted = (): boolean => submission.resets() === resets
    const renew = (): LeadIdentity | undefined => {
      if (!isCurrent()) return undefined
      submission.renew()
      return (identity = touch())
    }
    const { result, unanswered } = await send({ identity, isWanted, renew }).catch(
      (exception: unknown): Sent => ({ result: failUnexpectedly(exception) }),
    )
    // After a reset the form is about another lead.
    if (!isCurrent()) return
    batch(() => recordResult(result, identity.id))
    if (unanswered && deps.repeating && result.outcome === 'failed')
      repeat(unanswered, result.code, deps.repeating)
  }

  /**
   * Repeats a lead in the background, and says so. The person can walk through the form meanwhile. Any change of the answers
   * or the consents ends it, so that only what the person has sent is sent again.
   *
   *     repeating ── answer ──► recorded
   *        └── change, submit, reset, half an hour ──► ended: the alert says that it was not sent
   */
  function repeat(lead: Lead, code: string, repeating: RepeatPorts): void {
    const controller = new AbortController()
    const own: Repetition = {
      alert: { kind: 'page', text: repeating.repeatingText(code) },
      ended: { kind: 'failed', code },
    }
    repetition.value = own
    alert.value = own.alert
    const sent = deps.shownAnswers()
    const stopWatching = effect(() => {
      if (deps.shownAnswers() !== sent) untracked(stop)
    })
    function stop(): void {
      if (controller.signal.aborted) return
      controller.abort()
      stopRepeating = undefined
      repetition.value = undefined
      // The effect may be running.
      queueMicrotask(() => stopWatching())
      if (alert.peek() === own.alert) alert.value = own.ended
    }
    stopRepeating = stop
    const send = (): Promise<SendResult> => deps.send(lead, controller.signal).catch(failUnexpectedly)
    void repeatSending(send, repeating, () => deps.now(), controller.signal).then((result) => {
      if (controller.signal.aborted) return
      stop()
      if (result) batch(() => recordResult(result, lead.id))
    })
  }

  function resume({ id, key, submittedAt }: EarlierLead): void {
    if (!submission.isEditable.value) return
    const begun = submission.startedLead()
    const known = begun?.submittedAt
    submission.restore({
      startedAt: deps.now(),
      ...begun,
      identity: { id, key },
      // The clock may have been set back meanwhile.
      submittedAt: known && submittedAt && known > submittedAt ? known : (submittedAt ?? known),
    })
  }

  function recordResult(result: SubmissionResult, leadId: string, isReported = false): void {
    const { outcome } = result
    if (outcome === 'failed') {
      status.value = 'failed'
      const { retryAfterSeconds } = result
      alert.value =
        retryAfterSeconds === undefined
          ? { kind: 'failed', code: result.code }
          : { kind: 'page', text: deps.limitedText(retryAfterSeconds) }
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
    } else finish(result.number)
    if (!isReported) deps.onEvent({ type: 'outcome', outcome, leadId })
  }

  function finish(newNumber?: string): void {
    deps.clearForm()
    number = newNumber
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

  /** Whether the form waits for the person to enter a code. */
  function isAwaitingCode(): boolean {
    return pendingCode.value !== undefined && status.value !== 'sending'
  }

  return {
    number: (): string | undefined => number,

    /** Sends the lead. */
    send: () => sendAndRecord(deliver),

    /**
     * Sends the code that the person entered; `undefined` is a text that is no code, for the reason `problem`. Does nothing
     * while sending.
     */
    async confirm(code: string | undefined, problem: IssueCode = 'code-format') {
      if (!isAwaitingCode()) return
      if (code === undefined) refuseCode({ code: problem })
      else await sendAndRecord(async ({ identity }) => ({ result: await deps.confirm(identity, code) }))
    },

    /** Goes back from the code to the answers; true if it did. Sent again, they are a new revision of the same lead. */
    reopen(): boolean {
      if (!isAwaitingCode()) return false
      clearPendingCode()
      status.value = 'filling'
      alert.value = undefined
      return true
    },

    /**
     * Shows the result of a request that was sent before this form was there. A form that is about another lead stays as it
     * is. `isReported`: the person was asked for the code already.
     */
    recover(lead: EarlierLead, result: SendResult, isReported = false) {
      const begun = submission.startedLead()
      if (!submission.isEditable.value || (begun && begun.identity.id !== lead.id)) return
      if (result.outcome === 'verification') resume(lead)
      batch(() => recordResult(result, lead.id, isReported && result.outcome === 'verification'))
    },

    /** The form goes on with a lead that was sent before it was there: what is entered is a revision of it. */
    resume,

    /** What is entered is no revision of this lead. */
    disown({ id }: LeadIdentity) {
      const begun = submission.startedLead()
      if (begun?.identity.id === id)
        submission.restore({ startedAt: begun.startedAt, identity: deps.identify() })
    },

    /** Ends the form without confirming the phone. The lead has arrived already. */
    giveUp() {
      if (!isAwaitingCode()) return
      status.value = 'verification'
      finish()
    },
  }
})

/** See {@link SendingModel}. */
export type SendingModel = InstanceType<typeof SendingModel>
