import type { Clock, PgBoss } from 'pg-boss'
import type { CampaignSettings } from '../../campaigns/campaign-settings.ts'
import type { KnownDestinations } from '../../leads/known-destinations.ts'
import { findDestination } from '../../leads/routing.ts'
import type { Destination, StatusAnswer } from '../../destinations/destination.ts'
import type { FormRouting } from '../../config/config.ts'
import { describeError, type Log } from '../../log.ts'
import type { PendingLead, StatusStore } from '../../leads/follow-ups/status-store.ts'
import type { SendRequest, ProviderClient } from '../../destinations/provider-client.ts'
import { type JobClaim, type StatusJob, statusQueue } from '../../leads/job-queue.ts'

/** The status of a lead is polled for this long: each group of campaigns may wait for a day. */
const maxPollingMs = 7 * 24 * 3600 * 1000

/** Bounds of the seconds between two requests, which are a tenth of the time since the lead was accepted. */
const pollSeconds = { least: 45, most: 30 * 60 } as const

/** An application that only another relay can ask about is left to that relay. */
const elsewhereSeconds = 5

/** What the poller depends on. */
export interface StatusPollerDeps {
  readonly boss: PgBoss
  readonly store: StatusStore
  readonly routingFor: (form: string) => FormRouting
  readonly knownDestinations: KnownDestinations
  readonly providerClient: ProviderClient
  readonly campaigns: Pick<CampaignSettings, 'contextFor'>
  readonly clock: Clock
  readonly log: Log
}

/** Starts the worker that polls the status of accepted leads. It stops when the queue stops. */
export async function startStatusPoller(deps: StatusPollerDeps): Promise<void> {
  let worker = ''
  worker = await deps.boss.work<StatusJob>(statusQueue, { pollingIntervalSeconds: 5 }, async (jobs) => {
    for (const { data, id, retryCount } of jobs) await pollStatus(deps, data, { id, retryCount })
    deps.boss.notifyWorker(worker)
  })
}

async function pollStatus(deps: StatusPollerDeps, job: StatusJob, claim: JobClaim): Promise<void> {
  const { store, routingFor, providerClient, clock, log } = deps
  try {
    const pending = await store.findPending(job)
    if (!pending) return
    const destination = findDestination(routingFor(pending.form).destinations, job.destination)
    if (!destination && (await deps.knownDestinations.isKnownElsewhereOnly(pending.form, job.destination))) {
      await store.settle(job, claim, { seconds: elsewhereSeconds, now: new Date(clock.now()) })
      return
    }
    const permit = destination?.status && (await providerClient.acquire(destination.account, 'background'))
    const now = new Date(clock.now())
    if (permit && 'retryAfterSeconds' in permit) {
      await store.settle(job, claim, { seconds: permit.retryAfterSeconds, now })
      return
    }
    const answer = await requestStatus(
      deps,
      pending,
      destination,
      permit && 'send' in permit ? permit.send : undefined,
    )
    const progress = 'progress' in answer ? { progress: answer.progress } : {}
    const { subscriptions } = routingFor(pending.form)
    await store.settle(job, claim, {
      ...progress,
      seconds: nextPollSeconds(pending, now),
      now,
      subscriptions,
    })
    const facts = { lead: job.lead, form: pending.form, destination: job.destination }
    if ('problem' in answer)
      log('warning', 'The status of an application is not known', { ...facts, reason: answer.problem })
    else
      log('info', 'Status of an application', {
        ...facts,
        states: answer.progress.map(({ status }) => status).join(),
      })
  } catch (error) {
    log('error', 'A status request was interrupted and will be tried again', {
      lead: job.lead,
      fault: describeError(error),
    })
    // The queue stores what is thrown, and the error's own message may quote personal data.
    throw new Error('interrupted')
  }
}

async function requestStatus(
  { clock, campaigns }: StatusPollerDeps,
  { form, applicationId }: PendingLead,
  destination: Destination | undefined,
  send: SendRequest | undefined,
): Promise<StatusAnswer> {
  const operation = destination?.status
  if (!operation) return { problem: `form ${form} has no such destination at this time`, retryable: true }
  if (!send) return { problem: 'there is no access token', retryable: true }
  const context = { ...campaigns.contextFor(destination), now: new Date(clock.now()), applicationId }
  const result = await send((accessToken) => operation.request({ ...context, accessToken }))
  // Own adapters need not be typed.
  const answer: unknown = operation.outcome(result, context)
  return isStatusAnswer(answer) ? answer : { problem: 'the adapter returned no status', retryable: true }
}

function isStatusAnswer(answer: unknown): answer is StatusAnswer {
  if (typeof answer !== 'object' || answer === null) return false
  return 'progress' in answer ? Array.isArray(answer.progress) : 'problem' in answer
}

/** Seconds until the next request; `undefined` if the lead has been polled for long enough. */
function nextPollSeconds({ acceptedAt }: PendingLead, now: Date): number | undefined {
  const passed = now.getTime() - acceptedAt.getTime()
  if (passed >= maxPollingMs) return undefined
  return Math.round(Math.min(pollSeconds.most, Math.max(pollSeconds.least, passed / 10_000)))
}
