import type { Clock, PgBoss } from 'pg-boss'
import type { Outcome } from '../../lead/outcome.ts'
import type { LeadValues } from '../../lead/values.ts'
import { attemptDelivery } from './attempt.ts'
import { logOutcome } from './log-outcome.ts'
import type { CampaignSettings } from '../campaigns/campaign-settings.ts'
import type { LeadEvents } from './lead-events.ts'
import { findDestination } from '../leads/routing.ts'
import type { DeliveryStore, DeliveryTask } from '../leads/delivery-store.ts'
import type { Destination } from '../destinations/destination.ts'
import type { FormRouting } from '../config/config.ts'
import { describeError, type Log } from '../log.ts'
import type { ProviderClient, Permit } from '../destinations/provider-client.ts'
import { type DeliveryJob, deliveryQueue, type JobClaim } from '../leads/job-queue.ts'

/** The most deliveries that run at a time: in all, and to one destination, which may be slow to answer. */
const workerCount = 8
const concurrencyPerDestination = 4

/** What the workers depend on. */
export interface WorkerDeps {
  readonly boss: PgBoss
  readonly deliveries: DeliveryStore
  readonly routingFor: (form: string) => FormRouting
  readonly providerClient: ProviderClient
  readonly campaigns: CampaignSettings
  /** Adds the KLADR codes of typed places to a lead's values, as far as they are unambiguous. */
  readonly completePlaceCodes: (form: string, values: LeadValues) => Promise<LeadValues>
  readonly leadEvents: LeadEvents
  readonly clock: Clock
  readonly log: Log
}

/** Starts the workers that process the delivery queue. They stop when the queue stops. */
export async function startWorkers(deps: WorkerDeps): Promise<void> {
  for (let index = 0; index < workerCount; index += 1) {
    // Notifications are sent for new jobs only; jobs whose pause is over are found by polling.
    const options = {
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
      groupConcurrency: concurrencyPerDestination,
    }
    let worker = ''
    worker = await deps.boss.work<DeliveryJob>(deliveryQueue, options, async (jobs) => {
      for (const { data, id, retryCount } of jobs) await deliver(deps, data, { id, retryCount })
      // After one job there may be more: a backlog is processed without pauses.
      deps.boss.notifyWorker(worker)
    })
  }
}

async function deliver(deps: WorkerDeps, job: DeliveryJob, claim: JobClaim): Promise<void> {
  const { deliveries, routingFor, providerClient, leadEvents, clock, log } = deps
  try {
    const due = await deliveries.findDue(job, claim)
    if (!due) return
    const routing = routingFor(due.form)
    const destination = findDestination(routing.destinations, job.destination)
    // All waiting comes before the attempt is recorded: after that the lead may have been sent.
    const permit =
      destination &&
      (await providerClient.acquire(destination.account, due.attempts === 0 ? 'person' : 'lead'))
    if (permit && 'retryAfterSeconds' in permit) {
      await deliveries.postpone(job, claim, permit.retryAfterSeconds)
      return
    }
    const task = await deliveries.beginAttempt(job, claim, new Date(clock.now()))
    if (!task) return
    const outcome = await sendLead(deps, task, destination, permit)
    const options = { routing, canPollStatus: destination?.status !== undefined }
    const settled = await deliveries.settle(task, outcome, options, new Date(clock.now()))
    logOutcome(log, 'Delivery', task, outcome, settled)
  } catch (error) {
    log('error', 'A delivery was interrupted and will be tried again', {
      lead: job.lead,
      fault: describeError(error),
    })
    // The queue stores what is thrown, and the error's own message may quote personal data.
    throw new Error('interrupted')
  } finally {
    leadEvents.emit(job.lead)
  }
}

async function sendLead(
  { clock, campaigns, completePlaceCodes }: WorkerDeps,
  task: DeliveryTask,
  destination: Destination | undefined,
  permit: Exclude<Permit, { readonly retryAfterSeconds: number }> | undefined,
): Promise<Outcome> {
  if (!destination || !permit) {
    return {
      outcome: 'unavailable',
      reason: `form ${task.form} has no destination ${task.destination} at this time`,
      mayHaveArrived: false,
    }
  }
  if ('outcome' in permit) return permit.outcome
  const context = {
    ...campaigns.contextFor(destination),
    now: new Date(clock.now()),
    attempt: task.attempt,
    mayHaveArrived: task.mayHaveArrived,
    // Completed at delivery: the stored lead stays as it was typed, and a waiting lead benefits from a later import.
    lead: { ...task.content, values: await completePlaceCodes(task.form, task.content.values) },
    leadNumber: task.leadNumber,
    form: task.form,
    revision: task.revision,
  }
  return attemptDelivery(destination, context, permit.send, task.earlierRevisions)
}
