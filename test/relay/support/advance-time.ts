import type { TestClock } from 'pg-boss'
import type { Relay } from '../../../src/relay/create-relay.ts'
import { request } from './relay-fixture.ts'

/** Advances the clock in one step and waits until the relay has done what is due then. */
export async function advanceTime(clock: TestClock, relay: Relay, ms: number): Promise<void> {
  await clock.setTime(clock.now() + ms)
  await clock.tick(1000)
  // Each request waits until the statements of the deliveries before it have run.
  for (let turn = 0; turn < 8; turn += 1) await request(relay, '/healthz')
}
