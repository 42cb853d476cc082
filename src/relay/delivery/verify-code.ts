import type { Clock } from 'pg-boss'
import { checkValue } from '../../fields/field-kind.ts'
import { smsCode } from '../../fields/kinds/sms-code.ts'
import { codeUnansweredRu } from '../../i18n/ru/relay.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome } from '../../lead/outcome.ts'
import { callProvider } from './attempt.ts'
import { waitForAnswer } from './wait-for-answer.ts'
import {
  type VerificationStore,
  type VerificationTask,
  findPendingVerification,
} from '../leads/verification-store.ts'
import type { LeadEvents } from './lead-events.ts'
import { findDestination } from '../leads/routing.ts'
import type { FormConfig } from '../config/form-config.ts'
import { type LeadAnswer, deriveAnswer, type LeadState } from '../leads/lead-state.ts'
import type { LeadStore } from '../leads/lead-store.ts'
import type { Log } from '../log.ts'
import type { ProviderClient } from '../destinations/provider-client.ts'
import type { RecordedOutcome } from '../leads/settle-delivery.ts'

/** What confirming works with. */
export interface CodeVerifierDeps {
  readonly leads: LeadStore
  readonly verifications: VerificationStore
  readonly providerClient: ProviderClient
  readonly leadEvents: LeadEvents
  readonly clock: Clock
  readonly log: Log
}

/** Takes the codes that people type. */
export interface CodeVerifier {
  /** Sends a code to the destination that waits for one; tells how the lead stands then. `lead` is known and theirs. */
  verify(form: FormConfig, lead: LeadState, typed: string): Promise<LeadAnswer>
}

/** What came of a code is not known: the person may send it again, which the relay does not do by itself. */
const codeUnansweredIssue: FieldIssue = { field: 'code', message: codeUnansweredRu }

const wrongCodeIssue: FieldIssue = { field: 'code', code: 'wrong-code' }

/** Makes it. One code of a lead is under way at a time; the same one again waits for the same answer. */
export function createCodeVerifier(ports: CodeVerifierDeps): CodeVerifier {
  const underWay = new Map<string, { readonly code: string; readonly answer: Promise<LeadAnswer> }>()

  async function verify(form: FormConfig, lead: LeadState, typed: string): Promise<LeadAnswer> {
    const code = String(smsCode.normalise(typed))
    const running = underWay.get(lead.id)
    if (running) {
      const answer = await running.answer
      if (running.code === code || answer.outcome !== 'verification') return answer
      return verify(form, (await ports.leads.find(lead.id)) ?? lead, typed)
    }
    const answer = verifyCode(ports, form, lead, code).finally(() => underWay.delete(lead.id))
    underWay.set(lead.id, { code, answer })
    return answer
  }
  return { verify }
}

async function verifyCode(
  ports: CodeVerifierDeps,
  form: FormConfig,
  lead: LeadState,
  code: string,
): Promise<LeadAnswer> {
  const { leads, verifications, providerClient, leadEvents, clock } = ports
  const find = async () => (await leads.find(lead.id)) ?? lead
  const waiting = findPendingVerification(lead.deliveries)
  // Answered already, from another tab or before a reload: that answer stands.
  if (!waiting) return deriveAnswer(lead.deliveries)
  if ('code' in checkValue(smsCode, code)) return withIssues(lead, [{ field: 'code', code: 'code-format' }])
  const destination = findDestination(form.destinations, waiting.destination)
  const turn = destination?.confirm && (await providerClient.acquire(destination.account, 'person'))
  if (!destination?.confirm || !turn || 'laterSeconds' in turn) return withIssues(lead, [codeUnansweredIssue])
  const task = await verifications.beginAttempt(lead.id, waiting.destination, new Date(clock.now()))
  if (task === 'spent') return withIssues(lead, [wrongCodeIssue])
  if (!task) return withIssues(await find(), [codeUnansweredIssue])
  const context = { now: new Date(clock.now()), applicationId: task.applicationId, code }
  const outcome = toCodeOutcome(
    'outcome' in turn ? turn.outcome : await callProvider(destination.confirm, context, turn.exchange),
  )
  const plan = { routing: form, canPollStatus: destination.status !== undefined }
  const settled = await verifications.settle(task, outcome, plan, new Date(clock.now()))
  logOutcome(ports.log, task, lead.form, outcome, settled)
  leadEvents.emit(lead.id)
  const after = await find()
  const same = findPendingVerification(after.deliveries)?.destination === waiting.destination
  if (same) return withIssues(after, findCodeIssues(outcome))
  // The next destination may have been asked: the person sees its answer, if that comes in time.
  const deadline = clock.now() + form.answerWithinMs
  return (await waitForAnswer(find, lead.id, ports, deadline)) ?? deriveAnswer(after.deliveries)
}

/** A provider's remark about the code itself is a wrong code; about anything else it ends the waiting for one. */
function toCodeOutcome(outcome: Outcome): Outcome {
  if (outcome.outcome !== 'invalid' || outcome.issues.some(({ field }) => field !== 'code')) return outcome
  return { outcome: 'verification', issues: outcome.issues }
}

function findCodeIssues(outcome: Outcome): readonly FieldIssue[] {
  if (outcome.outcome !== 'verification') return [codeUnansweredIssue]
  return outcome.issues && outcome.issues.length > 0 ? outcome.issues : [wrongCodeIssue]
}

/** Still waiting for a code, with what was wrong with this one; unless another destination has a better answer. */
function withIssues({ deliveries }: LeadState, issues: readonly FieldIssue[]): LeadAnswer {
  const answer = deriveAnswer(deliveries)
  return answer.outcome === 'verification' ? { ...answer, issues } : answer
}

function logOutcome(
  log: Log,
  { lead, destination, attempt }: VerificationTask,
  form: string,
  outcome: Outcome,
  settled: RecordedOutcome | undefined,
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
