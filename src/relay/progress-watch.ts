import type { Clock, PgBoss } from 'pg-boss'
import type { CampaignNews } from './campaign-news.ts'
import { findDestination } from './delivery-plan.ts'
import type { Destination, ProgressAnswer } from './destination.ts'
import type { FormRoute } from './form-route.ts'
import { faultText, type Log } from './log.ts'
import type { OpenLead, ProgressStore } from './progress-store.ts'
import type { Exchange, ProviderCalls } from './provider-calls.ts'
import { type JobClaim, type ProgressJob, progressQueue } from './queue.ts'

/** A destination is asked about a lead for this long: groups of campaigns may wait for a day each. */
const longestWatchMs = 7 * 24 * 3600 * 1000

/** Seconds between two questions: a tenth of the time that has passed since the lead was taken, within these. */
const pauses = { least: 45, most: 30 * 60 } as const

/** What the watch works with. */
export interface ProgressPorts {
  readonly boss: PgBoss
  readonly store: ProgressStore
  readonly routeOf: (form: string) => FormRoute
  readonly calls: ProviderCalls
  readonly campaigns: CampaignNews
  readonly clock: Clock
  readonly log: Log
}

/** Starts to ask how leads that were taken go on; ends with the queue. */
export async function startProgressWatch(ports: ProgressPorts): Promise<void> {
  let worker = ''
  worker = await ports.boss.work<ProgressJob>(progressQueue, { pollingIntervalSeconds: 5 }, async (jobs) => {
    for (const { data, id, retryCount } of jobs) await watch(ports, data, { id, retryCount })
    ports.boss.notifyWorker(worker)
  })
}

async function watch(ports: ProgressPorts, job: ProgressJob, claim: JobClaim): Promise<void> {
  const { store, routeOf, calls, clock, log } = ports
  try {
    const open = await store.look(job)
    if (!open) return
    const destination = findDestination(routeOf(open.form).destinations, job.destination)
    const turn = destination?.status && (await calls.turn(destination.account, 'background'))
    const now = new Date(clock.now())
    if (turn && 'laterSeconds' in turn) {
      await store.settle(job, claim, { seconds: turn.laterSeconds, now })
      return
    }
    const answer = await ask(ports, open, destination, turn && 'exchange' in turn ? turn.exchange : undefined)
    const progress = 'progress' in answer ? { progress: answer.progress } : {}
    await store.settle(job, claim, { ...progress, seconds: pauseAfter(open, now), now })
    const facts = { lead: job.lead, form: open.form, destination: job.destination }
    if ('problem' in answer) log('warning', 'Progress is not known', { ...facts, reason: answer.problem })
    else log('info', 'Progress', { ...facts, states: answer.progress.map(({ status }) => status).join() })
  } catch (fault) {
    log('error', 'A question was interrupted and will be asked again', {
      lead: job.lead,
      fault: faultText(fault),
    })
    // The queue stores what is thrown, so it gets none of the fault's own words.
    throw new Error('interrupted')
  }
}

async function ask(
  { clock, campaigns }: ProgressPorts,
  { form, applicationId }: OpenLead,
  destination: Destination | undefined,
  exchange: Exchange | undefined,
): Promise<ProgressAnswer> {
  const call = destination?.status
  if (!call) return { problem: `form ${form} has no such destination at this time`, retryable: true }
  if (!exchange) return { problem: 'there is no access token', retryable: true }
  const context = { ...campaigns.of(destination), now: new Date(clock.now()), applicationId }
  const result = await exchange((accessToken) => call.request({ ...context, accessToken }))
  return call.outcome(result, context)
}

/** Seconds to the next question; none when the lead has been asked about for long enough. */
function pauseAfter({ takenAt }: OpenLead, now: Date): number | undefined {
  const passed = now.getTime() - takenAt.getTime()
  if (passed >= longestWatchMs) return undefined
  return Math.round(Math.min(pauses.most, Math.max(pauses.least, passed / 10_000)))
}
