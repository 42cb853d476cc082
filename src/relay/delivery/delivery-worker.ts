import type { Clock, PgBoss } from 'pg-boss'
import type { Outcome } from '../../lead/outcome.ts'
import type { LeadValues } from '../../lead/values.ts'
import { attemptDelivery } from './attempt.ts'
import type { CampaignSettings } from '../campaigns/campaign-settings.ts'
import type { LeadEvents } from './lead-events.ts'
import { findDestination } from '../leads/routing.ts'
import type { DeliveryStore, DeliveryTask } from '../leads/delivery-store.ts'
import type { Destination } from '../destinations/destination.ts'
import type { FormRouting } from '../config/config.ts'
import { describeError, type Log } from '../log.ts'
import type { ProviderClient, Permit } from '../destinations/provider-client.ts'
import { type DeliveryJob, deliveryQueue, type JobClaim } from '../leads/job-queue.ts'
import type { RecordedOutcome } from '../leads/settle-delivery.ts'

/** Deliveries under way at a time: in all, and to one destination, which may take its time to answer. */
const workerCount = 8
const concurrencyPerDestination = 4

/** What a courier works with. */
export interface WorkerDeps {
  readonly boss: PgBoss
  readonly deliveries: DeliveryStore
  readonly routingFor: (form: string) => FormRouting
  readonly providerClient: ProviderClient
  readonly campaigns: CampaignSettings
  /** A lead's values with the codes of the places that were typed, as far as they can be told. */
  readonly completePlaceCodes: (form: string, values: LeadValues) => Promise<LeadValues>
  readonly leadEvents: LeadEvents
  readonly clock: Clock
  readonly log: Log
}

/** Starts to work the queue off; ends with the queue. */
export async function startWorkers(ports: WorkerDeps): Promise<void> {
  for (let index = 0; index < workerCount; index += 1) {
    // Notifications come for new jobs only: jobs whose pause is over are found by looking.
    const options = {
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
      groupConcurrency: concurrencyPerDestination,
    }
    let worker = ''
    worker = await ports.boss.work<DeliveryJob>(deliveryQueue, options, async (jobs) => {
      for (const { data, id, retryCount } of jobs) await deliver(ports, data, { id, retryCount })
      // Where one job was there may be more: a backlog is worked off without pauses.
      ports.boss.notifyWorker(worker)
    })
  }
}

async function deliver(ports: WorkerDeps, job: DeliveryJob, claim: JobClaim): Promise<void> {
  const { deliveries, routingFor, providerClient, leadEvents, clock, log } = ports
  try {
    const due = await deliveries.findDue(job, claim)
    if (!due) return
    const route = routingFor(due.form)
    const destination = findDestination(route.destinations, job.destination)
    // All waiting comes before the attempt is recorded: from then on the lead may be on its way.
    const turn =
      destination &&
      (await providerClient.acquire(destination.account, due.attempts === 0 ? 'person' : 'lead'))
    if (turn && 'laterSeconds' in turn) {
      await deliveries.postpone(job, claim, turn.laterSeconds)
      return
    }
    const task = await deliveries.beginAttempt(job, claim, new Date(clock.now()))
    if (!task) return
    const outcome = await sendLead(ports, task, destination, turn)
    const plan = { routing: route, canPollStatus: destination?.status !== undefined }
    const settled = await deliveries.settle(task, outcome, plan, new Date(clock.now()))
    logOutcome(log, task, outcome, settled)
  } catch (fault) {
    log('error', 'A delivery was interrupted and will be tried again', {
      lead: job.lead,
      fault: describeError(fault),
    })
    // The queue stores what is thrown, so it gets none of the fault's own words.
    throw new Error('interrupted')
  } finally {
    leadEvents.emit(job.lead)
  }
}

async function sendLead(
  { clock, campaigns, completePlaceCodes }: WorkerDeps,
  task: DeliveryTask,
  destination: Destination | undefined,
  turn: Exclude<Permit, { readonly laterSeconds: number }> | undefined,
): Promise<Outcome> {
  if (!destination || !turn) {
    return {
      outcome: 'unavailable',
      reason: `form ${task.form} has no destination ${task.destination} at this time`,
      mayHaveArrived: false,
    }
  }
  if ('outcome' in turn) return turn.outcome
  const context = {
    ...campaigns.contextFor(destination),
    now: new Date(clock.now()),
    attempt: task.attempt,
    mayHaveArrived: task.mayHaveArrived,
    // Here and not where it is stored: what was typed stays, and a lead that waits profits from a later import.
    lead: { ...task.content, values: await completePlaceCodes(task.form, task.content.values) },
    leadNumber: task.leadNumber,
  }
  return attemptDelivery(destination, context, turn.exchange, task.earlierRevisions)
}

function logOutcome(
  log: Log,
  task: DeliveryTask,
  outcome: Outcome,
  settled: RecordedOutcome | undefined,
): void {
  const { lead, form, destination, attempt: number } = task
  // A decision's own words come from the provider and may quote the person; the other reasons are the adapters'.
  const open = outcome.outcome !== 'declined' && 'reason' in outcome
  const reason = open ? { reason: outcome.reason } : {}
  const status = settled?.status ?? 'settled otherwise'
  const alarming =
    status === 'failed' ||
    outcome.outcome === 'refused' ||
    outcome.outcome === 'unreadable' ||
    outcome.outcome === 'uncertain'
  const level = alarming ? 'error' : open ? 'warning' : 'info'
  const next = settled?.next === undefined ? {} : { next: settled.next }
  log(level, 'Delivery', {
    lead,
    form,
    destination,
    attempt: number,
    outcome: outcome.outcome,
    status,
    ...next,
    ...reason,
  })
}
