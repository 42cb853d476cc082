import { batch, createModel, signal } from '@preact/signals-core'
import type { FieldIssue } from '../lead/issue.ts'
import type { LeadIdentity } from '../lead/lead-identity.ts'
import type { CodeAwaited, SendResult } from '../lead/send-result.ts'
import type { LeadValues } from '../lead/values.ts'
import { type AskedConsent, collectLead } from './collect-lead.ts'
import type { FormPorts } from './form-ports.ts'
import type { Remark } from './field-model.ts'
import type { Attention, Notice } from './notice.ts'
import type { Status } from './status.ts'

/** What a submission needs of its form. */
export interface SubmissionPorts extends FormPorts {
  answers(): { readonly values: LeadValues; readonly consents: readonly AskedConsent[] }
  /** Shows what is to be corrected. */
  showIssues(issues: readonly FieldIssue[]): void
  /** The lead has arrived for good: nothing personal stays in the page's memory. */
  forget(): void
  attend(target: Attention['target'], name?: string): void
}

/** A lead that is being filled in. */
export interface BegunLead {
  readonly identity: LeadIdentity
  readonly startedAt: Date
}

/** What becomes of a lead: one request at a time, the answer to it, and the confirmation of the phone. */
export const SubmissionModel = createModel((ports: SubmissionPorts) => {
  const status = signal<Status>('filling')
  const notice = signal<Notice | undefined>(undefined)
  const touched = signal(false)
  /** The code that is asked for, with what is known of the attempts; nothing while none is. */
  const awaited = signal<CodeAwaited | undefined>(undefined)
  /** What is wrong with the code that was typed. */
  const codeRemark = signal<Remark | undefined>(undefined)

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
    notice.value = undefined
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
      notice.value = { kind: 'failed', code: result.code }
      ports.attend('message')
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
    ports.forget()
    ports.attend('heading')
  }

  function askForCode(result: CodeAwaited): void {
    const { attemptsLeft, issues = [] } = result
    const issue = issues.find(({ field }) => field === 'code')
    awaited.value = result
    codeRemark.value = undefined
    if (attemptsLeft === 0) ports.attend('message')
    else if (issue) refuseCode(issue)
    else ports.attend('heading')
  }

  function refuseCode(remark: Remark): void {
    const { code } = remark
    codeRemark.value = code ? { code } : remark
    ports.onEvent({ type: 'issues', step: 'verification', codes: [code ?? 'provider'] })
    ports.attend('field', 'code')
  }

  function stopAsking(): void {
    awaited.value = undefined
    codeRemark.value = undefined
  }

  /** Whether the person can do something about the code now. */
  function isAsking(): boolean {
    return awaited.value !== undefined && status.value !== 'sending'
  }

  return {
    status,
    notice,
    touched,
    awaited,
    codeRemark,
    touch,

    /** Whether answers can be changed: not while they are on their way, nor once they have arrived. */
    isOpen(): boolean {
      return !awaited.value && (status.value === 'filling' || status.value === 'failed')
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
    forgetCodeRemark() {
      codeRemark.value = undefined
    },

    /** Goes back from the code to the answers; true when it did. Sent again, they are a new revision of the same lead. */
    reopen(): boolean {
      if (!isAsking()) return false
      stopAsking()
      status.value = 'filling'
      notice.value = undefined
      return true
    },

    /** Leaves the phone unconfirmed; the lead stays where it has arrived. */
    giveUp() {
      if (!isAsking()) return
      status.value = 'verification'
      end()
    },

    /** The lead as it was begun, for the form that takes this one's place; nothing before it is touched. */
    begun: (): BegunLead | undefined => identity && startedAt && { identity, startedAt },

    /** Goes on with a lead that was begun in another form. */
    resume(begun: BegunLead) {
      touched.value = true
      ;({ identity, startedAt } = begun)
    },

    /** Forgets the lead: the next one is another. */
    clear() {
      stopAsking()
      notice.value = undefined
      touched.value = false
      identity = undefined
      startedAt = undefined
    },
  }
})
