import { TestClock } from 'pg-boss'
import { describe, expect, it } from 'vitest'
import { createRateLimiter } from '../../../src/relay/destinations/rate-limiter.ts'

const start = Date.parse('2026-11-22T09:00:00Z')

describe('a rate limiter', () => {
  it('admits people before leads and leads before background tasks, each in order', async () => {
    const clock = new TestClock(start)
    const limiter = createRateLimiter(10, clock)
    const results: string[] = []
    for (let count = 0; count < 10; count += 1) await limiter.acquire('person', 0)
    for (const [name, priority] of [
      ['task', 'background'],
      ['lead', 'lead'],
      ['one', 'person'],
      ['two', 'person'],
    ] as const) {
      void limiter.acquire(priority, 120_000).then((admitted) => results.push(`${name} ${admitted}`))
    }
    await clock.tick(62_000)
    expect(results).toEqual(['one true', 'two true', 'lead true', 'task true'])
  })

  it('reserves a share of the calls for higher priorities', async () => {
    const limiter = createRateLimiter(10, new TestClock(start))
    const counts: number[] = []
    for (const priority of ['background', 'lead', 'person'] as const) {
      let admitted = 0
      while (await limiter.acquire(priority, 0)) admitted += 1
      counts.push(admitted)
    }
    expect(counts).toEqual([6, 3, 1])
  })

  it('rejects a call that has waited too long, and all calls when it is closed', async () => {
    const clock = new TestClock(start)
    const limiter = createRateLimiter(1, clock)
    expect(await limiter.acquire('person', 0)).toBe(true)
    const impatient = limiter.acquire('person', 5000)
    const patient = limiter.acquire('person', 500_000)
    await clock.tick(6000)
    expect(await impatient).toBe(false)
    limiter.close()
    expect(await patient).toBe(false)
    expect(await limiter.acquire('person', 0)).toBe(false)
  })
})
