import type { Clock } from 'pg-boss'
import { checkValue } from '../../../fields/field-kind.ts'
import { smsCode } from '../../../fields/kinds/sms-code.ts'
import { codeUnansweredRu } from '../../../i18n/ru/relay.ts'
import type { FieldIssue } from '../../../lead/issue.ts'
import type { Outcome } from '../../../lead/outcome.ts'
import { callProvider } from '../attempt.ts'
import { logOutcome } from '../log-outcome.ts'
import { waitForAnswer } from '../wait-for-answer.ts'
import { findPendingVerification, type VerificationStore } from '../../leads/follow-ups/verification-store.ts'
import type { LeadEvents } from '../lead-events.ts'
import type { CallObserver } from '../observe-call.ts'
import type { OutcomeSettler } from '../settle-outcome.ts'
import { findDestination } from '../../leads/routing.ts'
import type { FormConfig } from '../../config/form-config.ts'
import { type LeadAnswer, deriveAnswer, type LeadState } from '../../leads/lead-state.ts'
import type { LeadStore } from '../../leads/lead-store.ts'
import type { Log } from '../../log.ts'
import { elapsedMs } from '../../runtime/elapsed-time.ts'
import type { ProviderClient } from '../../destinations/provider-client.ts'

/** What verifying depends on. */
export interface CodeVerifierDeps {
  readonly leads: LeadStore
  readonly verifications: VerificationStore
  readonly outcomes: OutcomeSettler
  readonly observer: CallObserver
  readonly providerClient: ProviderClient
  readonly leadEvents: LeadEvents
  /** Has jobs for these destinations fetched now. */
  readonly wakeWorker: (destinations: readonly string[]) => void
  readonly clock: Clock
  readonly log: Log
}

/** Verifies the codes that people type. */
export interface CodeVerifier {
  /** Sends a code to the destination that waits for one, and returns the lead's answer. The caller has checked the key. */
  verify(form: FormConfig, lead: LeadState, input: string): Promise<LeadAnswer>
}

/** The destination's answer to a code is not known. The person may send the code again; the relay does not repeat it. */
const codeUnansweredIssue: FieldIssue = { field: 'code', message: codeUnansweredRu }

const wrongCodeIssue: FieldIssue = { field: 'code', code: 'wrong-code' }

/** Creates the verifier. It sends one code of a lead at a time; the same code again waits for the same answer. */
export function createCodeVerifier(deps: CodeVerifierDeps): CodeVerifier {
  const runningByLead = new Map<string, { readonly code: string; readonly answer: Promise<LeadAnswer> }>()

  async function verify(form: FormConfig, lead: LeadState, input: string): Promise<LeadAnswer> {
    const code = String(smsCode.normalize(input))
    const running = runningByLead.get(lead.id)
    if (running) {
      const answer = await running.answer
      if (running.code === code || answer.outcome !== 'verification') return answer
      return verify(form, (await deps.leads.find(lead.id)) ?? lead, input)
    }
    const answer = verifyCode(deps, form, lead, code).finally(() => runningByLead.delete(lead.id))
    runningByLead.set(lead.id, { code, answer })
    return answer
  }
  return { verify }
}

async function verifyCode(
  deps: CodeVerifierDeps,
  form: FormConfig,
  lead: LeadState,
  code: string,
): Promise<LeadAnswer> {
  const { leads, verifications, outcomes, providerClient, leadEvents, wakeWorker, clock, log } = deps
  const find = async () => (await leads.find(lead.id)) ?? lead
  const pending = findPendingVerification(lead.deliveries)
  // Answered already, from another tab or before a reload.
  if (!pending) return deriveAnswer(lead)
  const checked = checkValue(smsCode, code)
  if ('code' in checked) return withIssues(lead, [{ field: 'code', code: checked.code }])
  const destination = findDestination(form.destinations, pending.destination)
  const permit = destination?.confirm && (await providerClient.acquire(destination.account, 'person'))
  if (!destination?.confirm || !permit || 'retryAfterSeconds' in permit) {
    return withIssues(lead, [codeUnansweredIssue])
  }
  const task = await verifications.beginAttempt(lead.id, pending.destination, new Date(clock.now()))
  if (task === 'exhausted') return withIssues(lead, [wrongCodeIssue])
  if (!task) {
    // Another relay is sending a code of this lead. Whether it is the same one is not known: no code is stored.
    const after = await findAfterRunningCode(find, clock, clock.now() + form.answerWithinMs)
    return withIssues(after, [codeUnansweredIssue])
  }
  const context = { now: new Date(clock.now()), applicationId: task.applicationId, code }
  const observation = deps.observer.begin(lead.form, destination.key)
  const outcome = toCodeOutcome(
    'outcome' in permit
      ? permit.outcome
      : await callProvider(destination.confirm, context, observation.watch(permit.send)),
  )
  const options = { routing: form, canPollStatus: destination.status !== undefined }
  // A code is never repeated by the relay.
  const call = { lead: lead.id, destination: pending.destination, retry: 'if-not-sent' } as const
  const settled = await rejectAfter(
    maxSettleMs,
    outcomes.settle(call, outcome, (storable) =>
      verifications.settle(task, storable, options, new Date(clock.now())),
    ),
  )
  observation.end(outcome)
  logOutcome(log, 'Code', { ...task, form: lead.form }, outcome, settled)
  leadEvents.emit(lead.id, { state: settled?.state })
  if (settled?.next !== undefined) wakeWorker([settled.next])
  const after = settled?.state ?? (await find())
  const stillPending = findPendingVerification(after.deliveries)?.destination === pending.destination
  if (stillPending) return withIssues(after, findCodeIssues(outcome))
  // The next destination may have been asked: the person sees its answer if it arrives in time.
  const deadline = elapsedMs(clock) + form.answerWithinMs
  const load = async (known?: LeadState) => known ?? find()
  return (await waitForAnswer(load, lead.id, deps, deadline)) ?? deriveAnswer(after)
}

/** How often the end of another relay's call is looked for. */
const runningCodeIntervalMs = 200

/** Loads a lead once no call with a code is running, or at the deadline. */
async function findAfterRunningCode(
  find: () => Promise<LeadState>,
  clock: Clock,
  deadline: number,
): Promise<LeadState> {
  for (;;) {
    const state = await find()
    if (!findPendingVerification(state.deliveries)?.running || clock.now() >= deadline) return state
    await new Promise<void>((resolve) => {
      clock.setTimeout(resolve, runningCodeIntervalMs)
    })
  }
}

/** How long a person waits for the database to store the outcome of a code. It is stored later in any case. */
const maxSettleMs = 10_000

async function rejectAfter<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(() => timeout.reject(new Error('the outcome is not stored yet')), ms)
  try {
    return await Promise.race([work, timeout.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** An issue of the code itself means a wrong code; an issue of another field ends the wait for a code. */
function toCodeOutcome(outcome: Outcome): Outcome {
  if (outcome.outcome !== 'invalid' || outcome.issues.some(({ field }) => field !== 'code')) return outcome
  return { outcome: 'verification', issues: outcome.issues }
}

function findCodeIssues(outcome: Outcome): readonly FieldIssue[] {
  if (outcome.outcome !== 'verification') return [codeUnansweredIssue]
  return outcome.issues && outcome.issues.length > 0 ? outcome.issues : [wrongCodeIssue]
}

/** Adds the issues of a code to the answer, unless another destination has a better one. */
function withIssues(lead: LeadState, issues: readonly FieldIssue[]): LeadAnswer {
  const answer = deriveAnswer(lead)
  return answer.outcome === 'verification' ? { ...answer, issues } : answer
}
