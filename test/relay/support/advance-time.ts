import type { TestClock } from 'pg-boss'
import type { Relay } from '../../../src/relay/create-relay.ts'
import { request } from './relay-fixture.ts'

/** Lets the time pass in one leap, and what is due then be done. */
export async function advanceTime(clock: TestClock, relay: Relay, ms: number): Promise<void> {
  await clock.setTime(clock.now() + ms)
  await clock.tick(1000)
  // Each of these waits its turn behind what a delivery does in the database.
  for (let turn = 0; turn < 8; turn += 1) await request(relay, '/healthz')
}
