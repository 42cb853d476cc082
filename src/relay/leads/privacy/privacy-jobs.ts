import type { Clock } from 'pg-boss'
import type { Leases } from '../../database/leases.ts'
import { describeError, type Log } from '../../log.ts'
import type { LeadEncrypter } from './encrypt-leads.ts'

/** What the jobs depend on. */
export interface PrivacyJobsDeps {
  readonly encrypter: LeadEncrypter
  /** One relay at a time does them. */
  readonly leases: Leases
  readonly clock: Clock
  readonly log: Log
}

/** How often there is a look for leads that another key has encrypted. */
const intervalMs = 60_000

/** Starts what the relay does for stored leads in the background, in small steps. */
export function startPrivacyJobs({ encrypter, leases, clock, log }: PrivacyJobsDeps): {
  stop(): Promise<void>
} {
  let stopped = false
  let running: Promise<void> | undefined

  async function work(): Promise<void> {
    let changed = 0
    for (let count = -1; count !== 0 && !stopped; changed += count) {
      count = await encrypter.step()
      // Posts get their turn between two steps.
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (changed > 0) log('info', 'Stored leads were brought to the configured keys', { changes: changed })
  }

  function run(): void {
    if (stopped || running) return
    running = leases
      .run('privacy', work)
      .then(() => {})
      .catch((error: unknown) => {
        if (stopped) return
        log('warning', 'The work on stored leads was interrupted, and goes on in a minute', {
          fault: describeError(error),
        })
      })
      .finally(() => {
        running = undefined
      })
  }

  const timer = clock.setInterval(run, intervalMs)
  run()
  return {
    async stop() {
      stopped = true
      clock.clearInterval(timer)
      await running
    },
  }
}
