import type { Clock } from 'pg-boss'
import type { Outcome } from '../../lead/outcome.ts'
import type { SendRequest } from '../destinations/provider-client.ts'
import type { DestinationReports } from '../leads/statistics/destination-reports.ts'
import type { Metrics } from '../runtime/metrics.ts'

/** Observes the calls that send leads and codes, for metrics and for the reports on destinations. */
export interface CallObserver {
  begin(form: string, destination: string): CallObservation
}

/** A call that is being observed. */
export interface CallObservation {
  /** The same function, observed. */
  watch(send: SendRequest): SendRequest
  /** The call has ended with an outcome. `queuedAt`: the destination has decided about a lead that was queued then. */
  end(outcome: Outcome, queuedAt?: Date): void
}

/** Creates an observer. */
export function createCallObserver({
  metrics,
  reports,
  clock,
}: {
  readonly metrics: Metrics
  readonly reports: Pick<DestinationReports, 'record'>
  readonly clock: Clock
}): CallObserver {
  return {
    begin(form, destination) {
      const begun = performance.now()
      let sent = false
      let status: number | undefined
      return {
        watch: (send) => async (build) => {
          sent = true
          const result = await send(build)
          status = 'status' in result ? result.status : undefined
          return result
        },
        end(outcome, queuedAt) {
          // A lead that was not sent for its own sake says nothing about the destination.
          if (!sent && (outcome.outcome === 'invalid' || outcome.outcome === 'uncertain')) return
          const now = clock.now()
          reports.record(form, destination, outcome, new Date(now))
          const seconds = (performance.now() - begun) / 1000
          if (sent) metrics.called({ form, destination, outcome: outcome.outcome, status, seconds })
          if (queuedAt) metrics.decided(form, destination, (now - queuedAt.getTime()) / 1000)
        },
      }
    },
  }
}
