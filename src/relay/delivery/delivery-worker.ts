import type { Clock } from 'pg-boss'
import type { Outcome } from '../../lead/outcome.ts'
import type { LeadValues } from '../../lead/values.ts'
import type { LeadContext } from '../../providers/core/context.ts'
import { attemptDelivery } from './attempt.ts'
import { logOutcome } from './log-outcome.ts'
import type { AskedFields } from '../campaigns/asked-fields.ts'
import type { CampaignSettings } from '../campaigns/campaign-settings.ts'
import type { LeadEvents } from './lead-events.ts'
import type { CallObservation, CallObserver } from './observe-call.ts'
import type { OutcomeSettler } from './settle-outcome.ts'
import type { KnownDestinations } from '../leads/known-destinations.ts'
import { findDestination, hasRules, isUnattended } from '../leads/routing.ts'
import type { RoutingGate } from '../leads/routing/gate.ts'
import type { GateResult } from '../leads/routing/gate-ways.ts'
import { isWithinHours } from '../leads/routing/hours.ts'
import type { DeliveryStore, DeliveryTask } from '../leads/delivery-store.ts'
import type { LeadState } from '../leads/lead-state.ts'
import type { Destination } from '../destinations/destination.ts'
import type { FormRouting } from '../config/config.ts'
import { describeError, type Log } from '../log.ts'
import type { ProviderClient, Permit } from '../destinations/provider-client.ts'
import { type ClaimedDelivery, heartbeatSeconds } from '../leads/job-queue.ts'
import { type JobRunner, startJobRunner } from './job-runner.ts'

/** The most deliveries that run at a time: in all, and to one destination, which may be slow to answer. */
const concurrency = 8
const concurrencyPerDestination = 4

/** A delivery whose destination only another relay knows is left to that relay: this one looks at it again after a pause. */
const elsewhereSeconds = 2

/** What follows from the configuration. A delivery reads it once, when it begins. */
export interface DeliverySettings {
  readonly routingFor: (form: string) => FormRouting
  readonly campaigns: Pick<CampaignSettings, 'contextFor'>
  /** Adds the KLADR codes of typed places to a lead's values, as far as they are unambiguous. */
  readonly completePlaceCodes: (form: string, values: LeadValues) => Promise<LeadValues>
  readonly askedFields: AskedFields
  /** The address of the signed consent of a revision, where they are configured. Never rejects. */
  readonly signedConsentFor?: ((task: DeliveryTask) => Promise<string | undefined>) | undefined
}

/** What the worker depends on. */
export interface WorkerDeps {
  readonly settings: () => DeliverySettings
  readonly deliveries: DeliveryStore
  readonly gate: RoutingGate
  readonly outcomes: OutcomeSettler
  readonly observer: CallObserver
  readonly knownDestinations: KnownDestinations
  readonly providerClient: ProviderClient
  readonly leadEvents: LeadEvents
  readonly clock: Clock
  readonly log: Log
}

/** Processes the delivery queue. */
export type DeliveryWorker = JobRunner

/** Starts the worker that processes the delivery queue. */
export function startDeliveryWorker(deps: WorkerDeps): DeliveryWorker {
  const { deliveries, knownDestinations, clock, log } = deps
  const claimsOf = (jobs: readonly QueuedDelivery[]) => jobs.map(({ delivery }) => delivery.claim)
  let stopping = false
  const control: WorkerControl = {
    wake: (destinations) => runner.wake(destinations),
    isStopping: () => stopping,
  }
  const runner: JobRunner = startJobRunner<QueuedDelivery>({
    fetch: async (limit, ignoredDestinations) =>
      (await deliveries.fetch(limit, [...ignoredDestinations, ...knownDestinations.keysOfOthers()])).map(
        (delivery) => ({ group: delivery.destination, delivery }),
      ),
    run: ({ delivery }) => deliver({ ...deps, ...deps.settings() }, delivery, control),
    async release(jobs) {
      for (const { delivery } of jobs) await deliveries.postpone(delivery, 0)
    },
    retryInterrupted: (jobs) => deliveries.retryInterrupted(claimsOf(jobs)),
    renew: (jobs) => deliveries.renew(claimsOf(jobs)),
    report(error) {
      if (error === undefined) log('info', 'The delivery queue can be read again')
      else log('error', 'The delivery queue cannot be read', { fault: describeError(error) })
    },
    clock,
    capacity: concurrency,
    groupCapacity: concurrencyPerDestination,
    pollMs: 1000,
    renewMs: (heartbeatSeconds * 1000) / 3,
  })
  return {
    wake: runner.wake,
    stop() {
      stopping = true
      return runner.stop()
    },
    abandon: runner.abandon,
  }
}

interface QueuedDelivery {
  readonly group: string
  readonly delivery: ClaimedDelivery
}

interface WorkerControl {
  readonly wake: (destinations: readonly string[]) => void
  readonly isStopping: () => boolean
}

