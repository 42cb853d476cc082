import type { Clock, PgBoss } from 'pg-boss'
import type { CampaignSettings } from '../campaigns/campaign-settings.ts'
import { findDestination } from '../leads/routing.ts'
import type { Destination, StatusAnswer } from '../destinations/destination.ts'
import type { FormRouting } from '../config/config.ts'
import { describeError, type Log } from '../log.ts'
import type { PendingLead, StatusStore } from '../leads/status-store.ts'
import type { SendRequest, ProviderClient } from '../destinations/provider-client.ts'
import { type JobClaim, type StatusJob, statusQueue } from '../leads/job-queue.ts'

/** A destination is asked about a lead for this long: groups of campaigns may wait for a day each. */
const maxPollingMs = 7 * 24 * 3600 * 1000

/** Seconds between two questions: a tenth of the time that has passed since the lead was taken, within these. */
const pollSeconds = { least: 45, most: 30 * 60 } as const

/** What the watch works with. */
export interface StatusPollerDeps {
  readonly boss: PgBoss
  readonly store: StatusStore
  readonly routingFor: (form: string) => FormRouting
  readonly providerClient: ProviderClient
  readonly campaigns: CampaignSettings
  readonly clock: Clock
  readonly log: Log
}

/** Starts to ask how leads that were taken go on; ends with the queue. */
export async function startStatusPoller(ports: StatusPollerDeps): Promise<void> {
  let worker = ''
  worker = await ports.boss.work<StatusJob>(statusQueue, { pollingIntervalSeconds: 5 }, async (jobs) => {
    for (const { data, id, retryCount } of jobs) await pollStatus(ports, data, { id, retryCount })
    ports.boss.notifyWorker(worker)
  })
}

async function pollStatus(ports: StatusPollerDeps, job: StatusJob, claim: JobClaim): Promise<void> {
  const { store, routingFor, providerClient, clock, log } = ports
  try {
    const open = await store.findPending(job)
    if (!open) return
    const destination = findDestination(routingFor(open.form).destinations, job.destination)
    const turn = destination?.status && (await providerClient.acquire(destination.account, 'background'))
    const now = new Date(clock.now())
    if (turn && 'laterSeconds' in turn) {
      await store.settle(job, claim, { seconds: turn.laterSeconds, now })
      return
    }
    const answer = await requestStatus(
      ports,
      open,
      destination,
      turn && 'exchange' in turn ? turn.exchange : undefined,
    )
    const progress = 'progress' in answer ? { progress: answer.progress } : {}
    await store.settle(job, claim, { ...progress, seconds: nextPollSeconds(open, now), now })
    const facts = { lead: job.lead, form: open.form, destination: job.destination }
    if ('problem' in answer) log('warning', 'Progress is not known', { ...facts, reason: answer.problem })
    else log('info', 'Progress', { ...facts, states: answer.progress.map(({ status }) => status).join() })
  } catch (fault) {
    log('error', 'A question was interrupted and will be asked again', {
      lead: job.lead,
      fault: describeError(fault),
    })
    // The queue stores what is thrown, so it gets none of the fault's own words.
    throw new Error('interrupted')
  }
}

async function requestStatus(
  { clock, campaigns }: StatusPollerDeps,
  { form, applicationId }: PendingLead,
  destination: Destination | undefined,
  exchange: SendRequest | undefined,
): Promise<StatusAnswer> {
  const call = destination?.status
  if (!call) return { problem: `form ${form} has no such destination at this time`, retryable: true }
  if (!exchange) return { problem: 'there is no access token', retryable: true }
  const context = { ...campaigns.contextFor(destination), now: new Date(clock.now()), applicationId }
  const result = await exchange((accessToken) => call.request({ ...context, accessToken }))
  return call.outcome(result, context)
}

/** Seconds to the next question; none when the lead has been asked about for long enough. */
function nextPollSeconds({ acceptedAt }: PendingLead, now: Date): number | undefined {
  const passed = now.getTime() - acceptedAt.getTime()
  if (passed >= maxPollingMs) return undefined
  return Math.round(Math.min(pollSeconds.most, Math.max(pollSeconds.least, passed / 10_000)))
}
