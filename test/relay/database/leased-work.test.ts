import { TestClock } from 'pg-boss'
import { expect, it } from 'vitest'
import { startLeasedWork, type WorkRound } from '../../../src/relay/database/leased-work.ts'
import type { Leases } from '../../../src/relay/database/leases.ts'

/** Leases of one process, which can be taken away. */
function createOwnLeases() {
  const state = { isFree: true }
  const leases: Leases = {
    run: async (_, work) => (state.isFree ? { result: await work({ confirm: async () => {} }) } : undefined),
    giveBack: async () => {},
  }
  return { leases, state }
}

function startWork(work: (round: WorkRound) => Promise<void>) {
  const clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
  const logged: string[] = []
  const { leases, state } = createOwnLeases()
  const started = startLeasedWork({
    leases,
    name: 'work',
    work,
    intervalMs: 1000,
    interruption: 'The work was interrupted',
    clock,
    log: (level, message) => logged.push(`${level}: ${message}`),
  })
  const passSecond = () => clock.tick(1000)
  return { ...started, passSecond, logged, state }
}

it('repeats a step until there is nothing left, and begins again after the pause', async () => {
  const left = [3, 2, 0, 5, 0]
  const sums: number[] = []
  const { stop, passSecond } = startWork(async ({ repeat }) => {
    sums.push(await repeat(async () => left.shift() ?? 0))
  })
  await expect.poll(() => sums).toEqual([5])
  await expect.poll(() => passSecond().then(() => left)).toEqual([])
  await stop()
  const { length } = sums
  expect(length).toBeGreaterThan(1)
  for (let seconds = 0; seconds < 5; seconds += 1) await passSecond()
  expect(sums).toHaveLength(length)
})

it('begins no second round beside one that takes long, and no step after the stop', async () => {
  const step = Promise.withResolvers<number>()
  let steps = 0
  const { stop, passSecond } = startWork(async ({ repeat }) => {
    await repeat(() => {
      steps += 1
      return step.promise
    })
  })
  for (let seconds = 0; seconds < 5; seconds += 1) await passSecond()
  expect(steps).toBe(1)
  const stopping = stop()
  step.resolve(1)
  await stopping
  expect(steps).toBe(1)
})

it('goes on after a round that failed, and leaves the work to the relay that holds the lease', async () => {
  let rounds = 0
  const { stop, passSecond, logged, state } = startWork(async () => {
    rounds += 1
    if (rounds === 1) throw new Error('the database was gone')
  })
  await expect.poll(() => logged).toEqual(['warning: The work was interrupted'])
  state.isFree = false
  for (let seconds = 0; seconds < 5; seconds += 1) await passSecond()
  expect(rounds).toBe(1)
  state.isFree = true
  await expect.poll(() => passSecond().then(() => rounds)).toBeGreaterThan(1)
  await stop()
  expect(logged).toHaveLength(1)
})
