import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'pg'

/** The pools of this process that have been used. Both engines are used through the driver's pool. */
const pools = new Set<Pool>()
let uses = 0

const { connect } = Pool.prototype
Pool.prototype.connect = new Proxy(connect, {
  apply(target, pool: Pool, given) {
    pools.add(pool)
    uses += 1
    return Reflect.apply(target, pool, given)
  },
})

/** The connections that run a statement or a transaction, and the uses that wait for one. */
function countBusy(): number {
  let busy = 0
  for (const pool of pools) {
    if (pool.ended) pools.delete(pool)
    else busy += pool.totalCount - pool.idleCount + pool.waitingCount
  }
  return busy
}

/** Turns of the event loop without a statement, after which nothing follows from what was begun. */
const quietTurns = 6
const maxWaitMs = 120_000

/**
 * Waits until the relays of this process are at rest: no statement is under way, and none is begun for some turns of the
 * event loop. However slow the machine is, what had been begun has then been stored. Work that waits for a fake service or
 * for the test's clock is at rest, too.
 */
export async function waitForRest(): Promise<void> {
  const deadline = performance.now() + maxWaitMs
  for (let quiet = 0, known = uses; quiet < quietTurns; quiet += 1) {
    await pause(1)
    const busy = countBusy()
    if (busy > 0 || known !== uses) quiet = -1
    known = uses
    if (performance.now() > deadline)
      throw new Error(`The relays are not at rest after ${maxWaitMs / 1000} s: ${busy} connections are busy`)
  }
}
