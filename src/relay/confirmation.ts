import type { Clock } from 'pg-boss'
import { smsCode } from '../fields/sms-code.ts'
import { codeUnanswered } from '../i18n/code-unanswered.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { Outcome } from '../lead/outcome.ts'
import { makeCall } from './attempt.ts'
import { awaitAnswer } from './await-answer.ts'
import { type CodeStore, type CodeTask, verificationOf } from './code-store.ts'
import type { DecisionBoard } from './decision-board.ts'
import { findDestination } from './delivery-plan.ts'
import type { FormSetup } from './form-setup.ts'
import { type Answer, answerOf, type LeadState } from './lead-state.ts'
import type { LeadStore } from './lead-store.ts'
import type { Log } from './log.ts'
import type { ProviderCalls } from './provider-calls.ts'
import type { Settled } from './settle-delivery.ts'

/** What confirming works with. */
export interface ConfirmationPorts {
  readonly leads: LeadStore
  readonly codes: CodeStore
  readonly calls: ProviderCalls
  readonly board: DecisionBoard
  readonly clock: Clock
  readonly log: Log
}

/** Takes the codes that people type. */
export interface Confirmation {
  /** Sends a code to the destination that waits for one; tells how the lead stands then. `lead` is known and theirs. */
  take(form: FormSetup, lead: LeadState, typed: string): Promise<Answer>
}

/** What came of a code is not known: the person may send it again, which the relay does not do by itself. */
const unanswered: FieldIssue = { field: 'code', message: codeUnanswered }

const wrongCode: FieldIssue = { field: 'code', code: 'wrong-code' }

/** Makes it. One code of a lead is under way at a time; the same one again waits for the same answer. */
export function createConfirmation(ports: ConfirmationPorts): Confirmation {
  const underWay = new Map<string, { readonly code: string; readonly answer: Promise<Answer> }>()

  async function take(form: FormSetup, lead: LeadState, typed: string): Promise<Answer> {
    const code = String(smsCode.normalise(typed))
    const running = underWay.get(lead.id)
    if (running) {
      const answer = await running.answer
      if (running.code === code || answer.outcome !== 'verification') return answer
      return take(form, (await ports.leads.find(lead.id)) ?? lead, typed)
    }
    const answer = confirm(ports, form, lead, code).finally(() => underWay.delete(lead.id))
    underWay.set(lead.id, { code, answer })
    return answer
  }
  return { take }
}

async function confirm(
  ports: ConfirmationPorts,
  form: FormSetup,
  lead: LeadState,
  code: string,
): Promise<Answer> {
  const { leads, codes, calls, board, clock } = ports
  const find = async () => (await leads.find(lead.id)) ?? lead
  const waiting = verificationOf(lead.deliveries)
  // Answered already, from another tab or before a reload: that answer stands.
  if (!waiting) return answerOf(lead.deliveries)
  if ('code' in smsCode.check(code)) return withIssues(lead, [{ field: 'code', code: 'code-format' }])
  const destination = findDestination(form.destinations, waiting.destination)
  const turn = destination?.confirm && (await calls.turn(destination.account, 'person'))
  if (!destination?.confirm || !turn || 'laterSeconds' in turn) return withIssues(lead, [unanswered])
  const task = await codes.begin(lead.id, waiting.destination, new Date(clock.now()))
  if (task === 'spent') return withIssues(lead, [wrongCode])
  if (!task) return withIssues(await find(), [unanswered])
  const context = { now: new Date(clock.now()), applicationId: task.applicationId, code }
  const outcome = codeOutcome(
    'outcome' in turn ? turn.outcome : await makeCall(destination.confirm, context, turn.exchange),
  )
  const plan = { route: form, hasProgress: destination.status !== undefined }
  const settled = await codes.settle(task, outcome, plan, new Date(clock.now()))
  report(ports.log, task, lead.form, outcome, settled)
  board.announce(lead.id)
  const after = await find()
  const same = verificationOf(after.deliveries)?.destination === waiting.destination
  if (same) return withIssues(after, issuesOf(outcome))
  // The next destination may have been asked: the person sees its answer, if that comes in time.
  const deadline = clock.now() + form.answerWithinMs
  return (await awaitAnswer(find, lead.id, ports, deadline)) ?? answerOf(after.deliveries)
}

/** A provider's remark about the code itself is a wrong code; about anything else it ends the waiting for one. */
function codeOutcome(outcome: Outcome): Outcome {
  if (outcome.outcome !== 'invalid' || outcome.issues.some(({ field }) => field !== 'code')) return outcome
  return { outcome: 'verification', issues: outcome.issues }
}

function issuesOf(outcome: Outcome): readonly FieldIssue[] {
  if (outcome.outcome !== 'verification') return [unanswered]
  return outcome.issues && outcome.issues.length > 0 ? outcome.issues : [wrongCode]
}

/** Still waiting for a code, with what was wrong with this one; unless another destination has a better answer. */
function withIssues({ deliveries }: LeadState, issues: readonly FieldIssue[]): Answer {
  const answer = answerOf(deliveries)
  return answer.outcome === 'verification' ? { ...answer, issues } : answer
}

function report(
  log: Log,
  { lead, destination, attempt }: CodeTask,
  form: string,
  outcome: Outcome,
  settled: Settled | undefined,
): void {
  const open = outcome.outcome !== 'declined' && 'reason' in outcome
  log(outcome.outcome === 'refused' ? 'error' : open ? 'warning' : 'info', 'Code', {
    lead,
    form,
    destination,
    attempt,
    outcome: outcome.outcome,
    ...(open ? { reason: outcome.reason } : {}),
    ...(settled?.next === undefined ? {} : { next: settled.next }),
  })
}
