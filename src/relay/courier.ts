import type { Clock, PgBoss } from 'pg-boss'
import type { Outcome } from '../lead/outcome.ts'
import { attempt } from './attempt.ts'
import type { CampaignNews } from './campaign-news.ts'
import type { DecisionBoard } from './decision-board.ts'
import { findDestination } from './delivery-plan.ts'
import type { DeliveryStore, Task } from './delivery-store.ts'
import type { Destination } from './destination.ts'
import type { FormRoute } from './form-route.ts'
import { faultText, type Log } from './log.ts'
import type { ProviderCalls, Turn } from './provider-calls.ts'
import { type DeliveryJob, deliveryQueue, type JobClaim } from './queue.ts'
import type { Settled } from './settle-delivery.ts'

/** Deliveries under way at a time: in all, and to one destination, which may take its time to answer. */
const couriers = 8
const couriersToOne = 4

/** What a courier works with. */
export interface CourierPorts {
  readonly boss: PgBoss
  readonly deliveries: DeliveryStore
  readonly routeOf: (form: string) => FormRoute
  readonly calls: ProviderCalls
  readonly campaigns: CampaignNews
  readonly board: DecisionBoard
  readonly clock: Clock
  readonly log: Log
}

/** Starts to work the queue off; ends with the queue. */
export async function startCouriers(ports: CourierPorts): Promise<void> {
  for (let index = 0; index < couriers; index += 1) {
    // Notifications come for new jobs only: jobs whose pause is over are found by looking.
    const options = {
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
      groupConcurrency: couriersToOne,
    }
    let worker = ''
    worker = await ports.boss.work<DeliveryJob>(deliveryQueue, options, async (jobs) => {
      for (const { data, id, retryCount } of jobs) await deliver(ports, data, { id, retryCount })
      // Where one job was there may be more: a backlog is worked off without pauses.
      ports.boss.notifyWorker(worker)
    })
  }
}

async function deliver(ports: CourierPorts, job: DeliveryJob, claim: JobClaim): Promise<void> {
  const { deliveries, routeOf, calls, board, clock, log } = ports
  try {
    const due = await deliveries.look(job, claim)
    if (!due) return
    const route = routeOf(due.form)
    const destination = findDestination(route.destinations, job.destination)
    // All waiting comes before the attempt is recorded: from then on the lead may be on its way.
    const turn =
      destination && (await calls.turn(destination.account, due.attempts === 0 ? 'person' : 'lead'))
    if (turn && 'laterSeconds' in turn) {
      await deliveries.postpone(job, claim, turn.laterSeconds)
      return
    }
    const task = await deliveries.begin(job, claim, new Date(clock.now()))
    if (!task) return
    const outcome = await call(ports, task, destination, turn)
    const plan = { route, hasProgress: destination?.status !== undefined }
    const settled = await deliveries.settle(task, outcome, plan, new Date(clock.now()))
    report(log, task, outcome, settled)
  } catch (fault) {
    log('error', 'A delivery was interrupted and will be tried again', {
      lead: job.lead,
      fault: faultText(fault),
    })
    // The queue stores what is thrown, so it gets none of the fault's own words.
    throw new Error('interrupted')
  } finally {
    board.announce(job.lead)
  }
}

async function call(
  { clock, campaigns }: CourierPorts,
  task: Task,
  destination: Destination | undefined,
  turn: Exclude<Turn, { readonly laterSeconds: number }> | undefined,
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
    ...campaigns.of(destination),
    now: new Date(clock.now()),
    attempt: task.attempt,
    mayHaveArrived: task.mayHaveArrived,
    lead: task.content,
    leadNumber: task.leadNumber,
  }
  return attempt(destination, context, turn.exchange, task.earlier)
}

function report(log: Log, task: Task, outcome: Outcome, settled: Settled | undefined): void {
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
