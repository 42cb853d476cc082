import type { TestClock } from 'pg-boss'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { requestHealth } from './relay-fixture.ts'

/** Advances the clock in one step and runs what is due. */
export async function advanceTime(clock: TestClock, relay: Relay, ms: number): Promise<void> {
  await clock.setTime(clock.now() + ms)
  await clock.tick(1000)
  // Each request waits for the deliveries' statements on the single database connection.
  for (let count = 0; count < 8; count += 1) await requestHealth(relay)
}

/**
 * Advances the clock step by step until something is reached, at most 60 times: on a server, what is due may still be under
 * way when a step has ended.
 */
export async function advanceUntil(
  isReached: () => boolean | Promise<boolean>,
  clock: TestClock,
  relay: Relay,
  ms: number,
): Promise<void> {
  for (let step = 0; step < 60 && !(await isReached()); step += 1) await advanceTime(clock, relay, ms)
}
