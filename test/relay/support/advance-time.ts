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
