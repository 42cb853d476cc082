import type { Database } from '../../database/database.ts'
import type { LeadStore } from '../../leads/lead-store.ts'
import { probeStorage } from './probe-storage.ts'
import { describeError, type Log } from '../../log.ts'
import type { HealthCheck, HealthFinding } from './health-check.ts'

/** How long a probe's result holds. */
const probeAgeMs = 2000

/** How long a probe may take: a database that hangs stores nothing. */
const probeTimeoutMs = 5000

/** Knows whether leads can be stored: by the leads that come, and by a probe where none does. */
export interface StorageCheck extends HealthCheck {
  /** The same store, whose results count. */
  watch(leads: LeadStore): LeadStore
}

/** Creates the check. Its intervals are real time. */
export function createStorageCheck(database: Database, now: () => number, log: Log): StorageCheck {
  let lastStored: Date | undefined
  let lastFailure: { readonly at: Date; readonly fault: string } | undefined
  let probe: { readonly at: number; readonly finding: Promise<HealthFinding['status']> } | undefined

  async function runProbe(): Promise<HealthFinding['status']> {
    const timeout = AbortSignal.timeout(probeTimeoutMs)
    const hung = new Promise<never>((_, reject) => {
      timeout.addEventListener('abort', () => reject(timeout.reason))
    })
    try {
      await Promise.race([probeStorage(database, new Date(now())), hung])
      return 'ok'
    } catch (error) {
      log('error', 'No lead can be stored', { fault: describeError(error) })
      return 'down'
    }
  }

  return {
    name: 'storage',
    watch: (leads) => ({
      ...leads,
      async save(...lead) {
        try {
          const saved = await leads.save(...lead)
          lastStored = new Date(now())
          return saved
        } catch (error) {
          lastFailure = { at: new Date(now()), fault: describeError(error) }
          throw error
        }
      },
    }),
    async check() {
      if (probe === undefined || performance.now() - probe.at > probeAgeMs)
        probe = { at: performance.now(), finding: runProbe() }
      const status = await probe.finding
      return {
        status,
        ...(status === 'ok'
          ? {}
          : {
              reason:
                'The database stores no lead: look into the log, and at the disk or the server of the database.',
            }),
        facts: { lastStored, lastFailure },
      }
    },
  }
}
