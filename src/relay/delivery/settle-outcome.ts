import type { Outcome } from '../../lead/outcome.ts'
import type { Operation } from '../../providers/core/provider.ts'
import { reasonOfFault, sqlStateOf } from '../database/sql-state.ts'
import { describeError, type Log } from '../log.ts'

/** Stores the outcomes of calls, whatever the database says: a call is never repeated because its outcome is not stored. */
export interface OutcomeSettler {
  /**
   * Stores an outcome with `store`. It is kept in memory and stored again until that succeeds. If the outcome itself is
   * the reason for a failure, a plain one is stored instead. Rejects only after {@link OutcomeSettler.close}.
   */
  settle<Result>(
    call: SettledCall,
    outcome: Outcome,
    store: (outcome: Outcome) => Promise<Result>,
  ): Promise<Result>
  /** Resolves when no outcome of this lead at this destination waits to be stored. Call this before another call. */
  whenStored(call: Pick<SettledCall, 'lead' | 'destination'>): Promise<void>
  /** Ends all waiting. The next process finds attempts without an end, whose calls may have arrived. */
  close(): void
}

/** A call that has ended. */
export interface SettledCall {
  readonly lead: string
  readonly destination: string
  /** Whether the provider's call may be repeated if its answer is not known. */
  readonly retry: Operation<unknown>['retry']
}

/** Failures for an unknown reason after which the outcome itself is taken for the reason. */
const maxFailures = 3

const minPauseMs = 200
const maxPauseMs = 5000

/** Creates the settler. Its pauses are real time: they wait for the database, not for a clock. */
export function createOutcomeSettler(log: Log): OutcomeSettler {
  const unstored = new Map<string, Promise<unknown>>()
  const closing = new AbortController()
  const keyOf = ({ lead, destination }: Pick<SettledCall, 'lead' | 'destination'>) => `${lead} ${destination}`

  async function storeUntilStored<Result>(
    call: SettledCall,
    outcome: Outcome,
    store: (outcome: Outcome) => Promise<Result>,
  ): Promise<Result> {
    let current = outcome
    let failures = 0
    for (let pauseMs = minPauseMs; ; pauseMs = Math.min(pauseMs * 2, maxPauseMs)) {
      try {
        return await store(current)
      } catch (error) {
        const { lead, destination } = call
        const facts = { lead, destination, outcome: current.outcome, fault: describeError(error) }
        if (closing.signal.aborted) throw error
        failures += 1
        const reason = reasonOfFault(error)
        if (current === outcome && (reason === 'data' || (reason === 'unknown' && failures >= maxFailures))) {
          log('error', 'An outcome cannot be stored as it is: a plain one is stored instead', facts)
          current = toPlainOutcome(outcome, call.retry, sqlStateOf(error))
          continue
        }
        log('error', 'An outcome is not stored yet, and will be tried again without another call', facts)
        await pause(pauseMs, closing.signal)
        if (closing.signal.aborted) throw error
      }
    }
  }

  return {
    settle(call, outcome, store) {
      const key = keyOf(call)
      const stored = storeUntilStored(call, outcome, store).finally(() => {
        if (unstored.get(key) === stored) unstored.delete(key)
      })
      unstored.set(key, stored)
      return stored
    },
    async whenStored(call) {
      await unstored.get(keyOf(call))?.catch(() => {})
    },
    close() {
      closing.abort()
    },
  }
}

/**
 * An outcome without anything that came from outside. A decision stays one. Of other answers nothing is left, so the lead
 * may have arrived: whether the call is repeated follows from its rule.
 */
function toPlainOutcome(outcome: Outcome, retry: SettledCall['retry'], state: string | undefined): Outcome {
  const reason = `the answer could not be stored${state === undefined ? '' : ` (${state})`}`
  switch (outcome.outcome) {
    case 'accepted':
    case 'duplicate':
    case 'declined':
      return { outcome: outcome.outcome }
    case 'unavailable':
    case 'unreadable':
      return { outcome: outcome.outcome, reason, mayHaveArrived: outcome.mayHaveArrived }
    case 'refused':
    case 'uncertain':
      return { outcome: outcome.outcome, reason }
    case 'verification':
    case 'invalid':
      return retry === 'safe'
        ? { outcome: 'unreadable', reason, mayHaveArrived: true }
        : { outcome: 'uncertain', reason }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
