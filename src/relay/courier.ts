import type { Clock, PgBoss } from 'pg-boss'
import type { Fetch } from '../delivery/perform.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { LeadValues } from '../lead/values.ts'
import { attempt } from './attempt.ts'
import type { DecisionBoard } from './decision-board.ts'
import type { DeliveryStore, JobClaim, Task } from './delivery-store.ts'
import type { Destination } from './destination.ts'
import { faultText, type Log } from './log.ts'
import { type DeliveryJob, deliveryQueue } from './queue.ts'

/** Deliveries under way at a time. */
const couriers = 4

/** A provider's answer is waited for this long. */
const providerTimeoutMs = 20_000

/** What a courier works with. */
export interface CourierPorts {
  readonly boss: PgBoss
  readonly deliveries: DeliveryStore
  /** The destination of a form, if it is configured at this time. */
  readonly destinationOf: (form: string, key: string) => Destination | undefined
  /** A lead's values with the codes of the places that were typed, as far as they can be told. */
  readonly complete: (form: string, values: LeadValues) => Promise<LeadValues>
  readonly board: DecisionBoard
  readonly clock: Clock
  readonly fetch: Fetch
  readonly log: Log
}

/** Starts to work the queue off; ends with the queue. */
export async function startCouriers(ports: CourierPorts): Promise<void> {
  for (let index = 0; index < couriers; index += 1) {
    // Notifications come for new jobs only: jobs whose pause is over are found by looking.
    const options = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 }
    let worker = ''
    worker = await ports.boss.work<DeliveryJob>(deliveryQueue, options, async (jobs) => {
      for (const { data, id, retryCount } of jobs) await deliver(ports, data, { id, retryCount })
      // Where one job was there may be more: a backlog is worked off without pauses.
      ports.boss.notifyWorker(worker)
    })
  }
}

async function deliver(ports: CourierPorts, job: DeliveryJob, claim: JobClaim): Promise<void> {
  const { deliveries, board, clock, log } = ports
  try {
    const task = await deliveries.begin(job, claim, new Date(clock.now()))
    if (!task) return
    const outcome = await call(ports, task)
    const status = await deliveries.settle(task, outcome, new Date(clock.now()))
    report(log, task, outcome, status)
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

async function call({ destinationOf, complete, clock, fetch }: CourierPorts, task: Task): Promise<Outcome> {
  const destination = destinationOf(task.form, task.destination)
  if (!destination) {
    return {
      outcome: 'unavailable',
      reason: `form ${task.form} has no destination ${task.destination} at this time`,
      mayHaveArrived: false,
    }
  }
  const context = {
    now: new Date(clock.now()),
    attempt: task.attempt,
    mayHaveArrived: task.mayHaveArrived,
    // Here and not where it is stored: what was typed stays, and a lead that waits profits from a later import.
    lead: { ...task.content, values: await complete(task.form, task.content.values) },
    leadNumber: task.leadNumber,
  }
  return attempt(destination, context, { fetch, timeoutMs: providerTimeoutMs })
}

function report(log: Log, task: Task, outcome: Outcome, status: string): void {
  const { lead, form, destination, attempt: number } = task
  // A decision's own words come from the provider and may quote the person; the other reasons are the adapters'.
  const open = outcome.outcome !== 'declined' && 'reason' in outcome
  const reason = open ? { reason: outcome.reason } : {}
  const alarming = status === 'failed' || outcome.outcome === 'refused' || outcome.outcome === 'unreadable'
  const level = alarming ? 'error' : open ? 'warning' : 'info'
  log(level, 'Delivery', {
    lead,
    form,
    destination,
    attempt: number,
    outcome: outcome.outcome,
    status,
    ...reason,
  })
}
