import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { adminToken, type InventedLead } from '../../relay/support/invented.ts'
import { startCountingLenders } from './lenders.ts'
import { startLoad } from './load.ts'
import { type RelayProcess, startRelayProcess } from './relay-processes.ts'

/** What is broken in each round, while leads are posted. */
export interface KillRounds {
  /** The folder or the address of the database. */
  readonly database: string
  readonly relays: number
  readonly rounds: number
  /** Breaks something else than a relay, which is killed otherwise. */
  readonly disturb?: () => Promise<void>
}

/** How many leads are asked for at the same time. */
const readsAtOnce = 50

/**
 * Runs rounds under load, in each of which one relay is killed or something else is broken. Expects then that nothing
 * acknowledged is lost, and that no lender got a lead twice.
 */
export async function expectNoLossInRounds({ database, relays, rounds, disturb }: KillRounds): Promise<void> {
  const lenders = await startCountingLenders()
  const running = new Set<RelayProcess>()
  const start = async () => {
    running.add(await startRelayProcess(database, lenders.url))
  }
  try {
    for (let count = 0; count < relays; count += 1) await start()
    const load = startLoad(() => [...running].map(({ url }) => url))
    for (let round = 0; round < rounds; round += 1) {
      // A single relay takes nothing while it starts again, so that it runs for longer.
      await pause(150 + Math.random() * (relays === 1 ? 2500 : 500))
      if (disturb) {
        await disturb()
        continue
      }
      const victims = [...running]
      const victim = victims[round % victims.length]
      if (!victim) throw new Error('no relay runs')
      running.delete(victim)
      await victim.kill()
      await start()
    }
    await load.stop()
    const [relay] = running
    if (!relay) throw new Error('no relay runs')
    await expect
      .poll(async () => (await readQueue(relay)).waiting, { timeout: 240_000, interval: 500 })
      .toBe(0)

    const outcomes: string[] = []
    // A few at a time: a relay that is asked for thousands at once answers some of them that it cannot.
    for (let first = 0; first < load.acknowledged.length; first += readsAtOnce) {
      const some = load.acknowledged.slice(first, first + readsAtOnce)
      outcomes.push(...(await Promise.all(some.map((lead) => readOutcome(relay, lead)))))
    }
    const count = (outcome: string) => outcomes.filter((one) => one === outcome).length
    const { uncertain } = await readQueue(relay)
    console.log(
      `${rounds} rounds: ${outcomes.length} leads acknowledged, ${count('accepted')} accepted, ${uncertain} sent without an answer and not repeated, ${lenders.total()} calls of lenders, ${lenders.repeated().length} repeated`,
    )
    // An acknowledged lead that is not accepted waits for the operator, because its last call was cut off.
    expect(count('accepted') + uncertain).toBe(outcomes.length)
    expect(count('queued')).toBe(uncertain)
    expect(lenders.repeated()).toEqual([])
    for (const [index, { values }] of load.acknowledged.entries()) {
      const lender = values.amount % 2 === 0 ? 'second' : 'first'
      if (outcomes[index] === 'accepted') expect(lenders.arrivalsOf(lender, values.amount)).toBe(1)
    }
  } finally {
    await Promise.all([...running].map((relay) => relay.kill()))
    await lenders.end()
  }
}

async function readQueue({
  url,
}: RelayProcess): Promise<{ readonly waiting: number; readonly uncertain: number }> {
  const response = await fetch(`${url}/healthz`, { headers: { authorization: `Bearer ${adminToken}` } })
  const { queue }: { readonly queue: { readonly waiting: number; readonly uncertain: number } } =
    await response.json()
  return queue
}

async function readOutcome({ url }: RelayProcess, { id, key }: InventedLead): Promise<string> {
  const response = await fetch(`${url}/forms/main/leads/${id}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  if (!response.ok) throw new Error(`lead ${id} is answered ${response.status}: ${await response.text()}`)
  const { outcome }: { readonly outcome: string } = await response.json()
  return outcome
}
