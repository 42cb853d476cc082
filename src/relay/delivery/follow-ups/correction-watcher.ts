import type { Clock, PgBoss } from 'pg-boss'
import type { CorrectionStore } from '../../leads/follow-ups/correction-store.ts'
import { type CorrectionJob, correctionQueue } from '../../leads/job-queue.ts'
import type { Routing } from '../../leads/routing.ts'
import { describeError, type Log } from '../../log.ts'
import type { LeadEvents } from '../lead-events.ts'

/** What the watcher depends on. */
export interface CorrectionWatcherDeps {
  readonly boss: PgBoss
  readonly store: CorrectionStore
  readonly routingFor: (form: string) => Routing
  readonly leadEvents: LeadEvents
  /** Has jobs for these destinations fetched now. */
  readonly wakeWorker: (destinations: readonly string[]) => void
  readonly clock: Clock
  readonly log: Log
}

/**
 * Starts the worker that lets leads go on whose field errors nobody corrects: the person has left. It stops when the
 * queue stops.
 */
export async function startCorrectionWatcher(deps: CorrectionWatcherDeps): Promise<void> {
  const { boss, store, routingFor, leadEvents, wakeWorker, clock, log } = deps
  await boss.work<CorrectionJob>(correctionQueue, { pollingIntervalSeconds: 5 }, async (jobs) => {
    for (const { data, id, retryCount } of jobs) {
      const { lead, destination } = data
      try {
        const now = new Date(clock.now())
        const found = await store.giveUp(data, { id, retryCount }, routingFor, now)
        if (!found) continue
        const { form, fields, status, next, state } = found
        log('warning', 'A field error was not corrected', {
          lead,
          form,
          destination,
          fields: fields.join(),
          status,
          ...(next === undefined ? {} : { next }),
        })
        wakeWorker(next === undefined ? [destination] : [next])
        leadEvents.emit(lead, { state })
      } catch (error) {
        log('error', 'A lead that nobody corrects could not go on, and will be tried again', {
          lead,
          fault: describeError(error),
        })
        // The queue stores what is thrown, and the error's own message may quote personal data.
        throw new Error('interrupted')
      }
    }
  })
}