async function deliver(
  deps: WorkerDeps & DeliverySettings,
  job: ClaimedDelivery,
  { wake, isStopping }: WorkerControl,
): Promise<void> {
  const { deliveries, outcomes, routingFor, providerClient, leadEvents, clock, log } = deps
  let state: LeadState | undefined
  try {
    await outcomes.whenStored(job)
    const routing = routingFor(job.form)
    const destination = findDestination(routing.destinations, job.destination)
    if (!destination && (await deps.knownDestinations.isKnownElsewhereOnly(job.form, job.destination))) {
      await deliveries.postpone(job, elsewhereSeconds)
      return
    }
    if (destination && hasRules(routing)) {
      const passed = await deps.gate.pass(job, routing, new Date(clock.now()))
      state = passed.state
      logDecisions(log, job, passed)
      if (passed.queued.length > 0) wake(passed.queued)
      if (!passed.isOpen) return
    }
    // All waiting comes before the attempt is recorded: after that the lead may have been sent.
    const permit =
      destination && (await providerClient.acquire(destination.account, job.attempted ? 'lead' : 'person'))
    if (isStopping()) {
      await deliveries.postpone(job, 0)
      return
    }
    if (permit && 'retryAfterSeconds' in permit) {
      await deliveries.postpone(job, permit.retryAfterSeconds)
      return
    }
    // The hours may have ended while the job waited for its permit: the rules decide again.
    const hours = destination && routing.rules?.get(destination.key)?.hours
    if (hours && !isWithinHours(hours, new Date(clock.now()))) {
      await deliveries.postpone(job, 0)
      return
    }
    const task = await deliveries.beginAttempt(job, new Date(clock.now()))
    if (!task) return
    const observation = deps.observer.begin(task.form, destination?.key ?? job.destination)
    const unattended = isUnattended(
      routing,
      { attempt: task.attempt, receivedAt: task.content.receivedAt },
      new Date(clock.now()),
    )
    const outcome = await sendLead(deps, task, destination, permit, observation, unattended)
    const options = { routing, canPollStatus: destination?.status !== undefined }
    const call = { ...job, retry: destination?.retry ?? 'if-not-sent' }
    const settled = await outcomes.settle(call, outcome, (storable) =>
      deliveries.settle(task, storable, options, new Date(clock.now())),
    )
    state = settled?.state
    observation.end(outcome, settled?.status === 'decided' ? task.queuedAt : undefined)
    logOutcome(log, 'Delivery', task, outcome, settled)
    if (settled?.next !== undefined) wake([settled.next])
  } catch (error) {
    log('error', 'A delivery was interrupted and will be tried again', {
      lead: job.lead,
      fault: describeError(error),
    })
    throw error
  } finally {
    leadEvents.emit(job.lead, { state })
  }
}

/** Logs what the rules of the form have decided, if they did not simply let the lead pass. */
function logDecisions(log: Log, { lead, form }: ClaimedDelivery, { decisions }: GateResult): void {
  if (decisions.every(({ rule }) => rule === 'chosen')) return
  const described = decisions.map(({ destination, rule, until }) =>
    until ? `${destination}: ${rule} until ${until.toISOString()}` : `${destination}: ${rule}`,
  )
  log('info', 'Routing', { lead, form, decisions: described.join('; ') })
}

async function sendLead(
  {
    clock,
    campaigns,
    completePlaceCodes,
    askedFields,
    signedConsentFor,
    log,
  }: Pick<WorkerDeps, 'clock' | 'log'> & DeliverySettings,
  task: DeliveryTask,
  destination: Destination | undefined,
  permit: Exclude<Permit, { readonly retryAfterSeconds: number }> | undefined,
  observation: CallObservation,
  unattended: boolean,
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
    askedFields: askedFields(task.form, task.content.values),
    form: task.form,
    revision: task.revision,
    signedConsentUrl: destination.sendsSignedConsent ? await signedConsentFor?.(task) : undefined,
  }
  // Nobody is there to read a warning: the value is sent as it is.
  const checked = unattended ? { ...destination, check: withoutWarnings(destination) } : destination
  const outcome = await attemptDelivery(
    checked,
    context,
    observation.watch(permit.send),
    task.earlierRevisions,
  )
  if (task.attempt === 1 && outcome.outcome !== 'invalid') logShortenedTexts(log, task, destination, context)
  return outcome
}

/** What a destination does not take of a person's texts is in the stored lead, and nowhere at the destination. */
function logShortenedTexts(
  log: Log,
  { lead, destination: key }: DeliveryTask,
  destination: Destination,
  context: LeadContext,
): void {
  const shortened = destination.shortened(context)
  if (shortened.length === 0) return
  log('warning', 'A destination takes less than the person has written: the whole text is in the lead here', {
    lead,
    destination: key,
    shortened: shortened.map(({ path, characters }) => `${path}: ${characters} characters`).join(', '),
  })
}

function withoutWarnings(destination: Destination): Destination['check'] {
  return (context) => destination.check(context).filter(({ code }) => code !== 'campaign-format')
}
